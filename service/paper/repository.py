"""The queries of sheets."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from service.paper.tables import SheetReadings


def readings_of(
    session: Session, municipality_id: UUID, activity_ids: Iterable[UUID]
) -> dict[UUID, SheetReadings]:
    """Return the readings that were looked through, by activity."""
    query = select(SheetReadings).where(
        SheetReadings.municipality_id == municipality_id,
        col(SheetReadings.activity_id).in_(list(activity_ids)),
    )
    return {each.activity_id: each for each in session.exec(query)}


def readings_locked(
    session: Session, municipality_id: UUID, activity_id: UUID
) -> SheetReadings | None:
    """Read an activity's readings for change."""
    query = select(SheetReadings).where(
        SheetReadings.municipality_id == municipality_id, SheetReadings.activity_id == activity_id
    )
    return session.exec(query.with_for_update()).one_or_none()
