"""A random walk over HTTP on a real server: after every step everything still holds.

DEBAN_WALK_STEPS and DEBAN_WALK_SEED make it long, and another one.
"""

import os
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from catalogue.profiles import SharedWith
from catalogue.tables import Slot
from service.accounts.actions import Staff
from service.clock import local_day
from service.companions.rules import BookingState
from service.companions.tables import AidBooking, AidDay
from service.database import open_engine, transaction
from service.followup.facts import PlacementFacts
from service.followup.gathering import gathered, shelved
from service.followup.office import rhythm
from service.followup.repository.sources import everybody, material_of
from service.followup.roads import Silence
from service.followup.rules import next_window
from service.followup.subjects import SIDES
from service.followup.upkeep import astray
from service.persons.tables import Assessment
from service.placements.lifecycle import CLOSED, Side
from service.placements.tables import Placement, PlacementMove
from tests.factories import TurnableClock
from tests.faults.walking import Walker, ids_of, queue_of, ranks_of
from tests.journeys.office import office_settings, served
from tests.service.placements.village import Village, build_village, give_consent

STEPS = int(os.environ.get("DEBAN_WALK_STEPS", "40"))
SEED = int(os.environ.get("DEBAN_WALK_SEED", "7"))
PEOPLE = 4
BEGIN = datetime(2027, 12, 13, 1, 0, tzinfo=UTC)  # before the turn of a year, and a 29 February


@pytest.fixture
def engine(own_database: str) -> Any:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def village(engine: Engine) -> Village:
    """Four people, whom both workers see; one of them goes nowhere alone."""
    with transaction(engine) as session:
        village = build_village(session, slots=2, capacity=1, people=PEOPLE)
        for person in village.people:
            give_consent(session, person, village.csw, fields=[], shared_with=SharedWith.TEAM)
        first = Assessment.person_id == village.people[0].id
        row = session.exec(select(Assessment).where(first)).one()
        row.picture = {"accompaniment": "always"}
    return village


def broken(session: Session, village: Village, at: datetime) -> list[str]:
    """Say what does not hold."""
    today, tenant = local_day(at), village.municipality.id
    placements = session.exec(select(Placement)).all()
    return [
        *_places(session, placements),
        *_days(session),
        *_histories(session, placements),
        *_windows(session, village, at),
        *(f"{id_} lies ready otherwise" for id_ in astray(session, tenant, today=today)),
    ]


def _places(session: Session, placements: Any) -> list[str]:
    held = Counter(each.slot_id for each in placements if each.holds_place)
    return [
        f"slot {slot.position}: {slot.taken} of {slot.capacity} taken, {held[slot.id]} held"
        for slot in session.exec(select(Slot).execution_options(populate_existing=True))
        if not held[slot.id] == slot.taken <= slot.capacity
    ]


def _days(session: Session) -> list[str]:
    standing = AidBooking.state == BookingState.BOOKED
    kept = Counter(session.exec(select(AidBooking.aid_id, AidBooking.day).where(standing)).all())
    return [
        f"{day.day}: {day.taken} of {day.seats} taken, {kept[day.aid_id, day.day]} kept"
        for day in session.exec(select(AidDay))
        if not kept[day.aid_id, day.day] == day.taken <= (0 if day.called_off else day.seats)
    ]


def _histories(session: Session, placements: Any) -> list[str]:
    moves = select(PlacementMove).order_by(col(PlacementMove.position))
    last = {move.placement_id: move.to_status for move in session.exec(moves)}
    return [
        f"{each.status} is not the end of its history"
        for each in placements
        if last.get(each.id, "proposed") != each.status
    ]


def _windows(session: Session, village: Village, at: datetime) -> list[str]:
    """Name each side of a placement that has neither a next window nor a stated reason."""
    tenant, today = village.municipality.id, local_day(at)
    cadence, found = rhythm(session, tenant, on=today).cadence, []
    for subjects in everybody(session, tenant):
        material = material_of(session, subjects)
        for facts in gathered(material, shelved(material)):
            if not isinstance(facts, PlacementFacts):
                continue
            for side in SIDES:
                window = next_window(facts, side, cadence)
                quiet = facts.status in CLOSED or side is Side.HOST
                if isinstance(window, Silence) and not quiet:
                    found.append(f"{facts.status}: nothing is owed to the {side}, {window}")
    return found


def desk_of(address: str, village: Village, staff: Staff) -> httpx.Client:
    headers = {"Authorization": f"Bearer {village.tokens[staff.id]}"}
    return httpx.Client(base_url=address, headers=headers, timeout=60)


def test_whatever_two_workers_do_everything_holds_after_every_step(
    engine: Engine, village: Village, own_database: str
) -> None:
    clock = TurnableClock(BEGIN)
    settings = office_settings(own_database).model_copy(
        update={"session_idle_minutes": 60 * 24 * 3650, "session_hours": 24 * 3650}
    )
    with ExitStack() as opened:
        address = opened.enter_context(served(settings, now=clock))
        one, other = (
            opened.enter_context(desk_of(address, village, staff))
            for staff in (village.csw, village.coordinator)
        )
        walker = Walker(Random(SEED), clock, village, (one, other))
        for number in range(STEPS):
            walker.step()
            with transaction(engine) as session:
                assert broken(session, village, clock()) == [], f"after step {number}"
            for desk in (one, other):
                rows, counts = queue_of(desk)
                assert counts["total"] == len(rows) == len(set(ids_of(rows)))
                ranks = ranks_of(rows)
                assert ranks == sorted(ranks), f"the order of the queue after step {number}"
    assert sum(walker.told.values()) >= STEPS // 3, walker.told
    assert len({name for name, status in walker.told if status < 300}) >= 4, walker.told


def test_a_planted_fault_is_found(engine: Engine, village: Village) -> None:
    """The control: a place that nobody holds, and a status that no move led to, are found."""
    with transaction(engine) as session:
        assert broken(session, village, BEGIN) == []
        session.exec(update(Slot).where(col(Slot.id) == village.slot.id).values(taken=1))
        lost = Placement(
            municipality_id=village.municipality.id,
            person_id=village.person.id,
            activity_id=village.activity.id,
            slot_id=village.slots[1].id,
            owner_id=village.csw.id,
            proposed_on=local_day(BEGIN),
            status="trying",
        )
        session.add(lost)
        session.flush()
        said = broken(session, village, BEGIN)
    assert "slot 0: 1 of 1 taken, 0 held" in said
    assert "trying is not the end of its history" in said
