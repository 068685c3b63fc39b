"""A village, its app on the rolled-back connection, and a clock that tests turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.settings import Settings
from tests.service.placements.village import MORNING, Village, build_village
from tests.serving import AppOf


@dataclass
class Clock:
    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def turn_to(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def village(connection: Connection) -> Village:
    with transaction(connection) as session:
        return build_village(session, people=3)


@pytest.fixture
def settings() -> Settings:
    return Settings(session_idle_minutes=10_000_000, secure_cookies=False)


@pytest.fixture
def client(
    app_of: AppOf, village: Village, settings: Settings, clock: Clock
) -> Iterator[TestClient]:
    app = app_of(settings, now=clock)
    headers = {"Authorization": f"Bearer {village.tokens[village.csw.id]}", "if-match": "*"}
    with TestClient(app, headers=headers) as client:
        yield client
