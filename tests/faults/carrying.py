"""Processes that deliver: as they should, killed in the middle, and as one might naively do it."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import UUID

from sqlmodel import col, select, update

from service import clock
from service.database import open_engine
from service.notices import repository as notices
from service.notices.digests import write_digests
from service.outbox import actions, delivery, repository
from service.outbox.delivery import deliver, office
from service.outbox.rules import State
from service.outbox.tables import Line
from service.settings import Settings

PATIENCE = 60
Worker = Callable[[str, Settings, Barrier, datetime | None], None]


def well(url: str, settings: Settings, start: Barrier, at: datetime | None = None) -> None:
    """Deliver as the command does."""
    engine = open_engine(url, connections=1)
    start.wait(PATIENCE)
    moment = (lambda: at) if at else clock.moment
    if at:
        write_digests(engine, settings, at=at)
    deliver(office(engine, settings, moment))
    engine.dispose()


def _die(*_given: Any, **_known: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_before_noting(
    url: str, settings: Settings, start: Barrier, at: datetime | None = None
) -> None:
    """Send a line, and be killed before it is noted."""
    repository.mark_sent = _die
    well(url, settings, start, at)


def noting_first(url: str, settings: Settings, start: Barrier, at: datetime | None = None) -> None:
    """The naive way: note a line as sent, then send it; and be killed in between."""
    carry = delivery._note

    def note_and_die(at: Any, line: Line, _carried: Any, done: Any) -> None:
        carry(at, line, delivery.Carried(), done)
        _die()

    delivery._note = note_and_die
    delivery.post = lambda *_given, **_known: delivery.Carried()  # not sent yet
    well(url, settings, start, at)


def without_a_claim(
    url: str, settings: Settings, start: Barrier, at: datetime | None = None
) -> None:
    """The naive way: read what waits and send it, and hope that nobody else does."""

    def looked_at(session: Any, _me: UUID, _channels: Any, *, at: datetime, until: datetime) -> Any:
        waiting = select(Line).where(Line.state == State.WAITING).order_by(col(Line.id)).limit(1)
        return session.exec(waiting).first()

    repository.claim = looked_at
    well(url, settings, start, at)


def without_taking(
    url: str, settings: Settings, start: Barrier, at: datetime | None = None
) -> None:
    """The naive way: look whether there is a digest yet, and write one where there is none."""
    notices.take_digest = lambda *_given, **_known: True
    write = actions.write_mail
    actions.write_mail = lambda *given, **known: write(*given, **known | {"once": None})
    well(url, settings, start, at)


def contest(
    workers: Sequence[Worker], url: str, settings: Settings, at: datetime | None = None
) -> list[int | None]:
    """Run these workers at the same moment, each a process; return how each of them ended."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    start = context.Barrier(len(workers))
    processes = [
        context.Process(target=partial(each, url, settings, start, at), daemon=True)
        for each in workers
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    return [process.exitcode for process in processes]


def expire(session: Any) -> None:
    """Let every lease run out, as time would."""
    session.exec(update(Line).values(held_until=clock.moment() - timedelta(seconds=1)))
