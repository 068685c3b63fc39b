"""Somebody whom the temple is asked for, a worker, and a host with nothing but a link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.persons.tables import Person
from tests.factories import TEAM, Town, person_in

API = "/api/v1"


@dataclass(frozen=True)
class Desk:
    """A worker's client, the host's own browser, and the placement that is spoken of."""

    staff: TestClient
    host: TestClient
    town: Town
    person: Person
    placement: str

    @property
    def temple(self) -> str:
        return str(self.town.hosts["temple"].id)

    def done(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.staff.post(f"{API}/{path}", json=body)
        assert answer.status_code in {200, 201}, (path, answer.text)
        found: dict[str, Any] = answer.json()
        return found

    def moved(self, action: str, **terms: Any) -> dict[str, Any]:
        return self.done(f"placements/{self.placement}/moves", move=action, **terms)

    def asked(self, purpose: str = "before", **more: Any) -> dict[str, Any]:
        """Put a question together; before and after are about the placement."""
        about = {"placement_id": self.placement} if purpose in {"before", "after"} else {}
        return self.done("inquiries", purpose=purpose, **about, **more)

    def linked(self, inquiry: dict[str, Any], **more: Any) -> str:
        token: str = self.done(f"inquiries/{inquiry['id']}/links", **more)["token"]
        return token

    def answered(self, token: str, answer: str, **more: Any) -> Any:
        return self.host.post(f"{API}/host/{token}/reply", json={"answer": answer, **more})

    def read(self, path: str) -> Any:
        answer = self.staff.get(f"{API}/{path}")
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    @property
    def status(self) -> str:
        return str(self.read(f"placements/{self.placement}")["status"])


@pytest.fixture
def desk(
    session: Session, town: Town, client_of: Callable[[str], TestClient], app: FastAPI
) -> Desk:
    person = person_in(session, town, consent=TEAM)
    staff = client_of("csw")
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    made = staff.post(f"{API}/placements", json=body)
    assert made.status_code == 201, made.text
    found = Desk(staff, TestClient(app), town, person, made.json()["id"])
    found.moved("want")
    found.moved("ask")
    return found
