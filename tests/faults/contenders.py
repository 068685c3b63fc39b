"""Processes that reach for the same places at the same moment."""

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.synchronize import Barrier
from uuid import UUID

from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import create_engine

from service.accounts.actions import Staff
from service.database import open_engine, transaction
from service.placements.actions import NoPlaceLeft, move
from service.placements.lifecycle import Action, NoSuchMove
from service.placements.terms import Terms
from service.settings import Settings
from tests.service.placements.village import MORNING

CONTENDERS = 8
# More rounds take longer and find the same: DEBAN_CONTEST_ROUNDS=200 for a long look.
ROUNDS = int(os.environ.get("DEBAN_CONTEST_ROUNDS", "25"))
PATIENCE = 120

Answers = list[str]
Contender = Callable[[str, Staff, Sequence[UUID], Barrier], Answers]


def accept(url: str, staff: Staff, placements: Sequence[UUID], start: Barrier) -> Answers:
    """Accept one placement a round, through the real action, and tell how it went."""
    engine = open_engine(url, connections=1)
    answers = []
    for placement in placements:
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                move(
                    session,
                    staff,
                    placement,
                    Action.HOST_ACCEPTS,
                    at=MORNING,
                    settings=Settings(),
                )
            answers.append("accepted")
        except NoPlaceLeft:
            answers.append("no place")
    engine.dispose()
    return answers


def choose(url: str, staff: Staff, placements: Sequence[UUID], start: Barrier) -> Answers:
    """Agree on one placement a round and set the person's others aside."""
    engine = open_engine(url, connections=1)
    terms = Terms(supersede_others=True)
    answers = []
    for placement in placements:
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                move(
                    session,
                    staff,
                    placement,
                    Action.AGREE,
                    terms,
                    at=MORNING,
                    settings=Settings(),
                )
            answers.append("agreed")
        except NoSuchMove:
            answers.append("set aside")
    engine.dispose()
    return answers


def accept_naively(url: str, _staff: Staff, slots: Sequence[UUID], start: Barrier) -> Answers:
    """Look, then write what was seen plus one: what the guarded statement is there against."""
    naive = make_url(url)
    if naive.get_backend_name() == "postgresql":
        naive = naive.set(drivername="postgresql+psycopg")
    engine = create_engine(naive)
    answers = []
    for slot in slots:
        start.wait(PATIENCE)
        with engine.connect() as connection:
            id_ = slot.hex if naive.get_backend_name() == "sqlite" else slot
            look = text("SELECT taken, capacity FROM slot WHERE id = :id")
            taken, capacity = connection.execute(look, {"id": id_}).one()
            time.sleep(0.002)
            if taken >= capacity:
                answers.append("no place")
                continue
            write = text("UPDATE slot SET taken = :taken WHERE id = :id")
            try:
                connection.execute(write, {"id": id_, "taken": taken + 1})
                connection.commit()
                answers.append("accepted")
            except OperationalError:
                answers.append("locked")
    engine.dispose()
    return answers


def _tell(
    run: Callable[[Sequence[UUID], Barrier], Answers],
    wanted: Sequence[UUID],
    start: Barrier,
    told: "multiprocessing.Queue[Answers]",
) -> None:
    told.put(run(wanted, start))


def contest(
    contender: Contender, url: str, staff: Staff, wanted: Sequence[Sequence[UUID]]
) -> list[tuple[str, ...]]:
    """Let one process a list run through its rounds; return each round's answers."""
    spawn = multiprocessing.get_context("spawn")
    run = partial(contender, url, staff)
    start, told = spawn.Barrier(len(wanted)), spawn.Queue()
    processes = [
        spawn.Process(target=_tell, args=(run, own, start, told), daemon=True) for own in wanted
    ]
    for process in processes:
        process.start()
    answers = [told.get(timeout=PATIENCE + 2 * len(wanted[0])) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
        assert process.exitcode == 0
    return list(zip(*answers, strict=True))
