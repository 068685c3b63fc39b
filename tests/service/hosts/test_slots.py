"""Slots over HTTP: their times, their places, and what becomes of closed ones."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select, update

from catalogue.repository import profiles
from catalogue.tables import Slot
from service.database import open_engine, transaction
from service.hosts import leaflet
from service.hosts.actions import PlacesTaken, amend_slot
from service.hosts.repository import slots_of
from tests.factories import MORNING, Town, seed, staff_of

SLOTS = "/api/v1/slots"
TUESDAY = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "10:00", "end": "11:30"}
SATURDAY = {"rrule": "FREQ=WEEKLY;BYDAY=SA", "start": "13:00", "end": "14:00"}


@pytest.fixture
def activity(town: Town) -> str:
    return str(town.activities["leaves"].id)


def slots_now(client: TestClient, activity: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(SLOTS, params={"activity_id": activity}).json()[
        "items"
    ]
    return sorted(found, key=lambda slot: slot["position"])


def places(client: TestClient, activity: str) -> list[tuple[str | None, int]]:
    return [
        (slot["recurrence"] and slot["recurrence"]["rrule"][-2:], slot["capacity"])
        for slot in slots_now(client, activity)
    ]


def hold(session: Session, slot_id: UUID, taken: int) -> None:
    session.exec(update(Slot).where(col(Slot.id) == slot_id).values(taken=taken))


@pytest.mark.parametrize(
    "times",
    [
        TUESDAY,
        TUESDAY | {"except": ["2026-12-29"], "holidays": "closed"},
        TUESDAY | {"dtstart": "2026-12-01", "also": ["2027-01-03"]},
        {"also": ["2028-02-29"], "start": "00:00", "end": "23:59"},
    ],
)
def test_the_times_of_a_slot_come_back_as_they_were_given(
    client: TestClient, activity: str, times: dict[str, Any]
) -> None:
    created = client.post(SLOTS, json={"activity_id": activity, "capacity": 1} | times)
    assert created.status_code == 201, created.text
    assert created.json()["recurrence"].items() >= times.items()
    assert client.get(f"{SLOTS}/{created.json()['id']}").json() == created.json()


@pytest.mark.parametrize(
    "change",
    [
        {"start": "11:30"},
        {"start": "１０:00"},
        {"end": "24:00"},
        {"rrule": "FREQ=HOURLY"},
        {"rrule": "毎週火曜"},
        {"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"},
        {"except": ["2026-12-01"], "also": ["2026-12-01"]},
        {"also": ["2026-02-30"]},
        {"holidays": "sometimes"},
        {"rrule": None},
        {"capacity": -1},
        {"capacity": 10_001},
        {"capacity": "2"},
        {"capacity": 1.5},
        {"activity_id": "leaves"},
        {"taken": 1},
        {"position": 0},
    ],
)
def test_a_slot_that_cannot_be_is_refused_and_not_kept(
    client: TestClient, activity: str, change: dict[str, Any]
) -> None:
    body = {"activity_id": activity, "capacity": 2} | TUESDAY | change
    assert client.post(SLOTS, json=body).status_code == 422
    assert len(slots_now(client, activity)) == 1


@pytest.mark.parametrize("body", ["[]", '"slot"', "3", "null", "{}", "[{}]", "", "{"])
def test_a_body_that_is_no_slot_at_all_is_malformed(client: TestClient, body: str) -> None:
    answer = client.post(SLOTS, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_half_told_times_do_not_become_a_slot_by_arrangement(
    client: TestClient, activity: str
) -> None:
    body = {"activity_id": activity, "capacity": 2}
    assert client.post(SLOTS, json=body | {"start": "10:00"}).status_code == 422
    assert client.post(SLOTS, json=body | {"holidays": "open"}).status_code == 422
    assert client.post(SLOTS, json=body | {"except": []}).status_code == 422


def test_a_new_slot_stands_behind_all_others_also_the_closed_ones(
    client: TestClient, activity: str
) -> None:
    for expected in (1, 2):
        made = client.post(SLOTS, json={"activity_id": activity, "capacity": 0}).json()
        assert made["position"] == expected


def test_the_capacity_of_a_slot_goes_down_to_those_who_hold_a_place_and_no_further(
    client: TestClient, session: Session, town: Town
) -> None:
    slot = town.slots["tea"][0]
    hold(session, slot.id, 3)
    path = f"{SLOTS}/{slot.id}"
    assert client.patch(path, json={"capacity": 3}).json()["capacity"] == 3
    assert client.patch(path, json={"capacity": 2}).status_code == 409
    assert client.patch(path, json={"capacity": 10_000}).json()["taken"] == 3


@pytest.mark.parametrize(
    "body", [{"capacity": None}, {}, {"capacity": 1, "taken": 0}, {"capacity": "３"}]
)
def test_a_malformed_change_of_places_changes_nothing(
    client: TestClient, town: Town, body: dict[str, Any]
) -> None:
    path = f"{SLOTS}/{town.slots['leaves'][0].id}"
    assert client.patch(path, json=body).status_code == 422
    assert client.get(path).json()["capacity"] == 2


def test_a_slot_that_is_not_there_cannot_be_changed(client: TestClient) -> None:
    assert client.patch(f"{SLOTS}/{uuid4()}", json={"capacity": 3}).status_code == 404


def test_a_line_that_was_closed_stays_closed_when_the_others_get_more_places(
    client: TestClient, activity: str
) -> None:
    path = f"/api/v1/activities/{activity}"
    client.patch(path, json={"schedule": [TUESDAY, SATURDAY]})
    client.patch(path, json={"schedule": [TUESDAY]})
    assert places(client, activity) == [("TU", 2), ("SA", 0)]
    shown = client.patch(path, json={"capacity": 5}).json()
    assert places(client, activity) == [("TU", 5), ("SA", 0)]
    assert [line["rrule"] for line in shown["schedule"]] == [TUESDAY["rrule"]]


def test_more_places_are_also_more_places_by_arrangement(client: TestClient, activity: str) -> None:
    client.post(SLOTS, json={"activity_id": activity, "capacity": 1})
    client.patch(f"/api/v1/activities/{activity}", json={"capacity": 4})
    assert places(client, activity) == [("TU", 4), (None, 4)]


def test_an_activity_without_places_opens_again_with_its_own_lines(
    client: TestClient, activity: str
) -> None:
    path = f"/api/v1/activities/{activity}"
    assert client.patch(path, json={"capacity": 0}).json()["schedule"] == []
    assert places(client, activity) == [("TU", 0)]
    [line] = client.patch(path, json={"capacity": 3}).json()["schedule"]
    assert line["rrule"] == TUESDAY["rrule"]
    assert places(client, activity) == [("TU", 3)]


def test_of_several_lines_none_is_changed_when_one_holds_too_many(
    client: TestClient, session: Session, activity: str
) -> None:
    path = f"/api/v1/activities/{activity}"
    client.patch(path, json={"schedule": [TUESDAY, SATURDAY]})
    hold(session, UUID(slots_now(client, activity)[1]["id"]), 2)
    refused = client.patch(path, json={"capacity": 1})
    assert refused.status_code == 409
    assert refused.json()["taken"] == 2
    assert places(client, activity) == [("TU", 2), ("SA", 2)]


def test_a_line_that_somebody_holds_stays_when_the_schedule_goes(
    client: TestClient, session: Session, town: Town, activity: str
) -> None:
    hold(session, town.slots["leaves"][0].id, 1)
    client.patch(f"/api/v1/activities/{activity}", json={"schedule": [SATURDAY]})
    found = slots_now(client, activity)
    assert [(slot["taken"], slot["recurrence"]["rrule"][-2:]) for slot in found] == [
        (1, "TU"),
        (0, "SA"),
    ]


def test_a_closed_line_offers_no_day_on_the_activitys_page(
    client: TestClient, session: Session, town: Town, activity: str
) -> None:
    path = f"/api/v1/activities/{activity}"
    client.patch(path, json={"schedule": [TUESDAY, SATURDAY]})
    client.patch(path, json={"schedule": [SATURDAY]})
    session.expire_all()
    leaves = town.activities["leaves"]
    slots = slots_of(session, [leaves.id])[leaves.id]
    days = leaflet.openings(leaves, slots, today=MORNING.date())
    assert days
    assert {opening.start.weekday() for opening in days} == {5}


def test_a_full_slot_leaves_the_openings_to_those_with_a_place(
    client: TestClient, session: Session, town: Town, activity: str
) -> None:
    client.post(SLOTS, json={"activity_id": activity, "capacity": 1} | SATURDAY)
    hold(session, town.slots["leaves"][0].id, 2)
    session.expire_all()
    found = profiles(session, town.municipality.id, as_of=MORNING.date())
    [leaves] = [profile for profile in found if profile.id == activity]
    assert leaves.places_left == 1
    assert {opening.start.weekday() for opening in leaves.openings} == {5}


def test_places_are_never_fewer_than_people_however_many_change_them_at_once(
    own_database: str,
) -> None:
    engine = open_engine(own_database, connections=4)
    with transaction(engine) as session:
        town = seed(session)
        slot_id = town.slots["tea"][0].id
        hold(session, slot_id, 3)

    def change(capacity: int) -> bool:
        try:
            with transaction(engine) as session:
                staff = staff_of(session, town.accounts["csw"])
                return (
                    amend_slot(session, staff, slot_id, capacity=capacity, seen=None).capacity
                    == capacity
                )
        except PlacesTaken:
            return False

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(change, range(7)))
    assert done == [False, False, False, True, True, True, True]
    with transaction(engine) as session:
        [slot] = session.exec(select(Slot).where(col(Slot.id) == slot_id))
        assert slot.taken == 3
        assert slot.capacity in {3, 4, 5, 6}
    engine.dispose()
