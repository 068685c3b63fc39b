"""Calendar feeds: an address that only its owner knows, read by their calendar without a sign-in.

A look is three short transactions: the address is looked up by the login itself, the calendar is
worked out as its owner may see it, and since when it is so is written down.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from service.accounts import throttling
from service.accounts.actions import Staff, standing_in
from service.accounts.groups import GROUP
from service.accounts.rules import Right, may
from service.accounts.tables import Account
from service.clock import local_day
from service.database import enter, transaction
from service.followup.actions import days_for
from service.notices import repository
from service.notices.calendar import Entry, drawn, entries, fingerprint
from service.notices.rules import AHEAD
from service.notices.tables import Feed
from service.outbox.actions import tell
from service.refusals import Kind, Refusal
from service.settings import Settings
from service.web.tokens import hashed

TOKEN_BYTES: Final = 32


class NoSuchFeed(Refusal):
    """Wrong, renewed, switched off, or of an account that was closed: the answer is the same."""

    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Served:
    """A calendar as it is sent, and since when it is so."""

    content: bytes
    tag: str
    changed_at: datetime


def path_of(token: str) -> str:
    """Return where a feed is read."""
    return f"/c/{token}.ics"


def feed_of(session: Session, staff: Staff) -> Feed | None:
    return repository.feed_of(session, staff.id)


def make_feed(session: Session, staff: Staff, *, at: datetime) -> str:
    """Give the caller's feed a new secret, which is told this once; an older one opens nothing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        _renew(session, staff, token, at=at)
    except IntegrityError:
        # Another was made at the same moment; this one is the newer.
        _renew(session, staff, token, at=at)
    tell(session, staff, "feed_made", at=at)
    return token


def _renew(session: Session, staff: Staff, token: str, *, at: datetime) -> None:
    with session.begin_nested():
        repository.drop_feed(session, staff.id)
        session.add(
            Feed(
                municipality_id=staff.municipality_id,
                account_id=staff.id,
                token_hash=hashed(token),
                made_at=at,
                changed_at=at,
            )
        )


def end_feed(session: Session, staff: Staff, *, at: datetime) -> None:
    """Switch the caller's feed off at once; there is nothing to say when there is none."""
    if repository.drop_feed(session, staff.id):
        tell(session, staff, "feed_ended", at=at)


def serve(
    bind: Engine | Connection, token: str, *, address: str, settings: Settings, at: datetime
) -> Served:
    """Return the calendar behind a secret address, or refuse."""
    token_hash = hashed(token)
    stranger = throttling.bucket(
        "feed-address", throttling.network_of(address), settings.feed_tries
    )
    throttling.take(
        bind, throttling.bucket("feed", token_hash, settings.feed_tries), stranger, at=at
    )
    with transaction(bind) as session:
        found = repository.feed_named(session, token_hash)
        if found is not None:
            throttling.give_back(session, stranger)
    if found is None:
        raise NoSuchFeed("no such calendar")
    feed, account = found
    listed = _listed(bind, account, at=at)
    tag = fingerprint(listed)
    changed_at = feed.changed_at
    if tag != feed.content_hash:
        with transaction(bind) as session:
            repository.note_content(session, feed.id, tag, at=at)
        changed_at = at
    changed_at = _aware(changed_at).replace(microsecond=0)
    return Served(drawn(listed, changed_at=changed_at), tag, changed_at)


def _listed(bind: Engine | Connection, account: Account, *, at: datetime) -> list[Entry]:
    """Work out an account's own work as it may see it; who has none has an empty calendar."""
    if not may(account.role, Right.FOLLOW_UP):
        return []
    staff, until = standing_in(account, at=at), local_day(at) + AHEAD
    with transaction(bind) as session:
        enter(session, GROUP[account.role], account.municipality_id)
        contacts = days_for(session, staff, until=until, at=at)
        firsts = repository.first_days(session, staff, first=local_day(at), last=until)
        return entries(account.id, contacts, firsts)


def _aware(at: datetime) -> datetime:
    # SQLite gives moments back without their zone; all are kept in UTC.
    return at if at.tzinfo else at.replace(tzinfo=UTC)
