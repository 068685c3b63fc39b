"""Every suggestion query."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from catalogue.tables import Activity
from service.accounts.actions import Staff
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.suggestions.tables import Round, Suggestion


def round_of(session: Session, staff: Staff, round_id: UUID) -> Round | None:
    """Return one round of a person the caller may see."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    return session.exec(
        select(Round).where(Round.id == round_id, col(Round.person_id).in_(people))
    ).one_or_none()


def suggestions_of(session: Session, round_id: UUID) -> Sequence[Suggestion]:
    """Return what a round proposed, in its order."""
    query = select(Suggestion).where(Suggestion.round_id == round_id)
    return session.exec(query.order_by(col(Suggestion.position))).all()


def activities_of(session: Session, activity_ids: Iterable[UUID]) -> dict[UUID, Activity]:
    query = select(Activity).where(col(Activity.id).in_(list(activity_ids)))
    return {activity.id: activity for activity in session.exec(query)}
