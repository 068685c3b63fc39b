"""Who may see and move placements, visits, contacts and concerns."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.persons.tables import Person
from service.settings import Settings
from tests.factories import TEAM, Town, person_in
from tests.serving import AppOf

PATHS = ("placements", "visits", "contacts", "concerns")
OUTSIDERS = ("officer", "admin", "auditor")
SETTINGS = Settings(secure_cookies=False, session_idle_minutes=10_000_000, session_hours=24 * 3650)
ClientOf = Callable[[str], TestClient]


@pytest.fixture
def app(app_of: AppOf, town: Town) -> FastAPI:
    assert town
    return app_of(SETTINGS)


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town, consent=TEAM)


def proposal(town: Town, person: Person) -> dict[str, str]:
    leaves = town.activities["leaves"]
    return {"person_id": str(person.id), "activity_id": str(leaves.id)}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", OUTSIDERS)
def test_roles_without_casework_see_and_write_nothing(
    client_of: ClientOf, role: str, path: str
) -> None:
    client = client_of(role)
    assert client.get(f"/api/v1/{path}").status_code == 403
    assert client.post(f"/api/v1/{path}", json={}).status_code in {403, 422}


@pytest.mark.parametrize("path", PATHS)
def test_nobody_unknown_gets_in(app: Any, path: str) -> None:
    assert TestClient(app).get(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize("role", ["csw", "coordinator"])
def test_casework_proposes_and_moves_under_its_own_name(
    client_of: ClientOf, town: Town, person: Person, role: str
) -> None:
    client = client_of(role)
    placement = client.post("/api/v1/placements", json=proposal(town, person)).json()
    path = f"/api/v1/placements/{placement['id']}/moves"
    made = client.post(path, json={"move": "want"}).json()["moves"][0]
    assert (made["actor"], made["account_id"]) == (role, str(town.accounts[role].id))


def test_a_colleague_of_another_area_sees_nothing_of_it(
    client_of: ClientOf, town: Town, person: Person
) -> None:
    own, other = client_of("csw"), client_of("csw_west")
    placement = own.post("/api/v1/placements", json=proposal(town, person)).json()
    path = f"/api/v1/placements/{placement['id']}"
    own.post(f"{path}/moves", json={"move": "want"})
    own.post(f"{path}/moves", json={"move": "agree"})
    day = {"placement_id": placement["id"], "occurred_on": placement["proposed_on"]}
    visit = own.post("/api/v1/visits", json=day | {"outcome": "unknown"})
    worry = {"placement_id": placement["id"], "side": "host", "words": "迷う"}
    concern = own.post("/api/v1/concerns", json=worry)
    assert (visit.status_code, concern.status_code) == (201, 201)
    assert other.get(path).status_code == 404
    assert other.get(f"/api/v1/visits/{visit.json()['id']}").status_code == 404
    assert other.get(f"/api/v1/concerns/{concern.json()['id']}").status_code == 404
    assert [other.get(f"/api/v1/{each}").json()["items"] for each in PATHS] == [[]] * 4
    assert other.post("/api/v1/placements", json=proposal(town, person)).status_code == 404


def test_the_seeded_last_place_is_given_once(
    client_of: ClientOf, connection: Connection, town: Town, person: Person
) -> None:
    with transaction(connection) as session:
        other = person_in(session, town)
    client = client_of("csw")
    answers = []
    for somebody in (person, other):
        body = proposal(town, somebody) | {"activity_id": str(town.activities["last_place"].id)}
        placement = client.post("/api/v1/placements", json=body).json()
        path = f"/api/v1/placements/{placement['id']}/moves"
        client.post(path, json={"move": "want"})
        answers.append(client.post(path, json={"move": "agree"}).status_code)
    assert answers == [200, 409]
