"""Wishes that found no place are kept, for the right eyes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import col, select

from service.audit.tables import AccessRecord, Act
from service.database import transaction
from service.persons.tables import Person
from tests.factories import TEAM, Town, person_in

WISHES = "/api/v1/wishes"
WORDS = "夜に、だれかと星を見たい"


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town, consent=TEAM)


@pytest.fixture
def wish(client: TestClient, person: Person) -> dict[str, Any]:
    body = {
        "person_id": str(person.id),
        "own_words": WORDS,
        "failed_on": [{"code": "hours", "value": "19:00"}],
    }
    answer = client.post(WISHES, json=body)
    assert answer.status_code == 201, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


def test_a_wish_is_kept_in_the_words_it_was_said_with_what_it_failed_on(
    client: TestClient, wish: dict[str, Any], person: Person
) -> None:
    kept = client.get(f"{WISHES}/{wish['id']}").json()
    assert kept == wish
    assert kept["own_words"] == WORDS
    assert kept["failed_on"] == [{"code": "hours", "value": "19:00"}]
    assert kept["wished_on"] == "2026-11-20"
    assert kept["area_id"] == str(person.area_id)


def test_colleagues_of_another_area_do_not_see_it(
    client_of: Callable[[str], TestClient], wish: dict[str, Any]
) -> None:
    west = client_of("csw_west")
    assert west.get(WISHES).json()["items"] == []
    hidden = west.get(f"{WISHES}/{wish['id']}")
    absent = west.get(f"{WISHES}/{uuid4()}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()


def test_the_coordinator_of_the_whole_town_sees_it(
    client_of: Callable[[str], TestClient], wish: dict[str, Any]
) -> None:
    items = client_of("coordinator").get(WISHES).json()["items"]
    assert [item["id"] for item in items] == [wish["id"]]


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_roles_without_people_see_no_wish(
    client_of: Callable[[str], TestClient], wish: dict[str, Any], role: str
) -> None:
    assert client_of(role).get(f"{WISHES}/{wish['id']}").status_code == 403


def test_another_municipality_does_not_see_it(
    elsewhere: Town, client_of: Callable[[str], TestClient], wish: dict[str, Any]
) -> None:
    assert elsewhere.accounts
    neighbour = client_of("coordinator_elsewhere")
    assert neighbour.get(f"{WISHES}/{wish['id']}").status_code == 404
    assert neighbour.get(WISHES).json()["items"] == []


def test_nobody_can_wish_for_a_person_they_may_not_see(
    client_of: Callable[[str], TestClient], person: Person
) -> None:
    body = {"person_id": str(person.id), "own_words": WORDS}
    assert client_of("csw_west").post(WISHES, json=body).status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"own_words": ""}, {"own_words": "x" * 1001}, {"mood": "sad"}, {"person_id": "nobody"}],
    ids=lambda change: next(iter(change)),
)
def test_a_malformed_wish_is_refused_and_nothing_is_kept(
    client: TestClient, person: Person, change: dict[str, str]
) -> None:
    body = {"person_id": str(person.id), "own_words": WORDS} | change
    assert client.post(WISHES, json=body).status_code == 422
    assert client.get(WISHES).json()["items"] == []


def test_pages_of_wishes_follow_one_another(client: TestClient, person: Person) -> None:
    for number in range(5):
        body = {"person_id": str(person.id), "own_words": f"{WORDS} {number}"}
        assert client.post(WISHES, json=body).status_code == 201
    seen: list[str] = []
    after: str | None = None
    while True:
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = client.get(WISHES, params=asked).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)


def test_every_look_is_written_down(
    client: TestClient, wish: dict[str, Any], person: Person, connection: Connection
) -> None:
    client.get(f"{WISHES}/{wish['id']}")
    client.get(WISHES)
    with transaction(connection) as session:
        records = session.exec(
            select(AccessRecord.act)
            .where(AccessRecord.person_id == person.id, AccessRecord.resource == "wish")
            .order_by(col(AccessRecord.act))
        ).all()
    assert sorted(records) == sorted([Act.WRITE, Act.READ, Act.LIST])
