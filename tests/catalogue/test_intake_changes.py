"""What another import may change, and what it must leave to people (both databases)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from catalogue.exchange.models import CatalogueFile
from catalogue.intake import (
    CapacityBelowTakenError,
    Imported,
    save_catalogue,
    save_slots,
    stored_recurrence,
    stored_terms,
)
from catalogue.profiles import Company, Hazard, OwnPace, Reward, Setting
from catalogue.repository import by_ref, revision, slots_by_activity
from catalogue.tables import Activity, Area, Host, Municipality, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from tests.factories import activity_row

TUESDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "10:00", "end": "11:30"}
FRIDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=FR", "start": "14:00", "end": "15:00"}
SUNDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=SU", "start": "9:00", "end": "9:30"}
HOST = {"id": "temple", "name": "岬寺", "type": "temple", "area": "east"}


def town(*rows: dict[str, Any], **changes: Any) -> CatalogueFile:
    values: dict[str, Any] = {
        "municipality": "みさき町",
        "areas": [{"id": "east", "name": "東"}, {"id": "west", "name": "西"}],
        "hosts": [HOST],
        "activities": list(rows),
    }
    return CatalogueFile.model_validate(values | changes)


@pytest.fixture
def here(session: Session) -> Municipality:
    row = Municipality(name="みさき町")
    session.add(row)
    session.flush()
    return row


def again(session: Session, here: Municipality, file: CatalogueFile) -> Imported:
    session.flush()
    session.expire_all()
    found = save_catalogue(session, here, file)
    session.flush()
    session.expire_all()
    return found


def host(session: Session, here: Municipality) -> Host:
    found = by_ref(session, Host, here.id, "temple")
    assert found is not None
    return found


def sweep(session: Session, here: Municipality) -> Activity:
    found = by_ref(session, Activity, here.id, "sweep")
    assert found is not None
    return found


def slots_of(session: Session, here: Municipality) -> list[Slot]:
    owner = sweep(session, here)
    return slots_by_activity(session, here.id, activity_id=owner.id)[owner.id]


def test_an_empty_file_adds_nothing_and_moves_no_revision(
    session: Session, here: Municipality
) -> None:
    assert again(session, here, town(areas=[], hosts=[])) == Imported()
    assert revision(session, here.id) == 0


def test_what_staff_know_of_a_host_outlives_an_import(session: Session, here: Municipality) -> None:
    again(session, here, town())
    row = host(session, here)
    row.telephone, row.resting_until = "03-0000-0000", date(2027, 1, 31)
    row.last_asked_on, row.confirmed_on = date(2026, 11, 1), date(2026, 10, 1)
    again(session, here, town(hosts=[HOST | {"name": "岬のお寺"}]))
    row = host(session, here)
    assert (row.name, row.telephone) == ("岬のお寺", "03-0000-0000")
    assert (row.resting_until, row.last_asked_on, row.confirmed_on) == (
        date(2027, 1, 31),
        date(2026, 11, 1),
        date(2026, 10, 1),
    )


def test_a_host_that_moves_keeps_its_identity_and_its_activities(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep")))
    before = host(session, here)
    known, version = before.id, before.version
    found = again(session, here, town(activity_row("sweep"), hosts=[HOST | {"area": "west"}]))
    west = by_ref(session, Area, here.id, "west")
    assert west is not None
    after = host(session, here)
    assert (after.id, after.area_id, after.version) == (known, west.id, version + 1)
    assert found.changed == 1
    assert sweep(session, here).host_id == known


def test_a_renamed_area_moves_the_revision(session: Session, here: Municipality) -> None:
    again(session, here, town())
    before = revision(session, here.id)
    assert before is not None
    renamed = [{"id": "east", "name": "岬東"}, {"id": "west", "name": "西"}]
    assert again(session, here, town(areas=renamed)) == Imported(changed=1, unchanged=2)
    assert revision(session, here.id) == before + 1


def test_a_place_that_is_said_no_more_is_unknown_again(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(hosts=[HOST | {"lat": 35.5, "lon": 135.5}]))
    again(session, here, town())
    assert (host(session, here).lat, host(session, here).lon) == (None, None)


def test_a_term_that_is_said_no_more_is_unknown_again(session: Session, here: Municipality) -> None:
    again(session, here, town(activity_row("sweep", worry="人手がない")))
    assert sweep(session, here).terms["worry"] == "人手がない"
    again(session, here, town(activity_row("sweep")))
    assert "worry" not in sweep(session, here).terms


def test_a_closed_activity_opens_again_with_its_taken_places(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep")))
    (slot,) = slots_of(session, here)
    slot.taken = 1
    assert again(session, here, town(activity_row("sweep", open=False))).changed == 1
    assert again(session, here, town(activity_row("sweep"))).changed == 1
    (slot,) = slots_of(session, here)
    assert (slot.taken, sweep(session, here).open, sweep(session, here).version) == (1, True, 3)


def test_two_equal_lines_are_two_slots_and_stay_two(session: Session, here: Municipality) -> None:
    twice = town(activity_row("sweep", schedule=[TUESDAYS, TUESDAYS]))
    again(session, here, twice)
    first, second = slots_of(session, here)
    first.taken = first.capacity
    assert again(session, here, twice).changed == 0
    assert [slot.taken for slot in slots_of(session, here)] == [first.capacity, 0]
    assert second.position == 1
    # With one line fewer the equal slot that comes first, and holds people, is the one that stays.
    again(session, here, town(activity_row("sweep", schedule=[TUESDAYS])))
    assert [slot.capacity for slot in slots_of(session, here)] == [2, 0]


def test_nobody_is_moved_to_another_hour_when_every_line_changes(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep", schedule=[TUESDAYS, FRIDAYS])))
    for slot in slots_of(session, here):
        slot.taken = 1
    changed = again(session, here, town(activity_row("sweep", schedule=[SUNDAYS])))
    assert (changed.added, changed.kept, changed.closed) == (1, 2, 0)
    hours = [(slot.recurrence or {})["rrule"][-2:] for slot in slots_of(session, here)]
    assert hours == ["TU", "FR", "SU"]
    assert [slot.taken for slot in slots_of(session, here)] == [1, 1, 0]


def test_a_kept_slot_closes_with_the_import_after_the_last_person_left(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep", schedule=[TUESDAYS, FRIDAYS])))
    slots_of(session, here)[1].taken = 1
    fewer = town(activity_row("sweep", schedule=[TUESDAYS]))
    assert again(session, here, fewer).kept == 1
    unmoved = revision(session, here.id)
    assert again(session, here, fewer).kept == 1
    assert revision(session, here.id) == unmoved
    slots_of(session, here)[1].taken = 0
    assert again(session, here, fewer).closed == 1
    assert revision(session, here.id) != unmoved


def test_lines_that_give_way_to_arrangement_close_and_one_is_reused(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep", schedule=[TUESDAYS, FRIDAYS])))
    again(session, here, town(activity_row("sweep", schedule=[])))
    found = slots_of(session, here)
    assert [slot.recurrence for slot in found if slot.capacity] == [None]
    assert len(found) == 2


def test_an_activity_may_offer_no_place_at_all(session: Session, here: Municipality) -> None:
    none = town(activity_row("sweep", capacity=0))
    again(session, here, none)
    assert [slot.capacity for slot in slots_of(session, here)] == [0]
    assert again(session, here, none).changed == 0
    again(session, here, town(activity_row("sweep", capacity=2)))
    assert [slot.capacity for slot in slots_of(session, here)] == [2]


def test_exactly_the_taken_places_may_be_offered(session: Session, here: Municipality) -> None:
    again(session, here, town(activity_row("sweep", capacity=3)))
    slots_of(session, here)[0].taken = 2
    again(session, here, town(activity_row("sweep", capacity=2)))
    (slot,) = slots_of(session, here)
    assert (slot.taken, slot.capacity) == (2, 2)


def test_too_few_places_are_refused_for_one_activity_as_for_a_file(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep", capacity=3)))
    slots_of(session, here)[0].taken = 3
    session.flush()
    schedule = [ScheduleItem.model_validate(TUESDAYS)]
    with pytest.raises(CapacityBelowTakenError, match=r"activity sweep: 3 .* 0 offered"):
        save_slots(session, sweep(session, here), schedule=schedule, capacity=0)


def test_the_database_itself_refuses_more_taken_than_offered(
    session: Session, here: Municipality
) -> None:
    again(session, here, town(activity_row("sweep", capacity=1)))
    (slot,) = slots_of(session, here)
    with pytest.raises(IntegrityError), session.begin_nested():
        slot.taken = 2


def test_very_long_texts_of_the_format_reach_the_database_whole(
    session: Session, here: Municipality
) -> None:
    said, title = "雪かき😀" * 800, "長" * 200
    again(session, here, town(activity_row("sweep", description=said, title=title)))
    assert sweep(session, here).terms["description"] == said
    assert sweep(session, here).title == title


LEVELS = st.none() | st.integers(0, 4)
TEXTS = st.text(alphabet="あ花 a\n😀", max_size=20)
WORDS = st.text(alphabet="あ花 a😀", min_size=1, max_size=20)
DAYS = st.dates(min_value=date(1900, 1, 1)).map(date.isoformat)
TERMS = st.fixed_dictionaries(
    {},
    optional={
        "plain_title": TEXTS,
        "worry": TEXTS,
        "tags": st.lists(WORDS, max_size=3),
        "closed_until": st.none() | DAYS,
        "next_dates": st.lists(DAYS, max_size=3),
        "season": st.none() | st.lists(st.integers(1, 12), min_size=2, max_size=2),
        "lat": st.none() | st.floats(-90, 90),
        "regulars_share": st.none() | st.floats(0, 1),
        "heaviest_kg": st.none() | st.floats(0, 1000),
        "company": st.none() | st.lists(st.sampled_from([*Company]).map(str), max_size=3),
        "hazards": st.none() | st.lists(st.sampled_from([*Hazard, "allergen:卵"]).map(str)),
        "own_pace": st.none() | st.booleans() | st.sampled_from([*OwnPace]).map(str),
        "setting": st.none() | st.sampled_from([*Setting]).map(str),
        "reward": st.none() | st.sampled_from([*Reward]).map(str),
        "load": st.none() | st.fixed_dictionaries({}, optional={"social": LEVELS}),
        "load_just_being": st.none() | st.just({}) | st.fixed_dictionaries({"physical": LEVELS}),
        "handrail": st.none() | st.booleans(),
        "fee_yen": st.none() | st.integers(0, 1_000_000),
        "toilet": st.none() | st.just({}) | st.just({"western": False}),
    },
)


@given(said=TERMS)
def test_stored_terms_say_what_was_said_and_nothing_more(said: dict[str, Any]) -> None:
    terms = ActivityTerms.model_validate(said)
    stored = stored_terms(terms)
    assert ActivityTerms.model_validate(stored) == terms
    assert stored_terms(ActivityTerms.model_validate(stored)) == stored
    assert stored.keys() <= said.keys()
    assert not any(value is None for value in stored.values())


@given(
    days=st.lists(st.dates(min_value=date(1900, 1, 1)).map(date.isoformat), min_size=1),
    start=st.integers(0, 22),
    holidays=st.sampled_from(["open", "closed"]),
)
def test_a_stored_line_means_the_same_recurrence(
    days: list[str], start: int, holidays: str
) -> None:
    item = ScheduleItem.model_validate(
        {"also": days, "start": f"{start}:05", "end": f"{start + 1}:05", "holidays": holidays}
    )
    stored = stored_recurrence(item)
    assert ScheduleItem.model_validate(stored).recurrence() == item.recurrence()
    assert ("holidays" in stored) == (holidays == "closed")
