"""Six processes that write to one chain at once: no line is lost, none has another's place."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from catalogue.tables import Area
from service.audit import repository
from service.audit.tables import AccessRecord
from service.audit.verifying import verify
from service.database import open_engine, transaction
from service.trail import Happening, NotWritten, record_event
from tests.factories import MORNING, seed

PROCESSES = 6
# DEBAN_AUDIT_EVENTS=100 for a long look.
EVENTS = int(os.environ.get("DEBAN_AUDIT_EVENTS", "20"))
PATIENCE = 120
Writer = Callable[[str, UUID, Barrier, int], Counter[str]]


def write_one(engine: Engine, tenant: UUID, *, with_work: bool) -> str:
    """Write an event, beside a row of the office's own work if there is some."""
    try:
        with transaction(engine) as session:
            if with_work:
                session.add(Area(municipality_id=tenant, ref=uuid4().hex, name="東"))
            record_event(
                session,
                municipality_id=tenant,
                account_id=None,
                event=Happening.EXPORT,
                at=MORNING,
            )
    except NotWritten:
        return "refused"
    return "written"


def write(url: str, tenant: UUID, start: Barrier, number: int) -> Counter[str]:
    engine = open_engine(url, connections=1)
    start.wait(PATIENCE)
    told = Counter(write_one(engine, tenant, with_work=turn % 2 == 1) for turn in range(number))
    engine.dispose()
    return told


def write_unserialised(url: str, tenant: UUID, start: Barrier, number: int) -> Counter[str]:
    """The planted fault: all read the newest line at the same moment, and nobody locks it."""
    engine = open_engine(url, connections=1)
    told: Counter[str] = Counter()
    for _ in range(number):
        start.wait(PATIENCE)
        with transaction(engine) as session:
            seen = repository.head_of(session, tenant)
        start.wait(PATIENCE)
        with pytest.MonkeyPatch.context() as planted:
            planted.setattr(repository, "locked_head", lambda *_, seen=seen: seen)
            told[write_one(engine, tenant, with_work=False)] += 1
    engine.dispose()
    return told


def report(answers: Any, writer: Writer, *known: Any) -> None:
    answers.put(writer(*known))


def at_once(writer: Writer, url: str, tenant: UUID, number: int) -> Counter[str]:
    """Let all processes write at the same moment, and add up what they tell."""
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(PROCESSES), context.Queue()
    started = [
        context.Process(target=report, args=(answers, writer, url, tenant, start, number))
        for _ in range(PROCESSES)
    ]
    for process in started:
        process.start()
    told: Counter[str] = sum((answers.get(timeout=PATIENCE) for _ in started), Counter())
    for process in started:
        process.join(PATIENCE)
    return told


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def tenant(engine: Engine) -> UUID:
    with transaction(engine) as session:
        town = seed(session)
        # the first line, so that even those who lock nothing find something to continue from
        record_event(
            session,
            municipality_id=town.municipality.id,
            account_id=None,
            event=Happening.EXPORT,
            at=MORNING,
        )
    return town.municipality.id


def seqs(session: Session, tenant: UUID) -> list[int]:
    query = select(AccessRecord.seq).where(AccessRecord.municipality_id == tenant)
    return list(session.exec(query.order_by(col(AccessRecord.seq))))


def test_a_chain_that_many_processes_write_is_whole(
    own_database: str, engine: Engine, tenant: UUID
) -> None:
    told = at_once(write, own_database, tenant, EVENTS)
    assert told == {"written": PROCESSES * EVENTS}
    with transaction(engine) as session:
        assert seqs(session, tenant) == list(range(1, PROCESSES * EVENTS + 2))
        areas = session.exec(select(Area).where(Area.name == "東", Area.ref != "east")).all()
        assert len(areas) == PROCESSES * (EVENTS // 2)
    assert list(verify(lambda: transaction(engine), tenant)) == []


def test_who_locks_nothing_would_fork_the_chain_and_is_refused_by_the_number(
    own_database: str, engine: Engine, tenant: UUID
) -> None:
    """The control: the race is real, and UNIQUE is the second net below the lock."""
    rounds = 3
    told = at_once(write_unserialised, own_database, tenant, rounds)
    # all six continue from the same line, and one of them comes first
    assert told == {"written": rounds, "refused": (PROCESSES - 1) * rounds}
    with transaction(engine) as session:
        assert seqs(session, tenant) == list(range(1, rounds + 2))
