"""Every query of notices: who is there to be told, what they switched off, whose a feed is."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from catalogue.tables import Slot
from service.accounts.actions import Staff
from service.accounts.rules import Role
from service.accounts.sight import Reach
from service.accounts.tables import Account
from service.notices.tables import Feed, Silenced
from service.outbox.rules import Notice
from service.outbox.tables import Mailbox
from service.persons.repository import visible_people
from service.persons.tables import EmergencyNotice, Person
from service.placements.lifecycle import Status
from service.placements.tables import Placement

# A first day is still to come in these.
_AHEAD: Final = (Status.AGREED, Status.TRYING)


def accounts_with(
    session: Session, municipality_id: UUID, roles: Collection[Role]
) -> Sequence[Account]:
    """Return the open accounts of some roles in a municipality, by id."""
    query = select(Account).where(
        Account.municipality_id == municipality_id, Account.active, col(Account.role).in_(roles)
    )
    return session.exec(query.order_by(col(Account.id))).all()


def account_open(session: Session, account_id: UUID) -> Account | None:
    return session.exec(
        select(Account).where(Account.id == account_id, Account.active)
    ).one_or_none()


def reachable(session: Session, account_ids: Collection[UUID], notice: Notice) -> Sequence[UUID]:
    """Return which accounts have a mailbox and have not switched a notice off."""
    query = select(Mailbox.account_id).where(
        col(Mailbox.account_id).in_(account_ids),
        col(Mailbox.account_id).not_in(
            select(Silenced.account_id).where(Silenced.notice == notice)
        ),
    )
    return session.exec(query.order_by(col(Mailbox.account_id))).all()


def mailed(session: Session, account_ids: Collection[UUID]) -> Sequence[UUID]:
    """Return which accounts have a mailbox at all."""
    query = select(Mailbox.account_id).where(col(Mailbox.account_id).in_(account_ids))
    return session.exec(query).all()


def owner_seen_by(session: Session, staff: Staff, person_id: UUID) -> UUID | None:
    """Return whose a person is, if this worker may work with them today."""
    query = visible_people(staff, reach=Reach.WRITE).where(Person.id == person_id)
    found = session.exec(query).one_or_none()
    return found.owner_id if found else None


def told_of(session: Session, emergency_access_id: UUID) -> Sequence[UUID]:
    """Return the accounts that the screen tells of an emergency."""
    query = select(EmergencyNotice.account_id).where(
        EmergencyNotice.emergency_access_id == emergency_access_id
    )
    return session.exec(query).all()


def digest_due(session: Session, *, on: date) -> Sequence[Account]:
    """Return the open accounts with a mailbox whose digest of a day nobody has worked out yet."""
    query = (
        select(Account)
        .join(Mailbox, col(Mailbox.account_id) == col(Account.id))
        .where(
            Account.active,
            col(Mailbox.digest_on).is_(None) | (col(Mailbox.digest_on) < on),
        )
    )
    return session.exec(query.order_by(col(Account.id))).all()


def take_digest(session: Session, account_id: UUID, *, on: date) -> bool:
    """Take it upon this transaction to work somebody's digest out; only one comes through."""
    taken = session.exec(
        update(Mailbox)
        .where(
            col(Mailbox.account_id) == account_id,
            col(Mailbox.digest_on).is_(None) | (col(Mailbox.digest_on) < on),
        )
        .values(digest_on=on)
    )
    return taken.rowcount == 1


def silenced(session: Session, account_id: UUID) -> set[Notice]:
    """Return what an account has switched off."""
    found = session.exec(select(Silenced).where(Silenced.account_id == account_id))
    return {each.notice for each in found}


def unsilence(session: Session, account_id: UUID, notice: Notice) -> None:
    session.exec(
        delete(Silenced).where(
            col(Silenced.account_id) == account_id, col(Silenced.notice) == notice
        )
    )


def feed_of(session: Session, account_id: UUID) -> Feed | None:
    return session.exec(select(Feed).where(Feed.account_id == account_id)).one_or_none()


def feed_named(session: Session, token_hash: str) -> tuple[Feed, Account] | None:
    """Return a feed by its secret, with its account while that is open."""
    query = (
        select(Feed, Account)
        .join(Account, col(Account.id) == col(Feed.account_id))
        .where(Feed.token_hash == token_hash, Account.active)
    )
    found = session.exec(query).one_or_none()
    return None if found is None else (found[0], found[1])


def drop_feed(session: Session, account_id: UUID) -> bool:
    """Take an account's feed away; say whether there was one."""
    dropped = session.exec(delete(Feed).where(col(Feed.account_id) == account_id))
    return dropped.rowcount == 1


def note_content(session: Session, feed_id: UUID, content_hash: str, *, at: datetime) -> None:
    """Note since when a calendar is as it is now."""
    session.exec(
        update(Feed)
        .where(col(Feed.id) == feed_id, col(Feed.content_hash) != content_hash)
        .values(content_hash=content_hash, changed_at=at)
    )


def first_days(
    session: Session, staff: Staff, *, first: date, last: date
) -> Sequence[tuple[date, Slot]]:
    """Return the first days of a worker's own placements, each with its slot."""
    people = visible_people(staff, reach=Reach.WRITE).with_only_columns(col(Person.id))
    query = (
        select(Placement, Slot)
        .join(Slot, col(Slot.id) == col(Placement.slot_id))
        .where(
            Placement.owner_id == staff.id,
            col(Placement.person_id).in_(people),
            col(Placement.status).in_(_AHEAD),
            col(Placement.first_on).between(first, last),
        )
    )
    found = session.exec(query.order_by(col(Placement.first_on), col(Placement.id)))
    return [(each.first_on, slot) for each, slot in found if each.first_on is not None]
