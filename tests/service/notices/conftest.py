"""A town with somebody in it, whose notices are spread and carried to a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.notices.digests import write_digests
from service.notices.spreading import spread
from service.persons.tables import Person
from service.settings import Settings
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.outbox.conftest import Desk

API = "/api/v1"


@dataclass
class Office(Desk):
    """The same desk, with people, and accounts that sign in."""

    client_of: Callable[[str], TestClient] | None = None

    def client(self, user: str) -> TestClient:
        assert self.client_of is not None
        return self.client_of(user)

    def person(self, **known: Any) -> Person:
        with transaction(self.connection) as session:
            return person_in(session, self.town, **{"consent": TEAM} | known)

    def spread(self) -> list[tuple[str, str]]:
        """Spread what happened and carry it; say to whom and what about."""
        spread(self.connection, at=self.now)
        self.carried.clear()
        self.deliver()
        return sorted((each.to.partition("@")[0], each.notice.value) for each in self.carried)

    def digest(self, **settings: object) -> int:
        return write_digests(self.connection, Settings.model_validate(settings), at=self.clock.at)

    def worry(self, person: Person, user: str = "csw") -> str:
        body = {"person_id": str(person.id), "side": "person", "words": "少し困った"}
        answer = self.client(user).post(f"{API}/concerns", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture
def desk(
    connection: Connection,
    town: Town,
    turnable_clock: TurnableClock,
    client_of: Callable[[str], TestClient],
) -> Office:
    office = Office(connection, town, turnable_clock, client_of=client_of)
    for user in ("csw", "csw_west", "coordinator", "admin", "auditor"):
        office.mailbox(user)
    return office
