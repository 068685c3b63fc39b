"""Two coordinators at once: whoever is rung is rung by one of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from service.accounts.actions import Staff
from service.database import open_engine, transaction
from service.followup import actions
from service.followup.repository.queue import Scope
from service.followup.tables import Claim
from tests.service.placements.village import MORNING, Village, build_village

ROUNDS = 10


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=4)
    yield engine
    engine.dispose()


@pytest.fixture
def worried(engine: Engine) -> Village:
    """A host that has not been confirmed for a year: one row, whoever looks."""
    with transaction(engine) as session:
        village = build_village(session)
        village.host.confirmed_on = date(2025, 1, 1)
        session.add(village.host)
    return village


def claimed(engine: Engine, staff: Staff, item: UUID, start: Barrier) -> bool:
    start.wait()
    try:
        with transaction(engine) as session:
            actions.claim(session, staff, item, at=MORNING)
    except actions.HeldByAnother:
        return False
    return True


def taken_naively(engine: Engine, staff: Staff, start: Barrier) -> bool:
    """Look, and then write without anybody who holds the two together."""
    with transaction(engine) as session:
        free = not session.exec(select(Claim)).all()
    start.wait()
    return free


def test_of_two_who_claim_at_once_one_is_let_in(engine: Engine, worried: Village) -> None:
    with transaction(engine) as session:
        (row,) = actions.queue(session, Scope(worried.csw), at=MORNING)
    both = (worried.csw, worried.coordinator)
    for _ in range(ROUNDS):
        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            tries = [pool.submit(claimed, engine, staff, row.due.id, start) for staff in both]
            assert sorted(each.result() for each in tries) == [False, True]
        with transaction(engine) as session:
            for claim in session.exec(select(Claim)).all():
                session.delete(claim)


def test_whoever_looks_first_and_writes_then_would_both_be_let_in(
    engine: Engine, worried: Village
) -> None:
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        tries = [
            pool.submit(taken_naively, engine, staff, start)
            for staff in (worried.csw, worried.coordinator)
        ]
        assert [each.result() for each in tries] == [True, True]
