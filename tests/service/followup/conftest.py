"""The village of the placements, and one agreed trial in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from catalogue.profiles import SharedWith
from service.database import transaction
from service.settings import Settings
from tests.service.followup.desk import Desk
from tests.service.placements.conftest import Clock, client, clock, settings, village
from tests.service.placements.village import Village, give_consent
from tests.service.placements.walks import moved, propose
from tests.serving import AppOf

__all__ = ["client", "clock", "settings", "village"]


@pytest.fixture
def desk(client: TestClient, clock: Clock) -> Desk:
    return Desk(client, clock)


@pytest.fixture
def coordinator(
    connection: Connection,
    app_of: AppOf,
    village: Village,
    settings: Settings,
    clock: Clock,
) -> Iterator[Desk]:
    """The same queue from another desk, where it is agreed that the team may know."""
    with transaction(connection) as session:
        for person in village.people:
            give_consent(session, person, village.csw, fields=[], shared_with=SharedWith.TEAM)
    headers = {"Authorization": f"Bearer {village.tokens[village.coordinator.id]}", "if-match": "*"}
    with TestClient(app_of(settings, now=clock), headers=headers) as client:
        yield Desk(client, clock)


@pytest.fixture
def agreed(client: TestClient, village: Village) -> dict[str, Any]:
    """A trial agreed on Tuesday, 10 February for the Tuesday after."""
    placement = propose(client, village)
    moved(client, placement, "want")
    return moved(client, placement, "agree", first_on="2026-02-17", minutes=20, dose="20分だけ")
