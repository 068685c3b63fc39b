"""The catalogue queries that only its editing needs; the others stand in catalogue.repository."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, case, col, func, select, update

from catalogue.repository import people_at_hosts, room_at
from catalogue.tables import Activity, Area, Host, Slot
from service.hosts.tables import HostLink


def host_locked(session: Session, municipality_id: UUID, host_id: UUID) -> Host | None:
    """Read a host for change."""
    query = select(Host).where(Host.id == host_id, Host.municipality_id == municipality_id)
    return session.exec(
        query.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def activity_locked(session: Session, municipality_id: UUID, activity_id: UUID) -> Activity | None:
    """Read an activity for change."""
    query = select(Activity).where(
        Activity.id == activity_id, Activity.municipality_id == municipality_id
    )
    return session.exec(
        query.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def slot_locked(session: Session, municipality_id: UUID, slot_id: UUID) -> Slot | None:
    """Read a slot for change."""
    query = select(Slot).where(Slot.id == slot_id, Slot.municipality_id == municipality_id)
    return session.exec(
        query.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def areas_by_id(session: Session, municipality_id: UUID) -> dict[UUID, Area]:
    """Return every area of a municipality; there are few."""
    query = select(Area).where(Area.municipality_id == municipality_id)
    return {area.id: area for area in session.exec(query)}


def offered(session: Session, municipality_id: UUID) -> Sequence[tuple[Activity, Host]]:
    """Return every activity of a municipality with who offers it."""
    query = (
        select(Activity, Host)
        .join(Host, col(Host.id) == col(Activity.host_id))
        .where(Activity.municipality_id == municipality_id)
    )
    return session.exec(query).all()


def slots_of(session: Session, activity_ids: Iterable[UUID]) -> dict[UUID, list[Slot]]:
    """Return the slots of these activities, each activity's in their order."""
    wanted = list(activity_ids)
    found: dict[UUID, list[Slot]] = {activity_id: [] for activity_id in wanted}
    query = select(Slot).where(col(Slot.activity_id).in_(wanted)).order_by(col(Slot.position))
    for slot in session.exec(query):
        found[slot.activity_id].append(slot)
    return found


def next_position(session: Session, activity_id: UUID) -> int:
    query = select(func.max(Slot.position)).where(Slot.activity_id == activity_id)
    last = session.exec(query).one()
    return 0 if last is None else last + 1


def set_capacity(session: Session, slot_id: UUID, capacity: int) -> bool:
    """Change a slot's capacity unless more people hold places, in one statement."""
    changed = session.exec(
        update(Slot)
        .where(col(Slot.id) == slot_id, col(Slot.taken) <= capacity)
        .values(capacity=capacity, version=Slot.version + 1)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount == 1


def slot_now(session: Session, slot_id: UUID) -> Slot:
    """Read a slot as it stands now."""
    query = select(Slot).where(Slot.id == slot_id)
    return session.exec(query.execution_options(populate_existing=True)).one()


def municipality_of(session: Session, token_hash: str) -> UUID | None:
    """Return whose link this is, so that the reading can go on within its municipality."""
    query = select(HostLink.municipality_id).where(HostLink.token_hash == token_hash)
    return session.exec(query).one_or_none()


def open_link(session: Session, token_hash: str, *, at: datetime) -> HostLink | None:
    """Return the link of a token, unless it has expired or was revoked."""
    query = select(HostLink).where(
        HostLink.token_hash == token_hash,
        col(HostLink.revoked_at).is_(None),
        HostLink.expires_at > at,
    )
    return session.exec(query).one_or_none()


def links_of_inquiry(session: Session, inquiry_id: UUID) -> Sequence[HostLink]:
    """Return every link that was made for an inquiry, the newest first."""
    query = select(HostLink).where(HostLink.inquiry_id == inquiry_id)
    return session.exec(query.order_by(col(HostLink.created_at).desc(), col(HostLink.id))).all()


def began(session: Session, activity_id: UUID, *, on: date) -> None:
    """Count one more who begins at a host in a month; a new month begins with one.

    What is recorded late of a month that is over does not touch the count of this one.
    """
    month = on.replace(day=1)
    host_of = select(Activity.host_id).where(Activity.id == activity_id).scalar_subquery()
    same = col(Host.new_month) == month
    session.exec(
        update(Host)
        .where(
            col(Host.id) == host_of, col(Host.new_month).is_(None) | (col(Host.new_month) <= month)
        )
        .values(new_people=case((same, col(Host.new_people) + 1), else_=1), new_month=month)
        .execution_options(synchronize_session=False)
    )


def has_enough(session: Session, host_id: UUID, *, on: date) -> bool:
    """Say whether a host has as many as it takes, at once or this month, as it stands now."""
    query = select(Host).where(Host.id == host_id)
    host = session.exec(query.execution_options(populate_existing=True)).one()
    held = people_at_hosts(session, host.municipality_id).get(host_id, 0)
    return room_at(host, held, as_of=on) == 0


def asked(session: Session, host_id: UUID, *, on: date) -> bool:
    """Write down that a host was asked on a day; say whether that is news."""
    last = col(Host.last_asked_on)
    changed = session.exec(
        update(Host)
        .where(col(Host.id) == host_id, last.is_(None) | (last < on))
        .values(last_asked_on=on)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount == 1
