"""What people choose to be told, and where."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from service.accounts.actions import Staff
from service.notices import repository
from service.notices.rules import is_fixed, offered
from service.notices.tables import Silenced
from service.outbox import repository as outbox
from service.outbox.actions import tell
from service.outbox.rules import Notice, fits_address, listed
from service.outbox.tables import Mailbox
from service.refusals import Kind, Refusal
from service.settings import Settings


class UnfitAddress(Refusal):
    """No plain mail address, or one of a domain that the office does not name."""

    kind: ClassVar = Kind.CONFLICT


class AlwaysTold(Refusal):
    """Somebody has to be told of this: the role cannot do without it."""

    kind: ClassVar = Kind.CONFLICT


class NoSuchNotice(Refusal):
    """No notice of this kind ever reaches the caller's role."""

    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Choice:
    """One notice as it stands for somebody; what is fixed cannot be switched off."""

    notice: Notice
    on: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Where somebody gets mail, and what about."""

    mail: str | None
    items: tuple[Choice, ...]


def choices(session: Session, staff: Staff) -> Choices:
    """Return what the caller is told outside of the screen."""
    mailbox = outbox.mailbox_of(session, staff.id)
    off = repository.silenced(session, staff.id)
    items = []
    for notice in offered(staff.role):
        fixed = is_fixed(staff.role, notice)
        items.append(Choice(notice, fixed or notice not in off, fixed))
    return Choices(mailbox.address if mailbox else None, tuple(items))


def keep_address(
    session: Session, staff: Staff, address: str, *, at: datetime, settings: Settings
) -> None:
    """Send the caller's notices there from now on; nothing is sent twice for the day."""
    if not fits_address(address, listed(settings.mail_domains)):
        raise UnfitAddress("this is no address that the office sends notices to")
    mailbox = outbox.mailbox_of(session, staff.id) or _first_mailbox(session, staff, address)
    mailbox.address = address
    session.flush()
    tell(session, staff, "mail_set", at=at)


def _first_mailbox(session: Session, staff: Staff, address: str) -> Mailbox:
    """Make the caller's mailbox, or find the one that was made at the same moment."""
    # The first digest comes on the next working day: today's work is on the screen already.
    mailbox = Mailbox(
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        address=address,
        digest_on=staff.on,
    )
    try:
        with session.begin_nested():
            session.add(mailbox)
    except IntegrityError:
        found = outbox.mailbox_of(session, staff.id)
        if found is None:
            raise
        return found
    return mailbox


def drop_address(session: Session, staff: Staff, *, at: datetime) -> None:
    """Send the caller no mail any more, and nothing that waits to be sent."""
    outbox.drop_mailbox(session, staff.id)
    outbox.drop_for(session, staff.id, list(Notice), at=at)
    tell(session, staff, "mail_dropped", at=at)


def switch(session: Session, staff: Staff, notice: Notice, *, on: bool, at: datetime) -> None:
    """Switch a notice on or off; off takes along what waits to be sent of it."""
    if notice not in offered(staff.role):
        raise NoSuchNotice("no such notice reaches your role")
    if not on and is_fixed(staff.role, notice):
        raise AlwaysTold("a coordinator is told of every emergency", notice=notice)
    if on:
        repository.unsilence(session, staff.id, notice)
        return
    silent = Silenced(municipality_id=staff.municipality_id, account_id=staff.id, notice=notice)
    try:
        with session.begin_nested():
            session.add(silent)
    except IntegrityError:
        return  # it was off already
    outbox.drop_for(session, staff.id, [notice], at=at)
