"""Every visit query."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from service.accounts.actions import Staff
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.placements.tables import Placement
from service.visits.tables import Visit


def _visible(staff: Staff) -> Select[Visit, UUID]:
    people = visible_people(staff).with_only_columns(col(Person.id))
    return (
        select(Visit, col(Placement.person_id))
        .join(Placement, col(Placement.id) == col(Visit.placement_id))
        .where(Visit.municipality_id == staff.municipality_id, col(Placement.person_id).in_(people))
    )


def _stands() -> ColumnElement[bool]:
    """Hold for a visit that no later one corrects."""
    later = aliased(Visit)
    return ~select(later.id).where(later.corrects_id == col(Visit.id)).exists()


def visit_of(session: Session, staff: Staff, visit_id: UUID) -> tuple[Visit, UUID] | None:
    """Return one visit and its person, if the caller may see the person."""
    return session.exec(_visible(staff).where(Visit.id == visit_id)).one_or_none()


def visits(
    session: Session,
    staff: Staff,
    *,
    placement_id: UUID | None = None,
    person_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[tuple[Visit, UUID]]:
    """Return visits with their person, by id; a corrected one gives way to its correction."""
    query = _visible(staff).where(_stands())
    if placement_id is not None:
        query = query.where(Visit.placement_id == placement_id)
    if person_id is not None:
        query = query.where(Placement.person_id == person_id)
    if after is not None:
        query = query.where(col(Visit.id) > after)
    return session.exec(query.order_by(col(Visit.id)).limit(limit)).all()


def told_before(session: Session, staff: Staff, person_id: UUID) -> dict[UUID, Visit]:
    """Return the visits of a person that were corrected."""
    query = _visible(staff).where(~_stands(), Placement.person_id == person_id)
    return {visit.id: visit for visit, _ in session.exec(query)}


def correction_of(session: Session, staff: Staff, visit_id: UUID) -> Visit | None:
    """Return what corrects a visit, if anything does."""
    found = session.exec(_visible(staff).where(Visit.corrects_id == visit_id)).first()
    return found[0] if found else None


def visits_of(
    session: Session,
    placement_ids: Sequence[UUID],
    *,
    first: date = date.min,
    last: date = date.max,
) -> Sequence[Visit]:
    """Return what holds of these placements' visits, by day; a correction replaces."""
    return session.exec(
        select(Visit)
        .where(
            col(Visit.placement_id).in_(placement_ids),
            col(Visit.occurred_on).between(first, last),
            _stands(),
        )
        .order_by(col(Visit.occurred_on), col(Visit.recorded_at))
    ).all()


def is_corrected(session: Session, visit_id: UUID) -> bool:
    query = select(Visit.id).where(Visit.corrects_id == visit_id)
    return session.exec(query.limit(1)).first() is not None
