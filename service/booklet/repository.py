"""The queries of the booklet."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from catalogue.tables import Activity, Area, Host, Municipality
from service.booklet.rules import Shown
from service.booklet.tables import BookletEntry


def every_host(
    session: Session, municipality_id: UUID
) -> Sequence[tuple[Host, Area, BookletEntry | None]]:
    """Return every host with what it agreed to, by area and name."""
    query = (
        select(Host, Area, BookletEntry)
        .join(Area, col(Area.id) == col(Host.area_id))
        .outerjoin(BookletEntry, col(BookletEntry.host_id) == col(Host.id))
        .where(Host.municipality_id == municipality_id)
        .order_by(col(Area.ref), col(Host.name), col(Host.ref))
    )
    return session.exec(query).all()


def agreed(
    session: Session, municipality_id: UUID, *, area_id: UUID | None = None
) -> Sequence[tuple[Host, Area, BookletEntry]]:
    """Return the hosts who stand in the booklet, in its order."""
    query = (
        select(Host, Area, BookletEntry)
        .join(Area, col(Area.id) == col(Host.area_id))
        .join(BookletEntry, col(BookletEntry.host_id) == col(Host.id))
        .where(Host.municipality_id == municipality_id, BookletEntry.shown != Shown.NO)
        .order_by(col(Area.ref), col(Host.name), col(Host.ref))
    )
    if area_id is not None:
        query = query.where(Host.area_id == area_id)
    return session.exec(query).all()


def activities_of(session: Session, host_ids: Collection[UUID]) -> dict[UUID, list[Activity]]:
    """Return what these hosts offer now, by host; what is closed is not printed."""
    found: dict[UUID, list[Activity]] = defaultdict(list)
    query = (
        select(Activity)
        .where(col(Activity.host_id).in_(list(host_ids)), Activity.open)
        .order_by(col(Activity.title), col(Activity.ref))
    )
    for activity in session.exec(query):
        found[activity.host_id].append(activity)
    return found


def entry_of(session: Session, municipality_id: UUID, host_id: UUID) -> BookletEntry | None:
    query = select(BookletEntry).where(
        BookletEntry.host_id == host_id, BookletEntry.municipality_id == municipality_id
    )
    return session.exec(query).one_or_none()


def name_of_town(session: Session, municipality_id: UUID) -> str:
    query = select(Municipality.name).where(Municipality.id == municipality_id)
    return session.exec(query).one()
