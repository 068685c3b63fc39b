"""Somebody with a consent for the temple, a colleague, and a walk from draft to link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.persons.repository import consents
from service.persons.tables import Consent, Person
from tests.factories import Town, person_in

API = "/api/v1/disclosures"
FIELDS = ["age_band", "pace", "limits"]
PICTURE: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "accompaniment": "first_time",
    "limits": [{"kind": "no_hazard", "value": ["noise"], "text": "大きい音で頭が痛くなる"}],
}


@dataclass(frozen=True)
class Office:
    """Clients of the person's own worker and of a coordinator, with whom and what it is about."""

    own: TestClient
    colleague: TestClient
    person: Person
    consent: Consent
    host: str

    @property
    def body(self) -> dict[str, str]:
        return {"person_id": str(self.person.id), "host_id": self.host}

    def drafted(self, **more: Any) -> dict[str, Any]:
        answer = self.colleague.post(API, json=self.body | more)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def moved(self, client: TestClient, id_: str, move: str, **more: Any) -> Any:
        return client.post(f"{API}/{id_}/moves", json={"move": move}, **more)

    def released(self, **more: Any) -> dict[str, Any]:
        """Walk as it is meant: the coordinator prepares, the person's own worker releases."""
        id_ = self.drafted(**more)["id"]
        assert self.moved(self.colleague, id_, "prepare").status_code == 200
        answer = self.moved(self.own, id_, "release")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def linked(self, packet: dict[str, Any], **more: Any) -> str:
        """Make a link and return its token."""
        answer = self.own.post(f"{API}/{packet['id']}/links", json=more)
        assert answer.status_code == 201, answer.text
        token: str = answer.json()["token"]
        return token

    def withdraw(self) -> None:
        path = f"/api/v1/people/{self.person.id}/consents/{self.consent.id}/withdrawal"
        assert self.own.post(path).status_code == 200


@pytest.fixture
def office(session: Session, town: Town, client_of: Callable[[str], TestClient]) -> Office:
    temple = town.hosts["temple"]
    consent = {
        "shared_with": "hosts",
        "host_id": temple.id,
        "fields": FIELDS,
        "purpose": "お寺の庭の手伝いを相談するため",
        "given_on": None,
        "how": "口頭",
        "until": None,
    }
    person = person_in(
        session, town, picture=PICTURE, consent=consent, contact="090-0000-0000", note="needle-note"
    )
    [kept] = consents(session, person.id)
    return Office(client_of("csw"), client_of("coordinator"), person, kept, str(temple.id))
