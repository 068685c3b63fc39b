"""Somebody whose records may end, and two coordinators: nobody approves what they drew."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.accounts.tables import Account
from service.database import transaction
from service.persons.tables import Person
from tests.factories import PASSWORD, TEAM, Town, person_in


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town, code="針山-1", consent=TEAM, note="針山")


def prove(client: TestClient) -> None:
    """Prove once more who one is."""
    answer = client.post("/api/v1/sessions/step-up", json={"password": PASSWORD})
    assert answer.status_code == 200, answer.text


@pytest.fixture
def coordinator(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("coordinator")


@pytest.fixture
def another(
    connection: Connection, town: Town, client_of: Callable[[str], TestClient]
) -> TestClient:
    """A second coordinator: nobody approves what they drew."""
    with transaction(connection) as session:
        first = town.accounts["coordinator"]
        session.add(
            Account(
                municipality_id=first.municipality_id,
                username="coordinator_two",
                display_name="職員 2",
                role=first.role,
                password_hash=first.password_hash,
            )
        )
    return client_of("coordinator_two")
