"""Every query about pairs; who sees only one of two people is told of no pair."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.persons.repository import visible_people
from service.persons.tables import KeepApart, Person


def kept_from(session: Session, person_id: UUID) -> frozenset[UUID]:
    """Return from whom somebody is kept apart, whoever asks: for a rule, never for an answer."""
    query = select(KeepApart.person_id, KeepApart.other_id).where(
        (col(KeepApart.person_id) == person_id) | (col(KeepApart.other_id) == person_id),
        col(KeepApart.ended_at).is_(None),
    )
    return frozenset(id_ for pair in session.exec(query) for id_ in pair) - {person_id}


def pairs_within(session: Session, person_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Return which of these people are kept apart from each other: for a rule as well."""
    some = list(person_ids)
    query = select(KeepApart.person_id, KeepApart.other_id).where(
        col(KeepApart.person_id).in_(some),
        col(KeepApart.other_id).in_(some),
        col(KeepApart.ended_at).is_(None),
    )
    found = session.exec(query.order_by(col(KeepApart.person_id), col(KeepApart.other_id)))
    return list(found.all())


def locked_pair(session: Session, staff: Staff, one: UUID, other: UUID) -> Sequence[Person]:
    """Return those of two people with whom the caller may work, and hold their rows.

    Whoever takes a place for one of them waits, or was first. The rows are taken in the order of
    their ids, so that two callers never wait in a ring.
    """
    people = visible_people(staff, reach=Reach.WRITE).where(col(Person.id).in_((one, other)))
    return session.exec(
        people.order_by(col(Person.id)).with_for_update().execution_options(populate_existing=True)
    ).all()


def visible_pairs(
    session: Session, staff: Staff, person_id: UUID, *, reach: Reach = Reach.READ
) -> Sequence[KeepApart]:
    """Return the open pairs of a person whose both people the caller may see."""
    people = visible_people(staff, reach=reach).with_only_columns(col(Person.id))
    return session.exec(
        select(KeepApart)
        .where(
            (col(KeepApart.person_id) == person_id) | (col(KeepApart.other_id) == person_id),
            col(KeepApart.ended_at).is_(None),
            col(KeepApart.person_id).in_(people),
            col(KeepApart.other_id).in_(people),
        )
        .order_by(col(KeepApart.recorded_at), col(KeepApart.id))
        .execution_options(populate_existing=True)
    ).all()


def others_to_choose(session: Session, staff: Staff, person_id: UUID) -> Sequence[Person]:
    """Return with whom a pair could be made: everybody else with whom the caller may work."""
    people = visible_people(staff, reach=Reach.WRITE).where(Person.id != person_id)
    return session.exec(people.order_by(col(Person.code))).all()
