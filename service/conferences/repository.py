"""Every query of conferences; each goes through a membership that runs at this moment."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false
from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from service.accounts.actions import Staff
from service.accounts.rules import RIGHTS, Right, may
from service.accounts.tables import Account
from service.conferences.tables import Conference, ConferenceEntry, ConferenceRecord, Membership

ROLES = [role for role, rights in RIGHTS.items() if Right.JOIN_CONFERENCES in rights]


def _running(on: date) -> tuple[ColumnElement[bool], ...]:
    """Say of a membership that it has begun, is not over and was not ended."""
    until = col(Membership.until)
    return (
        col(Membership.since) <= on,
        until.is_(None) | (until >= on),
        col(Membership.ended_at).is_(None),
    )


def _attended(staff: Staff) -> SelectOfScalar[UUID]:
    """Select the conferences in which the caller sits at this moment."""
    seats = select(Membership.conference_id).where(
        Membership.municipality_id == staff.municipality_id,
        Membership.account_id == staff.id,
        *_running(staff.on),
    )
    return seats if may(staff.role, Right.JOIN_CONFERENCES) else seats.where(false())


def visible_conferences(staff: Staff) -> SelectOfScalar[Conference]:
    """Select the caller's own conferences, running and closed; nobody sees any other."""
    return select(Conference).where(
        Conference.municipality_id == staff.municipality_id,
        col(Conference.id).in_(_attended(staff)),
    )


def visible_records(staff: Staff) -> SelectOfScalar[ConferenceRecord]:
    """Select the records of the caller's own conferences: the one way to D5."""
    return select(ConferenceRecord).where(
        ConferenceRecord.municipality_id == staff.municipality_id,
        col(ConferenceRecord.conference_id).in_(_attended(staff)),
    )


def conferences(
    session: Session, staff: Staff, *, after: UUID | None = None, limit: int = 50
) -> Sequence[Conference]:
    query = visible_conferences(staff)
    if after is not None:
        query = query.where(col(Conference.id) > after)
    return session.exec(query.order_by(col(Conference.id)).limit(limit)).all()


