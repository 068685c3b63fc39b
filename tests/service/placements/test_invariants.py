"""Whatever happens to a few placements, in whatever order: places, history and status agree."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from catalogue.tables import Slot
from service.database import transaction
from service.placements.actions import move, propose
from service.placements.lifecycle import (
    HOLDS,
    Action,
    Actor,
    EndReason,
    Hold,
    Side,
    Status,
    advance,
    possible,
)
from service.placements.repository import moves_of
from service.placements.tables import Placement
from service.placements.terms import Terms
from service.refusals import Refusal
from service.settings import Settings
from tests.service.placements.village import MORNING, Village, build_village

PEOPLE = 3
OFFICE = Settings(cooling_off_days=0)
TERMS = {
    Action.END: Terms(reason=EndReason.MOVED_ON, side=Side.PERSON),
    Action.PASS: Terms(side=Side.TEAM),
}

# A person, which of the moves that are possible then, and the days that go by before it.
STEPS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=PEOPLE - 1),
        st.integers(min_value=0, max_value=11) | st.sampled_from(Action),
        st.sampled_from([0, 0, 0, 1, 20, 50]),
    ),
    min_size=10,
    max_size=40,
)


def proposed(session: Session, village: Village) -> list[UUID]:
    return [
        propose(
            session,
            village.csw,
            person_id=person.id,
            activity_id=village.activity.id,
            at=MORNING,
            settings=OFFICE,
        ).id
        for person in village.people
    ]


def attempt(
    session: Session, village: Village, id_: UUID, pick: int | Action, at: datetime
) -> None:
    """Make a possible move, or any; a refusal undoes whatever was begun."""
    if isinstance(pick, int):
        status = session.exec(select(Placement.status).where(Placement.id == id_)).one()
        moves = possible(status, by=Actor.CSW)
        pick = moves[pick % len(moves)]
    try:
        with session.begin_nested():
            terms = TERMS.get(pick, Terms())
            move(session, village.csw, id_, pick, terms, at=at, settings=OFFICE)
    except Refusal:
        session.expire_all()


def replayed(session: Session, placement: Placement) -> Status:
    """Walk the history through the table, from the proposal on."""
    status = Status.PROPOSED
    for position, made in enumerate(moves_of(session, [placement.id]), start=1):
        assert (made.position, made.from_status) == (position, status)
        status = advance(status, made.action, by=Actor.CSW)
        assert made.to_status is status
    assert placement.version == len(moves_of(session, [placement.id])) + 1
    return status


def check(session: Session, village: Village) -> None:
    slot = session.exec(
        select(Slot).where(Slot.id == village.slot.id).execution_options(populate_existing=True)
    ).one()
    query = select(Placement).where(col(Placement.slot_id) == slot.id)
    placements = session.exec(query.execution_options(populate_existing=True)).all()
    assert slot.taken == sum(placement.holds_place for placement in placements)
    assert 0 <= slot.taken <= slot.capacity
    for placement in placements:
        # Only a rest may have given up its place and go on all the same.
        if placement.status is not Status.RESTING:
            assert placement.holds_place == (HOLDS[placement.status] is Hold.FIRM)


@given(steps=STEPS, capacity=st.integers(min_value=0, max_value=3))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_places_history_and_status_agree_after_any_moves(
    engine: Engine, steps: list[tuple[int, int | Action, int]], capacity: int
) -> None:
    with engine.connect() as connection, connection.begin() as outer:
        with transaction(connection) as session:
            village = build_village(session, capacity=capacity, people=PEOPLE)
            ids = proposed(session, village)
            at = MORNING
            for number, pick, days in steps:
                at += timedelta(days=days)
                attempt(session, village, ids[number], pick, at)
                check(session, village)
            for id_ in ids:
                query = select(Placement).where(Placement.id == id_)
                placement = session.exec(query).one()
                assert placement.status is replayed(session, placement)
        outer.rollback()
