"""Every query about drafts: each asks for the caller's own alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from service.accounts.actions import Staff
from service.drafts.tables import Draft
from service.encryption.actions import destroy_key
from service.persons.repository import visible_people
from service.persons.tables import Person


def _own(staff: Staff, *, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Bind a query to the caller's drafts about nobody, or about people whom they see today."""
    seen = visible_people(staff).with_only_columns(col(Person.id))
    return (
        col(Draft.municipality_id) == staff.municipality_id,
        col(Draft.account_id) == staff.id,
        col(Draft.until) > at,
        col(Draft.person_id).is_(None) | col(Draft.person_id).in_(seen),
    )


def drafts(
    session: Session, staff: Staff, *, at: datetime, page: str | None = None
) -> Sequence[Draft]:
    """Return the caller's drafts, of one page or all, the newest first."""
    query = select(Draft).where(*_own(staff, at=at))
    if page is not None:
        query = query.where(Draft.page == page)
    return session.exec(query.order_by(col(Draft.kept_at).desc(), col(Draft.id))).all()


def draft(
    session: Session, staff: Staff, draft_id: UUID, *, at: datetime, locked: bool = False
) -> Draft | None:
    query = select(Draft).where(*_own(staff, at=at), Draft.id == draft_id)
    return session.exec(query.with_for_update() if locked else query).one_or_none()


def count(session: Session, staff: Staff, *, at: datetime) -> int:
    query = select(func.count()).select_from(Draft).where(*_own(staff, at=at))
    return session.exec(query).one()


def codes(session: Session, staff: Staff, people: Iterable[UUID]) -> dict[UUID, str]:
    """Return the codes of those among these people whom the caller sees."""
    query = visible_people(staff).where(col(Person.id).in_(list(people)))
    return {person.id: person.code for person in session.exec(query)}


def drop(session: Session, row: Draft) -> None:
    """Delete a draft, and its key where it has one of its own."""
    session.delete(row)
    session.flush()
    if row.person_id is None:
        destroy_key(session, row.id)


def drop_over(session: Session, *, at: datetime, municipality_id: UUID | None = None) -> int:
    """Delete the drafts whose time is over; of one municipality, or of all."""
    query: Any = select(Draft).where(Draft.until <= at)
    if municipality_id is not None:
        query = query.where(Draft.municipality_id == municipality_id)
    gone = session.exec(query).all()
    for row in gone:
        drop(session, row)
    return len(gone)


def drop_oldest(session: Session, staff: Staff, *, most: int) -> None:
    """Leave an account no more than so many drafts."""
    query = select(Draft).where(
        Draft.municipality_id == staff.municipality_id, Draft.account_id == staff.id
    )
    newest = query.order_by(col(Draft.kept_at).desc(), col(Draft.id))
    for row in session.exec(newest.offset(most)).all():
        drop(session, row)
