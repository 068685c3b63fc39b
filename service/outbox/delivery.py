"""Carry out what waits: claim a line, carry it outside of any transaction, note what came of it.

At least once: whoever is killed between carrying and noting leaves a line that another carries
again, with the same id, when the lease has run out. Nobody else carries it while the lease runs.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias
from uuid import UUID, uuid4

import structlog
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from service import clock
from service.database import transaction
from service.outbox import actions, repository, webhooks
from service.outbox.calling import call
from service.outbox.carrying import Carried
from service.outbox.composing import Parcel
from service.outbox.posting import post
from service.outbox.rules import Channel, Notice, Trouble, is_over, wait_after
from service.outbox.tables import Line
from service.settings import Settings

KEPT: Final = timedelta(days=30)
_FINE: Final = 1_000_000

Carrier: TypeAlias = Callable[[Parcel], Carried]


@dataclass(slots=True)
class Round:
    """What came of a round."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Office:
    """Where lines are found and how they are carried; ``me`` is this process."""

    bind: Engine | Connection
    settings: Settings
    carriers: Mapping[Channel, Carrier]
    now: Callable[[], datetime]
    me: UUID


def office(
    bind: Engine | Connection, settings: Settings, now: Callable[[], datetime] = clock.moment
) -> Office:
    """Return an office that carries by what its settings set up; the rest goes on waiting."""
    carriers: dict[Channel, Carrier] = {}
    if settings.mail_host:
        carriers[Channel.MAIL] = partial(post, settings=settings)
    if settings.webhook_hosts:
        carriers[Channel.WEBHOOK] = partial(call, settings=settings, now=now)
    return Office(bind, settings, carriers, now, uuid4())


def deliver(at: Office, *, stop: Callable[[], bool] = lambda: False) -> Round:
    """Carry every line whose time has come, one after the other."""
    done = Round()
    while not stop() and _carry_next(at, done):
        pass
    with transaction(at.bind) as session:
        repository.sweep(session, before=at.now() - KEPT)
    return done


def _carry_next(at: Office, done: Round) -> bool:
    """Carry one line; say whether one was waiting."""
    moment = at.now()
    lease = timedelta(seconds=at.settings.deliver_lease_seconds)
    with transaction(at.bind) as session:
        line = repository.claim(session, at.me, at.carriers, at=moment, until=moment + lease)
    if line is None:
        return False
    carried = _carried(at, line)
    if carried is not None:
        _note(at, line, carried, done)
        return True
    with transaction(at.bind) as session:
        repository.drop(session, line.id, at=moment)
    done.dropped += 1
    return True


def _carried(at: Office, line: Line) -> Carried | None:
    """Carry a line and say what came of it; nothing where its place is there no more."""
    if line.tries > at.settings.deliver_tries:
        # Each of its tries ended a process, and this would be one more.
        return Carried(Trouble.INTERRUPTED)
    try:
        with transaction(at.bind) as session:
            parcel = _parcel(session, line)
        return at.carriers[line.channel](parcel) if parcel else None
    except Exception as broken:  # noqa: BLE001 - one line must not keep all others from leaving
        structlog.get_logger().error("outbox", broken=type(broken).__name__)
        return Carried(Trouble.INTERRUPTED)


def _parcel(session: Session, line: Line) -> Parcel | None:
    """Make a line ready, as its place is at this moment: an account that was closed has none."""
    to, secret = None, b""
    if line.account_id is not None:
        to = repository.address_of(session, line.account_id)
    elif line.webhook_id is not None:
        webhook = repository.webhook_with(session, line.webhook_id)
        if webhook is not None:
            to, secret = webhook.url, webhooks.secret_for(session, webhook)
    if to is None:
        return None
    return Parcel(
        id=line.id,
        channel=line.channel,
        notice=line.notice,
        figures=line.figures,
        at=line.at,
        to=to,
        secret=secret,
    )


def _note(at: Office, line: Line, carried: Carried, done: Round) -> None:
    """Write down what came of a try."""
    moment = at.now()
    with transaction(at.bind) as session:
        if carried.trouble is None:
            repository.mark_sent(session, line.id, at=moment)
            done.sent += 1
            return
        over = is_over(carried.trouble, line.tries, most=at.settings.deliver_tries)
        spread = secrets.randbelow(_FINE) / _FINE
        next_at = None if over else moment + wait_after(line.tries, spread=spread)
        noted = repository.mark_trouble(
            session, line.id, at.me, carried.trouble, carried.answer, next_at=next_at, at=moment
        )
        done.failed += 1
        if noted and over:
            done.dead += 1
            if line.notice is not Notice.DEAD_LETTER:
                tenant = line.municipality_id
                actions.report(session, tenant, Notice.DEAD_LETTER, at=moment, ref=line.id)
