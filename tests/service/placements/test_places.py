"""The counting of places by itself, on both databases."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from catalogue.tables import Municipality, Slot
from service.database import transaction
from service.placements.lifecycle import Status
from service.placements.repository import (
    being_asked,
    places_of,
    release_lapsed,
    release_places,
    take_place,
)
from service.placements.tables import Placement
from tests.service.placements.village import DAY, Village, build_village


def placed(session: Session, village: Village, number: int, status: Status, **more: object) -> UUID:
    """Put a row where a walk would have put it: the counting is looked at by itself here."""
    placement = Placement(
        municipality_id=village.municipality.id,
        person_id=village.people[number].id,
        activity_id=village.activity.id,
        slot_id=village.slot.id,
        owner_id=village.csw.id,
        proposed_on=DAY,
        status=status,
    )
    for name, value in more.items():
        setattr(placement, name, value)
    session.add(placement)
    session.flush()
    return placement.id


def taken(session: Session, village: Village) -> int:
    return places_of(session, village.slot.id).taken


def test_places_are_taken_until_none_is_left(session: Session) -> None:
    village = build_village(session, capacity=2)
    answers = [take_place(session, village.slot.id, on=DAY) for _ in range(4)]
    assert answers == [True, True, False, False]
    assert taken(session, village) == 2
    release_places(session, village.slot.id)
    assert take_place(session, village.slot.id, on=DAY)


def test_a_slot_without_places_gives_none(session: Session) -> None:
    village = build_village(session, capacity=0)
    assert not take_place(session, village.slot.id, on=DAY)


def test_the_table_refuses_to_give_back_what_was_never_taken(session: Session) -> None:
    village = build_village(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        release_places(session, village.slot.id)
    assert taken(session, village) == 0


def test_the_table_refuses_to_count_past_its_capacity(session: Session) -> None:
    village = build_village(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        release_places(session, village.slot.id, number=-2)
    assert taken(session, village) == 0


@pytest.mark.parametrize(
    ("status", "days", "holds", "released"),
    [
        (Status.RESTING, -1, True, 1),
        (Status.RESTING, 0, True, 0),
        (Status.RESTING, 1, True, 0),
        (Status.RESTING, -1, False, 0),
        (Status.CONTINUING, -1, True, 0),
    ],
)
def test_only_a_rest_that_is_over_gives_its_place_back(
    session: Session, status: Status, days: int, *, holds: bool, released: int
) -> None:
    village = build_village(session)
    if holds:
        assert take_place(session, village.slot.id, on=DAY)
    until = DAY + timedelta(days=days)
    id_ = placed(session, village, 0, status, holds_place=holds, rest_until=until)
    assert release_lapsed(session, village.slot.id, on=DAY) == released
    assert taken(session, village) == holds - released
    query = select(Placement.holds_place).where(Placement.id == id_)
    assert session.exec(query).one() == (holds and not released)


def test_several_rests_that_are_over_give_back_their_places_at_once(session: Session) -> None:
    village = build_village(session, capacity=3, people=3)
    for number in range(3):
        assert take_place(session, village.slot.id, on=DAY)
        over = {"holds_place": True, "rest_until": DAY - timedelta(days=1)}
        placed(session, village, number, Status.RESTING, **over)
    assert take_place(session, village.slot.id, on=DAY)
    assert taken(session, village) == 1
    revision = select(Municipality.catalogue_revision)
    assert session.exec(revision.where(Municipality.id == village.municipality.id)).one() == 1


def test_a_rest_is_over_for_its_own_slot_only(session: Session) -> None:
    village = build_village(session, slots=2)
    assert take_place(session, village.slot.id, on=DAY)
    over = {"holds_place": True, "rest_until": DAY - timedelta(days=1)}
    placed(session, village, 0, Status.RESTING, **over)
    assert release_lapsed(session, village.slots[1].id, on=DAY) == 0


def test_hosts_who_are_being_asked_are_counted_until_their_day(session: Session) -> None:
    village = build_village(session, people=3)
    placed(session, village, 0, Status.ASKED, asked_until=DAY)
    placed(session, village, 1, Status.ASKED, asked_until=DAY - timedelta(days=1))
    placed(session, village, 2, Status.WANTED)
    assert being_asked(session, village.slot.id, on=DAY) == 1
    assert being_asked(session, village.slot.id, on=date(2026, 2, 11)) == 0


@given(
    capacity=st.integers(min_value=0, max_value=4),
    takes=st.lists(st.booleans(), max_size=20),
)
@settings(max_examples=25, deadline=None)
def test_any_order_of_taking_and_giving_back_counts_right(
    engine: Engine, capacity: int, takes: list[bool]
) -> None:
    with engine.connect() as connection, connection.begin() as outer:
        with transaction(connection) as session:
            village = build_village(session, capacity=capacity)
            expected = 0
            for take in takes:
                if take:
                    assert take_place(session, village.slot.id, on=DAY) == (expected < capacity)
                    expected = min(expected + 1, capacity)
                elif expected:
                    release_places(session, village.slot.id)
                    expected -= 1
            query = select(Slot.taken).where(col(Slot.id) == village.slot.id)
            assert session.exec(query).one() == expected
        outer.rollback()
