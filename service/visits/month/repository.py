"""The queries of a month's grid: who may have come, and what is written down already."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from catalogue.tables import Activity, Host, Slot
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.placements.lifecycle import Status
from service.placements.repository import told_on
from service.placements.tables import Placement, PlacementMove
from service.visits.rules import VISITED

Attended = tuple[Placement, Person, Slot, Activity, Host]
PROMISED: Final = [status for status, visited in VISITED.items() if visited]


def _in_month(staff: Staff, first: date, last: date) -> Select[Placement, Person]:
    """Select the placements of a month of people with whom the caller works."""
    people = visible_people(staff, reach=Reach.WRITE).with_only_columns(col(Person.id))
    begins = col(Placement.first_on)
    return (
        select(Placement, Person)
        .join(Person, col(Person.id) == col(Placement.person_id))
        .join(Slot, col(Slot.id) == col(Placement.slot_id))
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .join(Host, col(Host.id) == col(Activity.host_id))
        .where(
            Placement.municipality_id == staff.municipality_id,
            col(Placement.person_id).in_(people),
            col(Placement.status).in_(PROMISED),
            begins.is_(None) | (begins <= last),
            (col(Placement.status) != Status.ENDED) | _ended_since(first),
        )
    )


def _ended_since(day: date) -> ColumnElement[bool]:
    """Hold for a placement whose end, as it is told now, is not before a day."""
    return (
        select(PlacementMove.id)
        .where(
            col(PlacementMove.placement_id) == col(Placement.id),
            col(PlacementMove.to_status) == Status.ENDED,
            told_on() >= day,
        )
        .correlate(Placement)
        .exists()
    )


def attended(
    session: Session,
    staff: Staff,
    *,
    first: date,
    last: date,
    owner_id: UUID | None,
    host_id: UUID | None,
    skip: int,
    limit: int,
) -> Sequence[Attended]:
    """Return the rows of a sheet, by the people's codes."""
    query = _narrowed(_in_month(staff, first, last), owner_id, host_id)
    whole = query.with_only_columns(Placement, Person, Slot, Activity, Host)
    order = (col(Person.code), col(Activity.title), col(Slot.position), col(Placement.proposed_on))
    rows = session.execute(whole.order_by(*order, col(Placement.id)).offset(skip).limit(limit))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def count(
    session: Session,
    staff: Staff,
    *,
    first: date,
    last: date,
    owner_id: UUID | None,
    host_id: UUID | None,
) -> int:
    """Count the rows of all sheets of a month."""
    query = _narrowed(_in_month(staff, first, last), owner_id, host_id)
    found: int = session.execute(
        query.with_only_columns(func.count(col(Placement.id)))
    ).scalar_one()
    return found


def _narrowed(
    query: Select[Placement, Person], owner_id: UUID | None, host_id: UUID | None
) -> Select[Placement, Person]:
    if owner_id is not None:
        query = query.where(Placement.owner_id == owner_id)
    return query if host_id is None else query.where(Activity.host_id == host_id)


def hold(session: Session, staff: Staff, placement_ids: Collection[UUID]) -> set[UUID]:
    """Keep some placements until the end of this change: two who type one month wait in turn."""
    people = visible_people(staff, reach=Reach.WRITE).with_only_columns(col(Person.id))
    query = select(Placement.id).where(
        Placement.municipality_id == staff.municipality_id,
        col(Placement.id).in_(list(placement_ids)),
        col(Placement.person_id).in_(people),
    )
    return set(session.exec(query.order_by(col(Placement.id)).with_for_update()))
