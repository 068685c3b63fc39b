"""Every wish query."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, distinct, func, select

from service.accounts.actions import Staff
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.wishes.tables import Idea, Wish


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


def open_wishes(session: Session, staff: Staff, *, limit: int) -> Sequence[tuple[Wish, str]]:
    """Return wishes that no idea gathers yet, each with the person's code, the oldest first."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    query = (
        select(Wish, Person.code)
        .join(Person, col(Person.id) == col(Wish.person_id))
        .where(
            Wish.municipality_id == staff.municipality_id,
            col(Wish.idea_id).is_(None),
            col(Wish.person_id).in_(people),
        )
    )
    return session.exec(query.order_by(col(Wish.wished_on), col(Wish.id)).limit(limit)).all()


def wishes_among(session: Session, staff: Staff, wish_ids: Collection[UUID]) -> Sequence[Wish]:
    """Return these wishes as far as they are of people the caller may see."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    query = select(Wish).where(col(Wish.id).in_(wish_ids), col(Wish.person_id).in_(people))
    return session.exec(query.order_by(col(Wish.id))).all()


def ideas(session: Session, staff: Staff) -> Sequence[Idea]:
    """Return every idea of the municipality, the oldest first."""
    query = select(Idea).where(Idea.municipality_id == staff.municipality_id)
    return session.exec(query.order_by(col(Idea.created_at), col(Idea.id))).all()


def idea_of(session: Session, staff: Staff, idea_id: UUID, *, locked: bool = False) -> Idea | None:
    query = select(Idea).where(Idea.id == idea_id, Idea.municipality_id == staff.municipality_id)
    return session.exec(query.with_for_update() if locked else query).one_or_none()


def wished(session: Session, staff: Staff) -> dict[UUID, tuple[int, date]]:
    """Count by idea how many people wish it, among those the caller may see, and since when."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    rows = session.exec(
        select(Wish.idea_id, func.count(distinct(col(Wish.person_id))), func.min(Wish.wished_on))
        .where(col(Wish.idea_id).is_not(None), col(Wish.person_id).in_(people))
        .group_by(col(Wish.idea_id))
    )
    return {idea_id: (number, since) for idea_id, number, since in rows if idea_id}
