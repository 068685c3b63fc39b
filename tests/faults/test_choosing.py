"""Two colleagues settle two activities for one person at the same moment."""

from collections import Counter
from uuid import UUID

from sqlmodel import Session, select

from catalogue.tables import Slot
from service.database import open_engine, transaction
from service.persons.tables import Person
from service.placements.actions import move, propose
from service.placements.lifecycle import Action
from service.placements.tables import Placement
from service.settings import Settings
from tests.faults.contenders import choose, contest
from tests.service.placements.village import MORNING, Village, build_village

ROUNDS = 12


def wanted(session: Session, village: Village, person: Person, slot: Slot) -> UUID:
    placement = propose(
        session,
        village.csw,
        person_id=person.id,
        activity_id=village.activity.id,
        slot_id=slot.id,
        at=MORNING,
        settings=Settings(),
    )
    move(session, village.csw, placement.id, Action.WANT, at=MORNING, settings=Settings())
    return placement.id


def test_one_is_agreed_and_the_other_set_aside_and_nobody_waits_in_a_ring(
    own_database: str,
) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, slots=2, capacity=ROUNDS, people=ROUNDS)
        both = [
            [wanted(session, village, person, slot) for person in village.people]
            for slot in village.slots
        ]
    rounds = contest(choose, own_database, village.csw, both)
    assert [Counter(answers) for answers in rounds] == [
        Counter({"agreed": 1, "set aside": 1})
    ] * ROUNDS
    with transaction(engine) as session:
        statuses = Counter(session.exec(select(Placement.status)))
        assert statuses == {"agreed": ROUNDS, "superseded": ROUNDS}
        assert sum(session.exec(select(Slot.taken))) == ROUNDS
    engine.dispose()
