"""Many people and many places over HTTP: a proposal, explained, and nobody is placed by it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.audit.tables import AccessRecord, Act
from service.persons.tables import Person
from service.placements.tables import Placement
from service.suggestions.tables import Round
from tests.factories import Town, person_in

PATH = "/api/v1/assignments"
CONSENT = {"shared_with": "team", "given_on": date(2026, 11, 1)}
WISHES: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "windows": [{"days": ["TU", "SU"], "from": "09:00", "to": "12:00"}],
    "travel": {"modes": ["walk"], "max_minutes": 20},
    "age": 44,
}


def somebody(session: Session, town: Town, **known: Any) -> Person:
    return person_in(session, town, **({"picture": WISHES, "consent": CONSENT} | known))


def ask(client: TestClient, *people: Person, **body: Any) -> dict[str, Any]:
    answer = client.post(PATH, json={"people": [str(each.id) for each in people]} | body)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def places(town: Town, **number: int) -> list[dict[str, Any]]:
    return [
        {"activity": str(town.activities[name].id), "places": many} for name, many in number.items()
    ]


def test_each_gets_a_place_with_reasons_and_why_this_one(
    client: TestClient, session: Session, town: Town
) -> None:
    people = [somebody(session, town) for _ in range(2)]
    made = ask(client, *people)
    assert [each["person_id"] for each in made["given"]] == sorted(str(who.id) for who in people)
    for each in made["given"]:
        assert each["code"] in {who.code for who in people}
        assert each["place"]["reasons"]
        assert each["why"]["text"]
        assert each["place"]["seats_left"] >= 0
    assert (made["unplaced"], made["held"]) == ([], [])


def test_never_more_than_the_places_named(client: TestClient, session: Session, town: Town) -> None:
    people = [somebody(session, town) for _ in range(3)]
    made = ask(client, *people, activities=places(town, leaves=1))
    [given] = made["given"]
    assert given["place"]["activity"] == str(town.activities["leaves"].id)
    assert given["place"]["seats_left"] == 0
    assert len(made["unplaced"]) == 2
    for each in made["unplaced"]:
        assert each["why"]["text"]
        [other] = each["further"]
        assert other["seats_left"] == 0


def test_never_more_than_are_left_whatever_is_named(
    client: TestClient, session: Session, town: Town
) -> None:
    people = [somebody(session, town) for _ in range(2)]
    made = ask(client, *people, activities=places(town, last_place=5))
    assert len(made["given"]) == 1


def test_who_can_go_to_one_place_only_gets_it(
    client: TestClient, session: Session, town: Town
) -> None:
    free = somebody(session, town)
    indoors = WISHES | {"limits": [{"kind": "no_outdoors"}], "travel": {"modes": ["car"]}}
    bound = somebody(session, town, picture=indoors)
    made = ask(client, free, bound, activities=places(town, leaves=1, tea=1))
    got = {each["person_id"]: each["place"]["activity"] for each in made["given"]}
    assert got == {
        str(free.id): str(town.activities["leaves"].id),
        str(bound.id): str(town.activities["tea"].id),
    }


def test_who_has_nowhere_to_go_is_told_what_bound(
    client: TestClient, session: Session, town: Town
) -> None:
    who = somebody(session, town, picture=WISHES | {"limits": [{"kind": "no_outdoors"}]})
    [left] = ask(client, who, activities=places(town, leaves=2))["unplaced"]
    assert left["why"]["code"] == "nothing_suits"
    [bound] = left["bound"]
    assert (bound["code"], bound["activities"], bound["alone"]) == ("no_outdoors", 1, 1)
    assert bound["text"]


@pytest.mark.parametrize(
    ("known", "code"),
    [({"proposals_paused": "休みたい"}, "paused"), ({"consent": None}, "no_consent")],
)
def test_who_is_held_gets_none_and_is_said(
    client: TestClient, session: Session, town: Town, known: dict[str, Any], code: str
) -> None:
    who = somebody(session, town, **known)
    made = ask(client, who)
    assert (made["given"], made["unplaced"]) == ([], [])
    [held] = made["held"]
    assert (held["person_id"], held["why"]["code"]) == (str(who.id), code)
    assert held["why"]["text"]


def test_nothing_is_placed_or_kept(client: TestClient, session: Session, town: Town) -> None:
    ask(client, somebody(session, town))
    assert session.exec(select(Placement)).all() == []
    assert session.exec(select(Round)).all() == []


def test_the_order_of_the_question_never_matters(
    client: TestClient, session: Session, town: Town
) -> None:
    people = [somebody(session, town) for _ in range(3)]
    named = places(town, leaves=1, last_place=1)
    before = ask(client, *people, activities=named)
    assert ask(client, *people[::-1], activities=named[::-1]) == before


def test_everybody_asked_about_is_written_down(
    client: TestClient, session: Session, town: Town
) -> None:
    people = [somebody(session, town), somebody(session, town, consent=None)]
    ask(client, *people)
    rows = session.exec(select(AccessRecord).where(AccessRecord.act == Act.MATCH)).all()
    assert {row.person_id for row in rows} == {who.id for who in people}
    assert {row.resource for row in rows} == {"assignment"}


def test_somebody_out_of_sight_is_nobody(
    client: TestClient, session: Session, town: Town, elsewhere: Town
) -> None:
    seen = somebody(session, town)
    west = somebody(session, town, area="west", by="csw_west")
    foreign = person_in(session, elsewhere, picture=WISHES, consent=CONSENT)
    answers = [
        client.post(PATH, json={"people": [str(seen.id), str(other)]})
        for other in (west.id, foreign.id, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.json()["detail"] for answer in answers}) == 1


def test_an_unknown_activity_is_missing_and_a_closed_one_a_conflict(
    client: TestClient, session: Session, town: Town, elsewhere: Town
) -> None:
    who = str(somebody(session, town).id)
    foreign = {"people": [who], "activities": places(elsewhere, leaves=1)}
    assert client.post(PATH, json=foreign).status_code == 404
    closed = {"people": [who], "activities": places(town, closed=1)}
    assert client.post(PATH, json=closed).status_code == 409


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_other_roles_may_not_ask(client_of: Callable[[str], TestClient], role: str) -> None:
    assert client_of(role).post(PATH, json={"people": [str(uuid4())]}).status_code == 403


ONE = "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"people": []},
        {"people": ["somebody"]},
        {"people": [ONE, ONE]},
        {"people": [ONE], "activities": []},
        {"people": [ONE], "activities": [{"activity": ONE, "places": 0}]},
        {"people": [ONE], "activities": [{"activity": ONE, "places": 1}] * 2},
        {"people": [ONE], "as_of": "2026-11-01"},  # consents count as they stand today
        {"people": [ONE], "place_them": True},
    ],
)
def test_what_cannot_be_understood_is_said(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]
