"""A host with nothing but a link, and the staff who made it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.factories import Town
from tests.service.browsing import OWN, led_to, look, main_of, send

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
WHAT = {
    "title": "庭の草とり",
    "kinds": "plants",
    "description": "自分の早さで",
    "setting": "outdoor",
}
WHEN = {
    "pattern-0": "nth", "ordinals-0": ["2", "4"], "days-0": "2", "start-0": "10:00",
    "end-0": "11:30", "holidays-0": "closed", "least": "30",
}  # fmt: skip
WHO = {"capacity": "2", "welcomes": ["just_being_ok", "no_talk_ok"], "physical": "2", "social": "1"}
CARE = {"hazards": ["bees", "heat"], "fee": "free", "to_bring": "軍手", "worry": "夏の水やり"}
WHOLE: dict[str, Any] = {**WHAT, **WHEN, **WHO, **CARE}


@dataclass(frozen=True)
class Desk:
    staff: TestClient
    host: TestClient
    town: Town

    @property
    def temple(self) -> str:
        return str(self.town.hosts["temple"].id)

    @property
    def leaves(self) -> str:
        return str(self.town.activities["leaves"].id)

    def posted(self, path: str, **fields: str | Sequence[str]) -> Response:
        return send(self.staff, path, fields)

    def done(self, path: str, **fields: str | Sequence[str]) -> str:
        """Send a form of the staff's and return where it leads."""
        return led_to(self.posted(path, **fields))

    def linked(self, path: str | None = None, **fields: str) -> str:
        """Make a link for the host and return its token."""
        page = self.posted(path or f"/hosts/{self.temple}/registrations", **fields)
        found = re.search(r"/h/([\w-]{43})", page.text)
        assert page.status_code == 200, main_of(page)
        assert found is not None
        return found[1]

    def wrote(self, token: str, screen: str, fields: Mapping[str, Any] | None = None) -> Response:
        sent = {"sent": "yes", **(fields or {})}
        path = f"/h/{token}/activity/{screen}"
        return self.host.post(path, data=sent, headers=OWN, follow_redirects=False)

    def filled_in(self, token: str) -> None:
        """Write all four screens and send them."""
        for screen, fields in (("what", WHAT), ("when", WHEN), ("who", WHO), ("care", CARE)):
            assert self.wrote(token, screen, fields).status_code == 303, screen
        assert led_to(self.wrote(token, "check")) == f"/h/{token}"

    def waiting(self) -> list[str]:
        """Return the ids of the registrations that the staff's list names, as it orders them."""
        page = self.staff.get("/registrations", headers=OWN).text
        return re.findall(r'href="/registrations/([0-9a-f-]{36})"', page)

    def version(self, registration: str) -> str:
        page = self.staff.get(f"/registrations/{registration}", headers=OWN).text
        found = re.search(r'name="version" value="(\d+)"', page)
        assert found is not None
        return found[1]

    def registered_link(self) -> str:
        """Return the id of the newest link, as the page of its registration names it."""
        (registration,) = self.waiting()
        page = self.staff.get(f"/registrations/{registration}", headers=OWN).text
        return str(re.findall(r"/host-links/([0-9a-f-]{36})/revocation", page)[0])

    def accepted(self, registration: str) -> str:
        """Accept a registration and return the activity's id."""
        version = self.version(registration)
        path = self.done(f"/registrations/{registration}/acceptance", version=version)
        found = ID.search(path)
        assert found is not None
        return found[0]

    def activity(self, id_: str) -> dict[str, Any]:
        answer = self.staff.get(f"/api/v1/activities/{id_}")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found

    def read(self, path: str) -> str:
        return look(self.staff, path)


@pytest.fixture
def desk(town: Town, client_of: Callable[[str], TestClient], app: FastAPI) -> Desk:
    return Desk(client_of("coordinator"), TestClient(app), town)
