"""Eight processes reach for the last places of a slot: nobody gets one that is not there."""

from collections import Counter
from uuid import UUID

from sqlmodel import Session, col, select

from catalogue.tables import Slot
from service.database import open_engine, transaction
from service.placements.actions import move, propose
from service.placements.lifecycle import Action
from service.placements.tables import Placement
from service.settings import Settings
from tests.faults.contenders import CONTENDERS, ROUNDS, accept, accept_naively, contest
from tests.service.placements.village import MORNING, Village, build_village

SETTINGS = Settings()


def ask(session: Session, village: Village, slot: Slot, number: int) -> UUID:
    """Walk one person as far as the host being asked."""
    placement = propose(
        session,
        village.csw,
        person_id=village.people[number].id,
        activity_id=village.activity.id,
        slot_id=slot.id,
        at=MORNING,
        settings=SETTINGS,
    )
    for action in (Action.WANT, Action.ASK):
        move(session, village.csw, placement.id, action, at=MORNING, settings=SETTINGS)
    return placement.id


def test_the_last_places_go_to_exactly_as_many_as_there_are(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, slots=ROUNDS, people=CONTENDERS)
        for slot in village.slots[::2]:
            slot.capacity = 3
        session.add_all(village.slots)
        wanted = [
            [ask(session, village, slot, number) for slot in village.slots]
            for number in range(CONTENDERS)
        ]
    rounds = contest(accept, own_database, village.csw, wanted)
    assert [Counter(answers) for answers in rounds] == [
        Counter({"accepted": slot.capacity, "no place": CONTENDERS - slot.capacity})
        for slot in village.slots
    ]
    with transaction(engine) as session:
        assert all(slot.taken == slot.capacity for slot in session.exec(select(Slot)))
        holding = session.exec(select(Placement.slot_id).where(col(Placement.holds_place)))
        assert Counter(holding) == {slot.id: slot.capacity for slot in village.slots}
    engine.dispose()


def test_looking_first_and_writing_then_gives_places_away_twice(own_database: str) -> None:
    """The control: without the guarded statement the same contest finds the fault."""
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, slots=ROUNDS, capacity=1)
    slots = [[slot.id for slot in village.slots]] * CONTENDERS
    rounds = contest(accept_naively, own_database, village.csw, slots)
    assert max(Counter(answers)["accepted"] for answers in rounds) > 1
    engine.dispose()
