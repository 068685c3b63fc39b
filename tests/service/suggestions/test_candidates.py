"""Whom an activity might suit: for staff, over people they may see, by code and with reasons."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.profiles import Stage
from service.audit.tables import AccessRecord, Act
from service.persons.tables import Person
from tests.factories import Town, person_in

CONSENT = {"shared_with": "team", "given_on": date(2026, 11, 1)}
WISHES: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "windows": [{"days": ["TU", "SU"], "from": "09:00", "to": "12:00"}],
    "travel": {"modes": ["walk"], "max_minutes": 20},
    "age": 44,
}


def path(town: Town, name: str = "leaves") -> str:
    return f"/api/v1/activities/{town.activities[name].id}/candidates"


def somebody(session: Session, town: Town, **known: Any) -> Person:
    return person_in(session, town, **({"picture": WISHES, "consent": CONSENT} | known))


def ask(client: TestClient, town: Town, name: str = "leaves", **body: Any) -> dict[str, Any]:
    answer = client.post(path(town, name), json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def listed(answer: dict[str, Any]) -> list[str]:
    return [each["person_id"] for each in answer["candidates"]]


def test_people_stand_there_by_code_with_reasons_and_a_beginning(
    client: TestClient, session: Session, town: Town
) -> None:
    who = somebody(session, town)
    answer = ask(client, town)
    [found] = answer["candidates"]
    assert answer["suited"] == 1
    assert (found["person_id"], found["code"]) == (str(who.id), who.code)
    assert found["tier"] in ("fits", "adaptable", "ask_host")
    assert found["reasons"]
    assert all(reason["text"] for reason in found["reasons"] + found["to_check"])
    assert found["start"]["first_occurrences"][0] == "2026-11-24T10:00:00+09:00"


def test_the_answer_has_exactly_these_keys_and_no_name(
    client: TestClient, session: Session, town: Town
) -> None:
    somebody(session, town, note="山田さんの妹", contact="090-0000-0000")
    answer = client.post(path(town), json={})
    assert answer.json().keys() == {
        "activity", "as_of", "catalogue_revision", "suited", "candidates", "held", "unsuited",
    }  # fmt: skip
    assert answer.json()["candidates"][0].keys() == {
        "person_id", "code", "activity", "tier", "score", "reasons", "to_check", "arrangements",
        "start",
    }  # fmt: skip
    assert "山田" not in answer.text
    assert "090" not in answer.text


def test_the_reasons_are_those_of_the_persons_own_match(
    client: TestClient, session: Session, town: Town
) -> None:
    who = somebody(session, town)
    [found] = ask(client, town)["candidates"]
    own = client.post("/api/v1/suggestions", json={"person_id": str(who.id)}).json()
    [same] = [
        each for each in own[found["tier"]] if each["activity"] == str(town.activities["leaves"].id)
    ]
    for key in ("reasons", "to_check", "arrangements", "start"):
        assert found[key] == same[key]


HELD: list[tuple[str, dict[str, Any]]] = [
    ("paused", {"proposals_paused": "いまは休みたい"}),
    ("not_met", {"stage": Stage.NOT_MET}),
    ("no_consent", {"consent": None}),
    ("no_consent", {"consent": CONSENT | {"until": date(2026, 11, 10)}}),
    ("no_consent", {"consent": CONSENT | {"withdrawn_on": date(2026, 11, 20)}}),
    ("no_consent", {"consent": CONSENT | {"shared_with": "none"}}),
]
NAMES = ["paused", "not met", "no consent", "run out", "withdrawn", "agreed to nothing"]


@pytest.mark.parametrize(("code", "known"), HELD, ids=NAMES)
def test_who_is_held_or_has_agreed_to_nothing_is_only_counted(
    client: TestClient, session: Session, town: Town, code: str, known: dict[str, Any]
) -> None:
    somebody(session, town, **known)
    answer = ask(client, town)
    assert answer["candidates"] == []
    assert [(each["code"], each["people"]) for each in answer["held"]] == [(code, 1)]
    assert all(each["text"] for each in answer["held"])


def test_a_withdrawal_is_seen_by_the_next_question(
    client: TestClient, session: Session, town: Town
) -> None:
    who = somebody(session, town)
    assert listed(ask(client, town)) == [str(who.id)]
    [consent] = client.get(f"/api/v1/people/{who.id}/consents").json()["items"]
    answer = client.post(f"/api/v1/people/{who.id}/consents/{consent['id']}/withdrawal", json={})
    assert answer.status_code < 300, answer.text
    assert listed(ask(client, town)) == []


def test_who_is_not_suited_is_counted_by_what_keeps_them_apart(
    client: TestClient, session: Session, town: Town
) -> None:
    somebody(session, town, picture=WISHES | {"limits": [{"kind": "no_outdoors"}]})
    answer = ask(client, town)
    assert answer["suited"] == 0
    [count] = answer["unsuited"]
    assert (count["code"], count["people"]) == ("no_outdoors", 1)
    assert count["text"]


def test_only_people_the_caller_may_see_are_listed_or_counted(
    client_of: Callable[[str], TestClient], session: Session, town: Town, elsewhere: Town
) -> None:
    east = somebody(session, town)
    west = somebody(session, town, area="west", by="csw_west", lat=35.001, lon=135.001)
    person_in(session, elsewhere, picture=WISHES, consent=CONSENT)
    somebody(session, town, area="west", by="csw_west", consent=None)
    mine = ask(client_of("csw"), town)
    assert listed(mine) == [str(east.id)]
    assert mine["held"] == []
    theirs = ask(client_of("csw_west"), town)
    assert listed(theirs) == [str(west.id)]
    assert [each["people"] for each in theirs["held"]] == [1]
    all_areas = ask(client_of("coordinator"), town)
    assert sorted(listed(all_areas)) == sorted([str(east.id), str(west.id)])
    assert all_areas["held"] == []  # whoever agreed to nothing is not even counted


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_other_roles_see_nobody(
    client_of: Callable[[str], TestClient], town: Town, role: str
) -> None:
    assert client_of(role).post(path(town), json={}).status_code == 403


def test_whoever_is_named_is_written_down_and_nobody_else(
    client: TestClient, session: Session, town: Town
) -> None:
    shown = somebody(session, town)
    somebody(session, town, consent=None)
    somebody(session, town, picture=WISHES | {"limits": [{"kind": "no_outdoors"}]})
    ask(client, town)
    rows = session.exec(select(AccessRecord).where(AccessRecord.act == Act.MATCH)).all()
    assert [(row.person_id, row.resource) for row in rows] == [(shown.id, "candidate")]


def test_the_best_are_listed_and_all_are_counted(
    client: TestClient, session: Session, town: Town
) -> None:
    for _ in range(3):
        somebody(session, town)
    answer = ask(client, town, limit=2)
    assert (len(answer["candidates"]), answer["suited"]) == (2, 3)
    scores = [each["score"] for each in answer["candidates"]]
    assert scores == sorted(scores, reverse=True)


def test_nobody_known_is_an_answer_too(client: TestClient, town: Town) -> None:
    answer = ask(client, town)
    assert (answer["suited"], answer["candidates"], answer["held"]) == (0, [], [])


def test_a_slot_or_a_day_narrows_the_dates(
    client: TestClient, session: Session, town: Town
) -> None:
    somebody(session, town)
    [slot] = town.slots["leaves"]
    [by_slot] = ask(client, town, slot_id=str(slot.id))["candidates"]
    assert by_slot["start"]["first_occurrences"][0].startswith("2026-11-24")
    [later] = ask(client, town, starts_on="2026-12-05")["candidates"]
    assert later["start"]["first_occurrences"][0].startswith("2026-12-08")


def test_what_takes_nobody_is_a_conflict(client: TestClient, session: Session, town: Town) -> None:
    somebody(session, town)
    [other] = town.slots["last_place"]
    assert client.post(path(town, "closed"), json={}).status_code == 409
    assert client.post(path(town), json={"slot_id": str(other.id)}).status_code == 409
    assert client.post(path(town), json={"starts_on": "2099-01-01"}).status_code == 409


def test_a_slot_without_a_place_left_is_a_conflict(
    client: TestClient, session: Session, town: Town
) -> None:
    [slot] = town.slots["last_place"]
    slot.taken = slot.capacity
    session.add(slot)
    session.flush()
    answer = client.post(path(town, "last_place"), json={"slot_id": str(slot.id)})
    assert answer.status_code == 409
    assert answer.json()["title"] == "NotOnOffer"


def test_absent_and_other_municipality_are_alike(
    client: TestClient, town: Town, elsewhere: Town
) -> None:
    absent = client.post(f"/api/v1/activities/{uuid4()}/candidates", json={})
    foreign = client.post(path(elsewhere), json={})
    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert absent.json()["detail"] == foreign.json()["detail"]
    body = {"slot_id": str(UUID(int=0))}
    assert client.post(path(town), json=body).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 0},
        {"limit": 51},
        {"slot_id": "first"},
        {"starts_on": "tomorrow"},
        {"starts_on": "1999-12-31"},
        {"people": []},
    ],
)
def test_what_cannot_be_understood_is_said(
    client: TestClient, town: Town, body: dict[str, Any]
) -> None:
    answer = client.post(path(town), json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]