def conference_of(
    session: Session, staff: Staff, conference_id: UUID, *, locked: bool = False
) -> Conference | None:
    """Return one conference of the caller's; locked for a change on request."""
    query = visible_conferences(staff).where(Conference.id == conference_id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def hold_seat(session: Session, staff: Staff, conference_id: UUID) -> bool:
    """Keep the caller's seat as it is until the end of this change; False: there is none.

    Who is removed while they write is either too late or finds the seat gone.
    """
    query = select(Membership).where(
        Membership.conference_id == conference_id,
        Membership.account_id == staff.id,
        *_running(staff.on),
    )
    return session.exec(query.with_for_update()).first() is not None


def seat(
    session: Session,
    conference: Conference,
    account_id: UUID,
    *,
    since: date,
    until: date | None,
    named_by: UUID,
) -> Membership:
    """Give an account a seat in a conference."""
    membership = Membership(
        municipality_id=conference.municipality_id,
        conference_id=conference.id,
        account_id=account_id,
        since=since,
        until=until,
        named_by=named_by,
    )
    session.add(membership)
    session.flush()
    return membership


def members(session: Session, conference_id: UUID) -> Sequence[tuple[Membership, Account]]:
    """Return every seat of a conference with its account, the earliest first."""
    query = (
        select(Membership, Account)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(Membership.conference_id == conference_id)
        .order_by(col(Membership.since), col(Membership.created_at), col(Membership.id))
    )
    return session.exec(query).all()


def membership_of(session: Session, conference_id: UUID, membership_id: UUID) -> Membership | None:
    query = select(Membership).where(
        Membership.conference_id == conference_id, Membership.id == membership_id
    )
    return session.exec(query.with_for_update()).one_or_none()


def sits(session: Session, conference_id: UUID, account_id: UUID, *, on: date) -> bool:
    """Say whether an account that can sign in sits in a conference today."""
    query = (
        select(Membership.id)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(
            Membership.conference_id == conference_id,
            Membership.account_id == account_id,
            Account.active,
            col(Account.role).in_(ROLES),
            *_running(on),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def seats_of(session: Session, account: Account, *, on: date) -> dict[UUID, UUID]:
    """Return an account's running seats in running conferences: seat to conference."""
    query = (
        select(Membership.id, Membership.conference_id)
        .join(Conference, col(Conference.id) == col(Membership.conference_id))
        .where(
            Membership.municipality_id == account.municipality_id,
            Membership.account_id == account.id,
            col(Conference.closed_on).is_(None),
            *_running(on),
        )
    )
    return dict(session.exec(query).all())


def shared_seats(
    session: Session, account: Account, conference_ids: Iterable[UUID], *, on: date
) -> set[UUID]:
    """Return in which of these conferences somebody else sits who can sign in."""
    query = (
        select(Membership.conference_id)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(
            col(Membership.conference_id).in_(list(conference_ids)),
            Membership.account_id != account.id,
            Account.active,
            col(Account.role).in_(ROLES),
            *_running(on),
        )
    )
    return set(session.exec(query))


def end_seats(session: Session, account: Account, *, by: UUID, at: datetime) -> None:
    """End every seat that an account has and nobody has ended, also in closed conferences."""
    session.exec(
        update(Membership)
        .where(
            col(Membership.municipality_id) == account.municipality_id,
            col(Membership.account_id) == account.id,
            col(Membership.ended_at).is_(None),
        )
        .values(ended_at=at, ended_by=by)
        .execution_options(synchronize_session=False)
    )


def colleagues(session: Session, municipality_id: UUID) -> Sequence[Account]:
    """Return who of a municipality could be named."""
    query = select(Account).where(
        Account.municipality_id == municipality_id,
        Account.active,
        col(Account.role).in_(ROLES),
    )
    return session.exec(query.order_by(col(Account.display_name), col(Account.id))).all()


def records(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    *,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[ConferenceRecord]:
    query = visible_records(staff).where(ConferenceRecord.conference_id == conference_id)
    if after is not None:
        query = query.where(col(ConferenceRecord.id) > after)
    return session.exec(query.order_by(col(ConferenceRecord.id)).limit(limit)).all()


def record_of(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    *,
    locked: bool = False,
) -> ConferenceRecord | None:
    """Return one record that the caller may see; locked for a change on request."""
    query = visible_records(staff).where(
        ConferenceRecord.conference_id == conference_id, ConferenceRecord.id == record_id
    )
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def entries(
    session: Session, record_id: UUID, *, after: UUID | None = None, limit: int = 50
) -> Sequence[ConferenceEntry]:
    """Return the entries of a record by id; a corrected one gives way to its correction."""
    corrected = select(ConferenceEntry.corrects_id).where(
        col(ConferenceEntry.corrects_id).is_not(None)
    )
    query = select(ConferenceEntry).where(
        ConferenceEntry.record_id == record_id, col(ConferenceEntry.id).not_in(corrected)
    )
    if after is not None:
        query = query.where(col(ConferenceEntry.id) > after)
    return session.exec(query.order_by(col(ConferenceEntry.id)).limit(limit)).all()


def told(session: Session, record_ids: Iterable[UUID]) -> dict[UUID, tuple[int, date, date | None]]:
    """Return how much was noted of records that were seen, the last day, and the next one."""
    corrected = select(ConferenceEntry.corrects_id).where(
        col(ConferenceEntry.corrects_id).is_not(None)
    )
    query = (
        select(
            ConferenceEntry.record_id,
            func.count(col(ConferenceEntry.id)),
            func.max(ConferenceEntry.occurred_on),
            func.max(ConferenceEntry.next_on),
        )
        .where(
            col(ConferenceEntry.record_id).in_(list(record_ids)),
            col(ConferenceEntry.id).not_in(corrected),
        )
        .group_by(col(ConferenceEntry.record_id))
    )
    return {row: (number, last, next_on) for row, number, last, next_on in session.exec(query)}


def entry_of(session: Session, record_id: UUID, entry_id: UUID) -> ConferenceEntry | None:
    """Return an entry that nothing has corrected yet."""
    correction = select(ConferenceEntry.corrects_id).where(ConferenceEntry.corrects_id == entry_id)
    query = select(ConferenceEntry).where(
        ConferenceEntry.record_id == record_id,
        ConferenceEntry.id == entry_id,
        col(ConferenceEntry.id).not_in(correction),
    )
    return session.exec(query).one_or_none()


def open_records_count(
    session: Session, municipality_id: UUID, *, on: date, area_id: UUID | None = None
) -> int:
    """Count the pre-consent records that were open on a day: a figure, and nothing else of them."""
    closed = col(ConferenceRecord.closed_on)
    query = select(func.count(col(ConferenceRecord.id))).where(
        ConferenceRecord.municipality_id == municipality_id,
        col(ConferenceRecord.opened_on) <= on,
        closed.is_(None) | (closed > on),
    )
    if area_id is not None:
        query = query.where(ConferenceRecord.area_id == area_id)
    return session.exec(query).one()


def closed_records(
    session: Session, municipality_id: UUID, *, by: date
) -> Sequence[tuple[UUID, date | None]]:
    """Return ids and days of records that were closed by a day, for retention alone."""
    query = select(col(ConferenceRecord.id), col(ConferenceRecord.closed_on)).where(
        ConferenceRecord.municipality_id == municipality_id, col(ConferenceRecord.closed_on) <= by
    )
    return session.exec(query).all()
