"""Two colleagues settle one concern at the same moment: one settlement stands, whole."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from sqlmodel import Session, select

from service.accounts.actions import Staff
from service.contacts.actions import AlreadySettled, raise_concern, settle_concern
from service.contacts.subjects import Subject
from service.contacts.tables import Concern
from service.database import open_engine, transaction
from service.placements.lifecycle import Side
from tests.factories import MORNING, seed, staff_of

CALLERS = 4


def worried(session: Session) -> tuple[Staff, UUID]:
    town = seed(session)
    staff = staff_of(session, town.accounts["coordinator"])
    subject = Subject(host_id=town.hosts["temple"].id)
    concern = raise_concern(
        session, staff, subject, side=Side.HOST, words="声かけに迷う", at=MORNING
    )
    return staff, concern.id


def test_one_settlement_stands_and_everybody_else_is_told(own_database: str) -> None:
    engine = open_engine(own_database, connections=CALLERS)
    with transaction(engine) as session:
        staff, concern_id = worried(session)
    ready = Barrier(CALLERS)

    def settle(words: str) -> str:
        ready.wait(timeout=30)
        try:
            with transaction(engine) as session:
                settle_concern(session, staff, concern_id, settlement=words, at=MORNING)
        except AlreadySettled:
            return ""
        return words

    with ThreadPoolExecutor(CALLERS) as pool:
        said = list(pool.map(settle, [f"{number}人目が話した" for number in range(CALLERS)]))
    (winner,) = [words for words in said if words]
    with Session(engine) as session:
        (concern,) = session.exec(select(Concern)).all()
        assert (concern.settlement, concern.settled_on) == (winner, concern.raised_on)
    engine.dispose()
