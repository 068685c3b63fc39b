"""Two people at two desks do what does not go together, at the same moment, round after round.

On PostgreSQL alone: SQLite lets one transaction write at a time, and the counting of places is
contested there as well (test_overbooking.py).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from catalogue.profiles import SharedWith
from catalogue.tables import Slot
from service.accounts.actions import Staff
from service.database import open_engine, transaction
from service.hosts.actions import PlacesTaken, amend_slot
from service.persons.actions import withdraw_consent
from service.persons.tables import Consent
from service.placements.actions import NoPlaceLeft, move, propose
from service.placements.hindrances import NotConsented
from service.placements.lifecycle import Action
from service.placements.obstacles import Hindered
from service.placements.tables import Placement
from service.placements.terms import Terms
from service.refusals import Refusal
from service.settings import Settings
from tests.faults.contenders import PATIENCE, Answers, contest
from tests.faults.test_overbooking import ask
from tests.service.placements.village import MORNING, Village, build_village, give_consent

ROUNDS = 5
TOLD = Terms(may_tell=("age_band",))
Deed = Callable[[Session, Staff, UUID], object]


def _accept(session: Session, staff: Staff, id_: UUID, *, terms: Terms) -> object:
    action, settings = Action.HOST_ACCEPTS, Settings()
    return move(session, staff, id_, action, terms, at=MORNING, settings=settings)


def _withdraw(session: Session, staff: Staff, id_: UUID) -> object:
    placement = session.exec(select(Placement).where(Placement.id == id_)).one()
    query = select(Consent.id).where(Consent.person_id == placement.person_id)
    consent = session.exec(query).one()
    return withdraw_consent(session, staff, placement.person_id, consent, at=MORNING)


def _shrink(session: Session, staff: Staff, id_: UUID) -> object:
    slot = session.exec(select(Placement.slot_id).where(Placement.id == id_)).one()
    return amend_slot(session, staff, slot, capacity=0, seen=None)


def _propose(
    session: Session, staff: Staff, slot_id: UUID, *, person: UUID, activity: UUID
) -> object:
    known: dict[str, Any] = {"person_id": person, "activity_id": activity, "slot_id": slot_id}
    return propose(session, staff, **known, at=MORNING, settings=Settings())


def do(
    deeds: Sequence[Deed], url: str, staff: Staff, wanted: Sequence[UUID], start: Barrier
) -> Answers:
    """Do one's own deed of the two in each round; the lists begin with who one is."""
    engine, who = open_engine(url, connections=1), wanted[0].int
    answers = []
    for id_ in wanted[1:]:
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                deeds[who](session, staff, id_)
            answers.append(f"{who} done")
        except Refusal as refusal:
            answers.append(f"{who} {type(refusal).__name__}")
    engine.dispose()
    return answers


def both(url: str, staff: Staff, ids: Sequence[UUID], *deeds: Deed) -> list[tuple[str, ...]]:
    """Let two processes do their deeds to the same things at once."""
    wanted = [[UUID(int=number), *ids] for number in range(len(deeds))]
    said = contest(partial(do, deeds), url, staff, wanted)
    return [tuple(each.split()[1] for each in sorted(answers)) for answers in said]


def asked(url: str) -> tuple[Village, list[UUID]]:
    """Build a village in which one person was asked for in every slot, with a consent."""
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        village = build_village(session, slots=ROUNDS, people=ROUNDS)
        for person in village.people:
            give_consent(
                session, person, village.csw, fields=["age_band"], shared_with=SharedWith.HOSTS
            )
        ids = [ask(session, village, slot, number) for number, slot in enumerate(village.slots)]
    engine.dispose()
    return village, ids


def test_nothing_is_promised_to_a_host_after_its_consent_was_withdrawn(
    postgresql_database: str,
) -> None:
    village, ids = asked(postgresql_database)
    rounds = both(postgresql_database, village.csw, ids, partial(_accept, terms=TOLD), _withdraw)
    assert {withdrawn for _, withdrawn in rounds} == {"done"}
    assert {accepted for accepted, _ in rounds} <= {"done", NotConsented.__name__}
    engine = open_engine(postgresql_database, connections=1)
    with transaction(engine) as session:
        held = set(session.exec(select(Placement.id).where(col(Placement.holds_place))))
        promised = {id_ for id_, (said, _) in zip(ids, rounds, strict=True) if said == "done"}
        assert held == promised
    engine.dispose()


def test_a_slot_is_never_made_smaller_than_what_was_just_taken(postgresql_database: str) -> None:
    village, ids = asked(postgresql_database)
    rounds = both(postgresql_database, village.csw, ids, partial(_accept, terms=Terms()), _shrink)
    assert set(rounds) <= {
        ("done", PlacesTaken.__name__), (NoPlaceLeft.__name__, "done"),
    }  # fmt: skip
    engine = open_engine(postgresql_database, connections=1)
    with transaction(engine) as session:
        for slot in session.exec(select(Slot)):
            assert slot.taken <= slot.capacity
    engine.dispose()


def test_the_same_person_is_proposed_once_in_each_slot(postgresql_database: str) -> None:
    engine = open_engine(postgresql_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, slots=ROUNDS)
    deed = partial(_propose, person=village.person.id, activity=village.activity.id)
    slots = [slot.id for slot in village.slots]
    rounds = both(postgresql_database, village.csw, slots, deed, deed)
    assert [Counter(said) for said in rounds] == [
        Counter({"done": 1, Hindered.__name__: 1})
    ] * ROUNDS
    with transaction(engine) as session:
        counted = Counter(session.exec(select(Placement.slot_id)))
        assert counted == dict.fromkeys(slots, 1)
    engine.dispose()
