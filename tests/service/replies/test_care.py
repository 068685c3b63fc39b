"""What a host says of itself holds for the very next match; nothing that goes on is closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.repository import people_at_hosts, room_at
from catalogue.tables import Host
from service.app import create_app
from service.clock import local_day
from service.database import open_engine, transaction
from service.persons.tables import Person
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, Town, TurnableClock, person_in, seed
from tests.service.replies.conftest import API, Desk

TODAY = local_day(MORNING)


def proposed(desk: Desk, who: str) -> set[str]:
    """Return the titles that a match proposes to somebody."""
    answer = desk.done("suggestions", person_id=who)
    found = {
        each["activity"] for tier in ("fits", "adaptable", "ask_host") for each in answer[tier]
    }
    titles = {str(each.id): ref for ref, each in desk.town.activities.items()}
    return {titles[each] for each in found}


@pytest.fixture
def newcomer(session: Session, town: Town) -> str:
    return str(person_in(session, town).id)


@pytest.mark.parametrize(
    ("answer", "more"),
    [("rest", {"until": "2026-12-20"}), ("fewer", {"people": 0})],
)
def test_a_pause_and_fewer_please_hold_for_the_next_match(
    desk: Desk, newcomer: str, answer: str, more: dict[str, Any]
) -> None:
    token = desk.linked(desk.asked())
    assert {"leaves", "last_place"} & proposed(desk, newcomer)
    desk.answered(token, answer, **more)
    assert not {"leaves", "last_place"} & proposed(desk, newcomer)
    assert desk.status == "asked"  # what goes on is not closed


def test_a_pause_is_felt_by_the_next_match_of_another_worker(own_database: str) -> None:
    """Two apps on one database are two workers: each has indexes and connections of its own."""
    engines = [open_engine(own_database, connections=2) for _ in range(2)]
    with transaction(engines[0]) as session:
        town = seed(session)
        who = str(person_in(session, town).id)
    settings = Settings(secure_cookies=False)
    workers = [
        TestClient(create_app(settings, bind=engine, now=lambda: MORNING)) for engine in engines
    ]
    for worker in workers:
        sent = {"username": "csw", "password": PASSWORD}
        token = worker.post(f"{API}/sessions", json=sent).json()["token"]
        worker.cookies.clear()
        worker.headers["authorization"] = f"Bearer {token}"
    one, other = (Desk(worker, worker, town, Person(), "") for worker in workers)
    assert "leaves" in proposed(other, who)
    token = one.linked(one.asked("own", host_id=one.temple))
    one.answered(token, "rest", until="2026-12-20")
    assert not {"leaves", "last_place"} & proposed(other, who)
    for engine in engines:
        engine.dispose()


def test_what_goes_on_at_a_host_that_rests_is_told_so_and_answers_no_row(
    desk: Desk, session: Session, town: Town
) -> None:
    desk.moved("host_accepts", minutes=30, first_on="2026-11-24")
    before = {each["id"] for each in desk.read("follow-ups")["items"]}
    desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), "rest", until="2026-12-20")
    assert desk.status == "agreed"
    [contact] = desk.read(f"contacts?placement_id={desk.placement}")["items"]
    assert contact["what"] == "お返事: しばらく休みたい。令和8年12月20日(日)まで"
    after = {each["id"] for each in desk.read("follow-ups")["items"]}
    assert before <= after


@pytest.mark.parametrize(("asked", "holds"), [(5, 2), (2, 2), (1, 1), (0, 0)])
def test_fewer_please_never_makes_it_more(desk: Desk, asked: int, holds: int) -> None:
    """A host that takes two and writes five remembers another number: two it stays."""
    path = f"{API}/hosts/{desk.temple}"
    assert desk.staff.patch(path, json={"max_people": 2}).status_code == 200
    desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), "fewer", people=asked)
    assert desk.read(f"hosts/{desk.temple}")["max_people"] == holds


def test_fewer_please_of_a_host_without_a_bound_sets_one(desk: Desk) -> None:
    assert desk.read(f"hosts/{desk.temple}")["max_people"] is None
    desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), "fewer", people=3)
    assert desk.read(f"hosts/{desk.temple}")["max_people"] == 3


def test_a_host_with_as_many_as_it_takes_is_not_asked_for_another(
    desk: Desk, session: Session, town: Town
) -> None:
    other = person_in(session, town)
    body = {"person_id": str(other.id), "activity_id": str(town.activities["last_place"].id)}
    second = desk.done("placements", **body)["id"]
    desk.done(f"placements/{second}/moves", move="want")
    desk.moved("host_accepts", minutes=30)
    assert desk.staff.patch(f"{API}/hosts/{desk.temple}", json={"max_people": 1}).status_code == 200
    refused = desk.staff.post(f"{API}/placements/{second}/moves", json={"move": "ask"})
    assert (refused.status_code, refused.json()["obstacles"]) == (409, ["host_has_enough"])
    assert desk.staff.patch(f"{API}/hosts/{desk.temple}", json={"max_people": 2}).status_code == 200
    assert desk.done(f"placements/{second}/moves", move="ask")["status"] == "asked"


def test_new_people_are_counted_by_month_and_the_next_month_begins_with_none(
    desk: Desk, session: Session, newcomer: str, turnable_clock: TurnableClock
) -> None:
    assert (
        desk.staff.patch(f"{API}/hosts/{desk.temple}", json={"new_a_month": 1}).status_code == 200
    )
    assert "last_place" in proposed(desk, newcomer)
    desk.moved("host_accepts", minutes=30)
    assert not {"leaves", "last_place"} & proposed(desk, newcomer)
    turnable_clock.turn(days=11)  # the first of December
    assert "last_place" in proposed(desk, newcomer)


@pytest.mark.parametrize(
    ("known", "held", "room"),
    [
        ({}, 0, None),
        ({"max_people": 2}, 1, 1),
        ({"max_people": 2}, 3, 0),
        ({"max_people": 0}, 0, 0),
        ({"new_a_month": 1}, 5, 1),
        ({"new_a_month": 1, "new_month": TODAY.replace(day=1), "new_people": 1}, 5, 0),
        ({"new_a_month": 1, "new_month": TODAY.replace(month=10, day=1), "new_people": 1}, 5, 1),
        ({"max_people": 9, "new_a_month": 2}, 4, 2),
    ],
)
def test_the_room_at_a_host_is_its_nearer_bound(
    known: dict[str, Any], held: int, room: int | None
) -> None:
    assert room_at(Host(**known), held, as_of=TODAY) == room


def test_people_are_counted_over_all_activities_of_a_host(
    desk: Desk, session: Session, town: Town
) -> None:
    temple = town.hosts["temple"]
    desk.staff.patch(f"{API}/hosts/{desk.temple}", json={"max_people": 9})
    desk.moved("host_accepts", minutes=30)
    session.expire_all()
    assert people_at_hosts(session, town.municipality.id) == {temple.id: 1}


def test_a_confirmation_is_the_hosts_own_and_of_this_day(
    desk: Desk, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=4)
    desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), "confirmed")
    told = desk.read(f"hosts/{desk.temple}")
    assert told["confirmed_on"] == (TODAY + timedelta(days=4)).isoformat()


def test_whoever_is_asked_has_been_asked_on_that_day(
    desk: Desk, client_of: Callable[[str], TestClient]
) -> None:
    assert desk.read(f"hosts/{desk.temple}")["last_asked_on"] == TODAY.isoformat()
    cafe = desk.town.hosts["cafe"]
    assert desk.read(f"hosts/{cafe.id}")["last_asked_on"] is None
    tea = str(desk.town.activities["tea"].id)
    desk.asked("question", activity_id=tea, asks=[{"ask": "just_being"}])
    assert desk.read(f"hosts/{cafe.id}")["last_asked_on"] == TODAY.isoformat()
