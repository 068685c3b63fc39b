"""The queries of sheets."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from catalogue.tables import Activity
from service.paper.tables import PlacePhoto, SheetEnglish, SheetReadings

Part = TypeVar("Part", SheetReadings, SheetEnglish, PlacePhoto)


def parts_of(
    session: Session, kind: type[Part], municipality_id: UUID, activity_ids: Iterable[UUID]
) -> dict[UUID, Part]:
    """Return what was added to sheets, by activity; of photos all but the picture."""
    query = select(kind).where(
        kind.municipality_id == municipality_id,
        col(kind.activity_id).in_(list(activity_ids)),
    )
    if kind is PlacePhoto:
        query = query.options(defer(PlacePhoto.large), defer(PlacePhoto.small))  # type: ignore[arg-type]  # attributes of a table
    return {each.activity_id: each for each in session.exec(query)}


def part_locked(
    session: Session, kind: type[Part], municipality_id: UUID, activity_id: UUID
) -> Part | None:
    """Read what was added to an activity's sheet for change."""
    query = select(kind).where(
        kind.municipality_id == municipality_id, kind.activity_id == activity_id
    )
    return session.exec(query.with_for_update()).one_or_none()


def picture(
    session: Session, municipality_id: UUID, activity_id: UUID, *, large: bool, public: bool
) -> bytes | None:
    """Return a photo in one size; ``public``: only one that everybody may see."""
    query = select(PlacePhoto.large if large else PlacePhoto.small).where(
        PlacePhoto.municipality_id == municipality_id, PlacePhoto.activity_id == activity_id
    )
    if public:
        query = query.where(col(PlacePhoto.published))
    return session.exec(query).one_or_none()


def municipality_of(session: Session, activity_id: UUID) -> UUID | None:
    """Return whose activity this is; asked before anybody is known, by its id alone."""
    query = select(Activity.municipality_id).where(Activity.id == activity_id)
    return session.exec(query).one_or_none()
