"""``deban deliver`` and what did not arrive: carried out beside the service, on any machine."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import typer
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from service import clock
from service.accounts.actions import Staff, standing_in
from service.accounts.repository import account_named
from service.accounts.rules import Right, may
from service.cli.office import current, tenant_named, working
from service.cli.reading import refuse
from service.database import transaction
from service.notices.digests import write_digests
from service.notices.spreading import spread
from service.outbox import actions
from service.outbox.delivery import Office, Round, deliver, office
from service.outbox.rules import Closing
from service.replies.applying import apply_waiting
from service.replies.repository import municipalities_waiting
from service.settings import Settings

MANY = 200


def deliver_notices(*, every: int | None) -> None:
    """Carry out what waits, once or again and again until somebody ends it."""
    with current() as engine, _until_ended() as ended:
        at = office(engine, Settings())
        typer.echo(_said(at, one_round(engine, at, ended)))
        while every is not None and not ended.wait(every):
            try:
                done = one_round(engine, at, ended)
            except SQLAlchemyError as broken:
                # The database is away for a moment: the next round finds everything as it was.
                typer.echo(f"not this time: {type(broken).__name__}", err=True)
            else:
                if done != Round():
                    typer.echo(_said(at, done))


def one_round(bind: Engine | Connection, at: Office, ended: threading.Event) -> Round:
    """Draw from what hosts answered, work out whom it concerns, write digests, and carry."""
    with transaction(bind) as session:
        answered = municipalities_waiting(session)
    for municipality_id in answered:
        with transaction(bind) as session:
            apply_waiting(session, municipality_id, at=at.now(), settings=at.settings)
    spread(bind, at=at.now())
    write_digests(bind, at.settings, at=at.now())
    return deliver(at, stop=ended.is_set)


@contextmanager
def _until_ended() -> Iterator[threading.Event]:
    """Finish the line in hand when the machine or somebody at it asks to end."""
    ended = threading.Event()
    before = {
        each: signal.signal(each, lambda *_: ended.set())
        for each in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield ended
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _said(at: Office, done: Round) -> str:
    told = f"{done.sent} sent, {done.failed} failed, {done.dead} given up, {done.dropped} dropped"
    if not at.carriers:
        told += "; neither DEBAN_MAIL_HOST nor DEBAN_WEBHOOK_HOSTS is set, so nothing leaves"
    return told


def print_dead(*, municipality: str | None) -> None:
    """Print what did not arrive: no address, no name."""
    with working() as session:
        tenant = tenant_named(session, municipality)
        letters = actions.dead_letters(session, tenant.id, limit=MANY)
        typer.echo(f"{len(letters)} dead")
        for each in letters:
            line = each.line
            why = f"{line.trouble or ''} {line.answer or ''}".strip()
            typer.echo(f"  {line.id} {line.channel} {line.notice} tries {line.tries} {why}")


def send_again(line_id: str, *, by: str) -> None:
    with working() as session:
        at = clock.moment()
        staff = _mender(session, by, at)
        actions.send_again(session, staff, _id(line_id), at=at)
    typer.echo("it will be tried again")


def close(line_id: str, *, reason: Closing, by: str) -> None:
    with working() as session:
        at = clock.moment()
        staff = _mender(session, by, at)
        actions.close(session, staff, _id(line_id), reason, at=at)
    typer.echo("closed")


def _mender(session: Session, by: str, at: datetime) -> Staff:
    """Return the account in whose name it is done: one that might do it on the page as well."""
    account = account_named(session, by)
    if account is None or not account.active:
        refuse("no such account")
    if not may(account.role, Right.MEND_DELIVERY):
        refuse("this account may not look after what did not arrive")
    return standing_in(account, at=at)


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        refuse("no such letter")
