"""Two processes take places of one slot for two people who must never meet there."""

import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from uuid import UUID

from sqlmodel import select

from service.accounts.actions import Staff
from service.database import open_engine, transaction
from service.persons.apart.actions import keep_apart
from service.placements import hindrances
from service.placements.actions import move
from service.placements.lifecycle import Action
from service.placements.obstacles import Hindered, Obstacle
from service.placements.tables import Placement
from service.settings import Settings
from tests.faults.contenders import PATIENCE, Answers, Contender, contest
from tests.faults.test_overbooking import ask
from tests.service.placements.village import MORNING, build_village

ROUNDS = 8


def accept(url: str, staff: Staff, placements: Sequence[UUID], start: Barrier) -> Answers:
    """Accept one placement a round, through the real action."""
    engine = open_engine(url, connections=1)
    answers = []
    for placement in placements:
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                action, settings = Action.HOST_ACCEPTS, Settings()
                move(session, staff, placement, action, at=MORNING, settings=settings)
            answers.append("accepted")
        except Hindered:
            answers.append("other slot")
    engine.dispose()
    return answers


def accept_looking_first(
    url: str, staff: Staff, placements: Sequence[UUID], start: Barrier
) -> Answers:
    """Look beforehand only: what the question after the taking is there against."""
    look = hindrances._PRESENT[Obstacle.OTHER_SLOT]
    kept, hindrances.together = hindrances.together, lambda *_: False

    def looked(scene: hindrances.Scene) -> bool:
        found = kept(scene.session, scene.person.id, scene.offer.slot.id)
        time.sleep(0.05)
        return found

    hindrances._PRESENT[Obstacle.OTHER_SLOT] = looked
    try:
        return accept(url, staff, placements, start)
    finally:
        hindrances._PRESENT[Obstacle.OTHER_SLOT], hindrances.together = look, kept


def contested(url: str, contender: Contender) -> tuple[list[tuple[str, ...]], Counter[UUID]]:
    """Let both be accepted at once, round after round; return the answers and who holds what."""
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        village = build_village(session, slots=ROUNDS, capacity=2, people=2)
        one, other = (person.id for person in village.people)
        wanted = [[ask(session, village, slot, who) for slot in village.slots] for who in (0, 1)]
        keep_apart(session, village.csw, one, other, reason="けんか", at=MORNING)
    rounds = contest(contender, url, village.csw, wanted)
    with transaction(engine) as session:
        holding = session.exec(select(Placement.slot_id).where(Placement.holds_place))
        held = Counter(holding.all())
    engine.dispose()
    return rounds, held


def test_exactly_one_of_them_gets_a_place(own_database: str) -> None:
    rounds, held = contested(own_database, accept)
    assert [Counter(answers) for answers in rounds] == [
        Counter({"accepted": 1, "other slot": 1})
    ] * ROUNDS
    assert set(held.values()) == {1}
    assert len(held) == ROUNDS


def test_looking_only_beforehand_lets_them_meet(postgresql_database: str) -> None:
    """The control. SQLite lets one transaction write at a time, so there nobody can slip by."""
    _, held = contested(postgresql_database, accept_looking_first)
    assert max(held.values()) == 2
