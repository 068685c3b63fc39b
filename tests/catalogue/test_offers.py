"""What stored activities offer on a day: free slots only, and nobody else's (both databases)."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from catalogue.exchange.models import CatalogueFile
from catalogue.intake import save_catalogue, save_slots
from catalogue.profiles import ActivityProfile
from catalogue.repository import (
    activities,
    all_by_ref,
    by_ref,
    get,
    municipalities,
    profiles,
    slots,
    slots_by_activity,
)
from catalogue.tables import Activity, Area, Host, Municipality, Slot
from catalogue.terms import ScheduleItem
from tests.factories import activity_row

TODAY = date(2026, 11, 20)
TUESDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "10:00", "end": "11:30"}
FRIDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=FR", "start": "14:00", "end": "15:00"}


def town(*rows: dict[str, Any], **changes: Any) -> CatalogueFile:
    values = {
        "municipality": "みさき町",
        "areas": [{"id": "east", "name": "東", "lat": 35.0, "lon": 135.0}],
        "hosts": [
            {"id": "temple", "name": "岬寺", "type": "temple", "area": "east", "lat": 35.1,
             "lon": 135.1}
        ],
        "activities": list(rows),
    }  # fmt: skip
    return CatalogueFile.model_validate(values | changes)


@pytest.fixture
def municipality(session: Session) -> Municipality:
    row = Municipality(name="みさき町")
    session.add(row)
    session.flush()
    return row


def take(session: Session, municipality: Municipality, file: CatalogueFile) -> None:
    save_catalogue(session, municipality, file)
    session.flush()


def slots_of(session: Session, municipality: Municipality, ref: str) -> list[Slot]:
    owner = by_ref(session, Activity, municipality.id, ref)
    assert owner is not None
    return slots_by_activity(session, municipality.id, activity_id=owner.id)[owner.id]


def offered(session: Session, municipality: Municipality) -> ActivityProfile:
    session.flush()
    session.expire_all()
    (found,) = profiles(session, municipality.id, as_of=TODAY)
    return found


def hours(profile: ActivityProfile) -> set[time]:
    return {opening.start.time() for opening in profile.openings}


def test_a_closed_line_offers_nothing_even_when_every_other_slot_is_full(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(activity_row("sweep", schedule=[TUESDAYS, FRIDAYS])))
    take(session, municipality, town(activity_row("sweep", schedule=[TUESDAYS])))
    first, closed = slots_of(session, municipality, "sweep")
    assert closed.capacity == 0
    first.taken = first.capacity
    found = offered(session, municipality)
    assert found.places_left == 0
    assert hours(found) == {time(10)}


def test_announced_days_do_not_move_to_another_line_when_the_first_is_full(
    session: Session, municipality: Municipality
) -> None:
    sunday = "2026-11-29"
    row = activity_row("sweep", schedule=[TUESDAYS, FRIDAYS], next_dates=[sunday])
    take(session, municipality, town(row))
    before = offered(session, municipality)
    assert [
        opening.start.isoformat()
        for opening in before.openings
        if opening.start.date() == date(2026, 11, 29)
    ] == ["2026-11-29T10:00:00+09:00"]
    first, _ = slots_of(session, municipality, "sweep")
    first.taken = first.capacity
    after = offered(session, municipality)
    assert {opening.start.weekday() for opening in after.openings} == {4}
    assert hours(after) == {time(14)}


def test_announced_days_stay_told_when_every_slot_is_full(
    session: Session, municipality: Municipality
) -> None:
    row = activity_row("sweep", schedule=[TUESDAYS, FRIDAYS], next_dates=["2026-11-29"])
    take(session, municipality, town(row))
    for slot in slots_of(session, municipality, "sweep"):
        slot.taken = slot.capacity
    days = {opening.start.date() for opening in offered(session, municipality).openings}
    assert date(2026, 11, 29) in days


def test_places_left_are_counted_over_all_slots(
    session: Session, municipality: Municipality
) -> None:
    take(
        session,
        municipality,
        town(activity_row("sweep", capacity=5, schedule=[TUESDAYS, FRIDAYS])),
    )
    first, second = slots_of(session, municipality, "sweep")
    first.taken, second.taken = 4, 2
    assert offered(session, municipality).places_left == 1 + 3


def test_an_activity_without_lines_is_open_by_arrangement_and_knows_no_frequency(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(activity_row("sweep", schedule=[], capacity=3)))
    found = offered(session, municipality)
    assert (found.by_arrangement, found.openings, found.per_month) == (True, (), None)
    assert found.places_left == 3


def test_what_is_closed_is_not_offered_and_comes_back_when_it_opens(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(activity_row("sweep", open=False)))
    assert profiles(session, municipality.id, as_of=TODAY) == []
    take(session, municipality, town(activity_row("sweep", open=True)))
    assert len(profiles(session, municipality.id, as_of=TODAY)) == 1


def test_an_empty_municipality_offers_nothing(session: Session, municipality: Municipality) -> None:
    take(session, municipality, town(areas=[], hosts=[]))
    assert profiles(session, municipality.id, as_of=TODAY) == []
    assert all_by_ref(session, Activity, municipality.id) == {}
    assert slots_by_activity(session, municipality.id) == {}


def test_nothing_of_another_municipality_is_offered(
    session: Session, municipality: Municipality
) -> None:
    other = Municipality(name="となり町")
    session.add(other)
    session.flush()
    take(session, municipality, town(activity_row("sweep", title="岬の掃除")))
    take(session, other, town(activity_row("sweep", title="となりの掃除")))
    assert [found.title for found in profiles(session, municipality.id, as_of=TODAY)] == [
        "岬の掃除"
    ]
    foreign = by_ref(session, Activity, other.id, "sweep")
    assert foreign is not None
    assert slots(session, municipality.id, activity_id=foreign.id) == []
    assert activities(session, municipality.id, host_id=foreign.host_id) == []
    assert not slots_by_activity(session, municipality.id, activity_id=foreign.id)


def test_a_place_is_the_activitys_own_else_the_hosts_else_the_areas(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(activity_row("sweep", lat=35.2, lon=135.2)))
    own = offered(session, municipality)
    assert (own.lat, own.lon) == (35.2, 135.2)
    take(session, municipality, town(activity_row("sweep")))
    hosted = offered(session, municipality)
    assert (hosted.lat, hosted.lon) == (35.1, 135.1)
    (host,) = all_by_ref(session, Host, municipality.id).values()
    host.lat = None
    in_area = offered(session, municipality)
    assert (in_area.lat, in_area.lon) == (35.0, 135.0)
    (area,) = all_by_ref(session, Area, municipality.id).values()
    area.lon = None
    nowhere = offered(session, municipality)
    assert (nowhere.lat, nowhere.lon) == (None, None)


def test_a_place_on_the_equator_is_a_place(session: Session, municipality: Municipality) -> None:
    take(session, municipality, town(activity_row("sweep", lat=0.0, lon=0.0)))
    found = offered(session, municipality)
    assert (found.lat, found.lon) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("field", "known"),
    [
        ("fee_yen", 0),
        ("hazards", []),
        ("company", []),
        ("brings_ok", []),
        ("no_talk_ok", False),
        ("handles_cash", False),
        ("families_only", False),
        ("standing_minutes", 0),
        ("heaviest_kg", 0),
        ("regulars_share", 0),
    ],
)
def test_zero_and_no_are_kept_apart_from_unknown(
    session: Session, municipality: Municipality, field: str, known: object
) -> None:
    take(session, municipality, town(activity_row("sweep", **{field: known})))
    said = getattr(offered(session, municipality), field)
    assert said is not None
    assert not said
    take(session, municipality, town(activity_row("sweep", **{field: None})))
    assert getattr(offered(session, municipality), field) is None


def test_an_unknown_load_stays_unknown_beside_a_load_of_zero(
    session: Session, municipality: Municipality
) -> None:
    load = {"physical": 0, "social": None, "cognitive": 4}
    take(session, municipality, town(activity_row("sweep", load=load)))
    assert offered(session, municipality).load.levels == (0, None, 4, None, None)


def test_openings_begin_on_the_day_itself_and_end_within_a_year(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(activity_row("sweep", schedule=[FRIDAYS])))
    days = [opening.start.date() for opening in offered(session, municipality).openings]
    assert days[0] == TODAY  # a Friday
    assert days[-1] == date(2027, 11, 19)
    assert len(days) == 53


def test_a_closure_past_the_year_leaves_no_opening_but_says_how_often_it_was(
    session: Session, municipality: Municipality
) -> None:
    row = activity_row("sweep", closed_until="2027-12-31")
    take(session, municipality, town(row))
    found = offered(session, municipality)
    assert found.openings == ()
    assert found.per_month == pytest.approx(4.35, abs=0.02)


def test_lists_are_paged_to_the_end_whatever_the_size_of_a_page(
    session: Session, municipality: Municipality
) -> None:
    rows = [activity_row(f"a{at}", schedule=[TUESDAYS, FRIDAYS]) for at in range(5)]
    take(session, municipality, town(*rows))
    for size in (1, 2, 3, 5, 7, 11):
        seen: list[UUID] = []
        while page := slots(session, municipality.id, after=seen[-1] if seen else None, limit=size):
            assert len(page) <= size
            seen += [slot.id for slot in page]
        assert len(seen) == len(set(seen)) == 10


def test_a_cursor_of_a_row_that_is_gone_goes_on_after_it(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(*(activity_row(f"a{at}", schedule=[]) for at in range(4))))
    ids = [slot.id for slot in slots(session, municipality.id)]
    gone = get(session, Slot, municipality.id, ids[1])
    session.delete(gone)
    session.flush()
    assert [slot.id for slot in slots(session, municipality.id, after=ids[1])] == ids[2:]


def test_slots_come_in_the_order_of_their_lines(
    session: Session, municipality: Municipality
) -> None:
    lines = [TUESDAYS | {"start": f"{hour:02}:00", "end": "23:00"} for hour in range(8, 20)]
    take(session, municipality, town(activity_row("sweep", schedule=lines)))
    found = slots_of(session, municipality, "sweep")
    assert [slot.position for slot in found] == list(range(12))
    assert [(slot.recurrence or {})["start"] for slot in found] == [line["start"] for line in lines]


def test_a_slot_is_opened_for_a_line_that_comes_later(
    session: Session, municipality: Municipality
) -> None:
    take(session, municipality, town(activity_row("sweep", schedule=[TUESDAYS])))
    owner = by_ref(session, Activity, municipality.id, "sweep")
    assert owner is not None
    schedule = [ScheduleItem.model_validate(line) for line in (TUESDAYS, FRIDAYS)]
    save_slots(session, owner, schedule=schedule, capacity=2)
    assert hours(offered(session, municipality)) == {time(10), time(14)}


def test_municipalities_are_listed_by_name(session: Session, municipality: Municipality) -> None:
    names = ["あさひ町", "わかば町"]
    for name in reversed(names):
        session.add(Municipality(name=name))
    session.flush()
    listed = [row.name for row in municipalities(session) if row.name in names]
    assert listed == names
