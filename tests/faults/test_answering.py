"""Two browsers answer one link at the same moment, on two processes: one answer counts, once."""

import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from uuid import UUID

from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, create_engine, select

from catalogue.tables import Slot
from service.accounts.actions import Staff
from service.contacts.tables import Contact
from service.database import open_engine, transaction
from service.hosts.links import hold
from service.hosts.rules import LinkPurpose
from service.persons.tables import Person
from service.placements.actions import move, propose
from service.placements.lifecycle import Action
from service.placements.tables import Placement, PlacementMove
from service.replies import actions, hearing
from service.replies.asking import Wanted
from service.replies.rules import Answer, AnsweredOtherwise, Said
from service.replies.tables import Reply
from service.settings import Settings
from tests.faults.contenders import PATIENCE, Answers, contest
from tests.service.placements.village import MORNING, Village, build_village

ROUNDS = 6
# The second browser says the same in every other round, and no in the rounds between.
WORDS = ["can", "not_now"] * (ROUNDS // 2)
SETTINGS = Settings()


def linked(session: Session, village: Village, person: Person) -> tuple[str, UUID]:
    """Ask the host for somebody, and return the token of the link and its id."""
    placement = propose(
        session, village.csw, person_id=person.id, activity_id=village.activity.id,
        slot_id=village.slot.id, at=MORNING, settings=SETTINGS,
    )  # fmt: skip
    for action in (Action.WANT, Action.ASK):
        move(session, village.csw, placement.id, action, at=MORNING, settings=SETTINGS)
    wanted = Wanted(purpose=LinkPurpose.BEFORE, placement_id=placement.id)
    asked = actions.ask(session, village.csw, wanted, at=MORNING)
    made = actions.make_link(session, village.csw, asked.id, days=7, at=MORNING)
    return made.token, made.link.id


def reply(url: str, _staff: Staff, said: Sequence[tuple[str, str]], start: Barrier) -> Answers:
    """Answer each link with a word, through the real action."""
    engine = open_engine(url, connections=1)
    answers = []
    for token, word in said:
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                held = hold(session, token, at=MORNING)
                given = Said(answer=Answer(word))
                hearing.answer(session, held, given, at=MORNING, settings=SETTINGS)
            answers.append("taken")
        except AnsweredOtherwise:
            answers.append("told to ring")
    engine.dispose()
    return answers


def use_up_naively(url: str, _staff: Staff, links: Sequence[UUID], start: Barrier) -> Answers:
    """Look whether a link is unused, then mark it: what the one answer in the table is against."""
    naive = make_url(url)
    if naive.get_backend_name() == "postgresql":
        naive = naive.set(drivername="postgresql+psycopg")
    engine = create_engine(naive)
    answers = []
    for link in links:
        start.wait(PATIENCE)
        with engine.connect() as connection:
            known = {"id": link.hex if naive.get_backend_name() == "sqlite" else link}
            look = text("SELECT revoked_at FROM host_link WHERE id = :id")
            unused = connection.execute(look, known).scalar_one() is None
            time.sleep(0.002)
            mark = text("UPDATE host_link SET revoked_at = '2026-02-10 01:00:00' WHERE id = :id")
            try:
                if unused:
                    connection.execute(mark, known)
                    connection.commit()
                answers.append("taken" if unused else "told to ring")
            except OperationalError:
                answers.append("locked")
    engine.dispose()
    return answers


def test_of_two_answers_at_once_one_counts_and_is_drawn_into_the_case_once(
    own_database: str,
) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, capacity=ROUNDS, people=ROUNDS)
        tokens = [linked(session, village, person)[0] for person in village.people]
    said = [[(token, "can") for token in tokens], [*zip(tokens, WORDS, strict=True)]]
    rounds = contest(reply, own_database, village.csw, said)  # type: ignore[arg-type] - no ids
    alike = Counter({"taken": 2})
    unlike = Counter({"taken": 1, "told to ring": 1})
    assert [Counter(answers) for answers in rounds] == [alike, unlike] * (ROUNDS // 2)
    with transaction(engine) as session:
        kept = Counter(session.exec(select(Reply.answer)))
        assert sum(kept.values()) == ROUNDS
        statuses = Counter(session.exec(select(Placement.status)))
        assert statuses.get("agreed", 0) == kept[Answer.CAN]
        assert statuses.get("passed", 0) == kept[Answer.NOT_NOW]
        assert sum(session.exec(select(Slot.taken))) == kept[Answer.CAN]
        by_host = select(PlacementMove).where(PlacementMove.actor == "host_link")
        assert len(session.exec(by_host).all()) == ROUNDS
        assert len(session.exec(select(Contact)).all()) == ROUNDS
    engine.dispose()


def test_to_look_and_then_mark_takes_two_answers(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, capacity=12, people=12)
        links = [linked(session, village, person)[1] for person in village.people]
    rounds = contest(use_up_naively, own_database, village.csw, [links, links])
    assert any(Counter(answers)["taken"] == 2 for answers in rounds)
    engine.dispose()
