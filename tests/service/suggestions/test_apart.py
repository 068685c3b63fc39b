"""Who is kept apart is not even suggested the other's slot, and learns nothing of why."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.profiles import Opening
from service.persons.tables import Person
from service.suggestions import apart
from tests.factories import Town, person_in
from tests.matching.made import activity

API = "/api/v1"
REASON = "前に強い言い合いがあった"


@pytest.fixture
def client(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("csw")


@pytest.fixture
def two(session: Session, town: Town) -> tuple[Person, Person]:
    return person_in(session, town), person_in(session, town)


def suggested(client: TestClient, person: Person, **asked: Any) -> tuple[set[str], str]:
    """Return the activities that are proposed to somebody, and the whole answer as text."""
    answer = client.post(f"{API}/suggestions", json={"person_id": str(person.id), **asked})
    assert answer.status_code in {200, 201}, answer.text
    told = answer.json()
    tiers = ("fits", "adaptable", "ask_host")
    return {each["activity"] for tier in tiers for each in told[tier]}, answer.text


def placed(client: TestClient, town: Town, person: Person) -> str:
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    made = client.post(f"{API}/placements", json=body).json()
    for move in ("want", "agree"):
        path = f"{API}/placements/{made['id']}/moves"
        assert client.post(path, json={"move": move}).status_code == 200
    return str(made["id"])


def pair_of(client: TestClient, one: Person, other: Person) -> str:
    path = f"{API}/people/{one.id}/keep-apart"
    answer = client.post(path, json={"other_id": str(other.id), "reason": REASON})
    assert answer.status_code == 201, answer.text
    return f"{path}/{answer.json()['id']}"


def test_the_others_slot_is_not_suggested_and_nothing_says_why(
    client: TestClient, town: Town, two: tuple[Person, Person], session: Session
) -> None:
    one, other = two
    leaves = str(town.activities["leaves"].id)
    placed(client, town, other)
    assert leaves in suggested(client, one)[0]
    pair = pair_of(client, one, other)
    found, text = suggested(client, one)
    assert found
    assert leaves not in found
    for word in (leaves, other.code, str(other.id), REASON, "apart", "other_slot"):
        assert word not in text
    # nobody else is left out, and once the two may meet, neither is this one
    assert leaves in suggested(client, person_in(session, town))[0]
    assert client.post(f"{pair}/end").status_code == 204
    assert leaves in suggested(client, one)[0]


def test_a_slot_that_the_other_has_left_is_suggested_again(
    client: TestClient, town: Town, two: tuple[Person, Person]
) -> None:
    one, other = two
    placement = placed(client, town, other)
    pair_of(client, one, other)
    leaves = str(town.activities["leaves"].id)
    assert leaves not in suggested(client, one)[0]
    body = {"move": "end", "reason": "moved_on", "side": "person"}
    assert client.post(f"{API}/placements/{placement}/moves", json=body).status_code == 200
    assert leaves in suggested(client, one)[0]


def test_without_the_one_who_knows_the_slot_is_suggested(
    client: TestClient, town: Town, two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the proposal would then be refused."""
    one, other = two
    placed(client, town, other)
    pair_of(client, one, other)
    monkeypatch.setattr(apart, "_beside", [])
    assert str(town.activities["leaves"].id) in suggested(client, one)[0]


def test_an_activity_keeps_its_other_slots_and_goes_when_it_has_none() -> None:
    at = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    first, second = Opening(at, at, "0"), Opening(at, at, "1")
    several, single = (
        activity(id="a", openings=(first, second)),
        activity(id="b", openings=(first,)),
    )
    free = activity(id="c", openings=(first,))
    closed = frozenset({("a", "0"), ("b", "0")})
    found = list(apart.without([several, single, free], closed))
    assert [each.id for each in found] == ["a", "c"]
    assert found[0].openings == (second,)
    assert found[1] is free
