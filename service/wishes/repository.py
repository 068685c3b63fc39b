"""Every wish query."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from service.accounts.actions import Staff
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.wishes.tables import Wish


def wishes(
    session: Session, staff: Staff, *, after: UUID | None = None, limit: int = 50
) -> Sequence[Wish]:
    """Return the wishes of people the caller may see, by id."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    query = select(Wish).where(
        Wish.municipality_id == staff.municipality_id, col(Wish.person_id).in_(people)
    )
    if after is not None:
        query = query.where(col(Wish.id) > after)
    return session.exec(query.order_by(col(Wish.id)).limit(limit)).all()


def wish_of(session: Session, staff: Staff, wish_id: UUID) -> Wish | None:
    """Return one wish of a person the caller may see."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    return session.exec(
        select(Wish).where(Wish.id == wish_id, col(Wish.person_id).in_(people))
    ).one_or_none()
