"""Every catalogue query; lists are read in the order of ids, page by page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select, update

from catalogue.portrait import Slots, portray
from catalogue.profiles import ActivityProfile, Heard
from catalogue.record import TenantRecord
from catalogue.tables import Activity, Area, Host, Municipality, Slot
from catalogue.terms import ActivityTerms, ScheduleItem

Row = TypeVar("Row", bound=TenantRecord)
Named = TypeVar("Named", Area, Host, Activity)

HEARD_FOR: Final = timedelta(days=365)

# Asked before every answer and built once: to put it together takes longer than to run it.
_REVISION: Final = select(Municipality.catalogue_revision).where(
    col(Municipality.id) == bindparam("municipality_id")
)


def municipality_named(session: Session, name: str) -> Municipality | None:
    """Find a municipality by its name."""
    return session.exec(select(Municipality).where(Municipality.name == name)).first()


def municipalities(session: Session) -> Sequence[Municipality]:
    """List every municipality of the database by name."""
    return session.exec(select(Municipality).order_by(col(Municipality.name))).all()


def revision(session: Session, municipality_id: UUID) -> int | None:
    """Give the catalogue's revision: it has moved whenever anything on offer has changed."""
    known = {"municipality_id": municipality_id}
    found: int | None = session.connection().execute(_REVISION, known).scalar()
    return found


def touch_revision(session: Session, municipality_id: UUID) -> None:
    """Move the catalogue's revision on, in the transaction of the change itself."""
    session.exec(
        update(Municipality)
        .where(col(Municipality.id) == municipality_id)
        .values(catalogue_revision=col(Municipality.catalogue_revision) + 1)
    )


def get(session: Session, kind: type[Row], municipality_id: UUID, id_: UUID) -> Row | None:
    """Give one row of a municipality; rows of other municipalities do not exist."""
    query = select(kind).where(kind.id == id_, kind.municipality_id == municipality_id)
    return session.exec(query).first()


def by_ref(session: Session, kind: type[Named], municipality_id: UUID, ref: str) -> Named | None:
    """Give the area, host or activity that bears a file's name for it."""
    query = select(kind).where(kind.ref == ref, kind.municipality_id == municipality_id)
    return session.exec(query).first()


def all_by_ref(session: Session, kind: type[Named], municipality_id: UUID) -> dict[str, Named]:
    """Give all areas, hosts or activities of a municipality by their names in files."""
    query = select(kind).where(kind.municipality_id == municipality_id).order_by(col(kind.ref))
    return {row.ref: row for row in session.exec(query)}


def areas(
    session: Session, municipality_id: UUID, *, after: UUID | None = None, limit: int = 100
) -> Sequence[Area]:
    """List areas after a cursor, which is the last id of the page before."""
    query = select(Area).where(Area.municipality_id == municipality_id)
    if after:
        query = query.where(col(Area.id) > after)
    return session.exec(query.order_by(col(Area.id)).limit(limit)).all()


def hosts(
    session: Session,
    municipality_id: UUID,
    *,
    area_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 100,
) -> Sequence[Host]:
    """List hosts, of one area if it is given, after a cursor."""
    query = select(Host).where(Host.municipality_id == municipality_id)
    if area_id:
        query = query.where(Host.area_id == area_id)
    if after:
        query = query.where(col(Host.id) > after)
    return session.exec(query.order_by(col(Host.id)).limit(limit)).all()


def activities(
    session: Session,
    municipality_id: UUID,
    *,
    host_id: UUID | None = None,
    area_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 100,
) -> Sequence[Activity]:
    """List activities, of one host or area if it is given, after a cursor."""
    query = select(Activity).where(Activity.municipality_id == municipality_id)
    if host_id:
        query = query.where(Activity.host_id == host_id)
    if area_id:
        query = query.where(Activity.area_id == area_id)
    if after:
        query = query.where(col(Activity.id) > after)
    return session.exec(query.order_by(col(Activity.id)).limit(limit)).all()


def slots(
    session: Session,
    municipality_id: UUID,
    *,
    activity_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 100,
) -> Sequence[Slot]:
    """List slots, of one activity if it is given, after a cursor."""
    query = select(Slot).where(Slot.municipality_id == municipality_id)
    if activity_id:
        query = query.where(Slot.activity_id == activity_id)
    if after:
        query = query.where(col(Slot.id) > after)
    return session.exec(query.order_by(col(Slot.id)).limit(limit)).all()


def slots_by_activity(
    session: Session, municipality_id: UUID, *, activity_id: UUID | None = None
) -> Mapping[UUID, list[Slot]]:
    """Group slots, of one activity if it is given, in the order of positions; closed ones too."""
    query = select(Slot).where(Slot.municipality_id == municipality_id)
    if activity_id:
        query = query.where(Slot.activity_id == activity_id)
    found: defaultdict[UUID, list[Slot]] = defaultdict(list)
    for slot in session.exec(query.order_by(col(Slot.position))):
        found[slot.activity_id].append(slot)
    return found


def profiles(session: Session, municipality_id: UUID, *, as_of: date) -> list[ActivityProfile]:
    """Portray every open activity of a municipality for a day, in the order of ids.

    Profiles bear ids as text; an opening's slot is the slot's position in its activity. Slots
    without a free place offer no openings, unless none of the activity has one.
    """
    query = (
        select(Activity, Host, Area)
        .join(Host, col(Activity.host_id) == col(Host.id))
        .join(Area, col(Activity.area_id) == col(Area.id))
        .where(Activity.municipality_id == municipality_id, col(Activity.open))
        .order_by(col(Activity.id))
    )
    found = slots_by_activity(session, municipality_id)
    held = people_at_hosts(session, municipality_id)
    return [
        _profile(
            activity,
            host,
            area,
            found.get(activity.id, []),
            room=room_at(host, held.get(host.id, 0), as_of=as_of),
            as_of=as_of,
        )
        for activity, host, area in session.exec(query)
    ]


def people_at_hosts(session: Session, municipality_id: UUID) -> Mapping[UUID, int]:
    """Count who holds a place at each host that said how many it takes, over all activities."""
    query = (
        select(col(Host.id), func.sum(Slot.taken))
        .join(Activity, col(Activity.host_id) == col(Host.id))
        .join(Slot, col(Slot.activity_id) == col(Activity.id))
        .where(Host.municipality_id == municipality_id, col(Host.max_people).is_not(None))
        .group_by(col(Host.id))
    )
    return {host_id: int(held) for host_id, held in session.exec(query)}


def room_at(host: Host, held: int, *, as_of: date) -> int | None:
    """Say how many more the host itself would take on a day; None where it set no bound."""
    bounds = []
    if host.max_people is not None:
        bounds.append(host.max_people - held)
    if host.new_a_month is not None:
        new = host.new_people if host.new_month == as_of.replace(day=1) else 0
        bounds.append(host.new_a_month - new)
    return max(0, min(bounds)) if bounds else None


def _profile(
    activity: Activity,
    host: Host,
    area: Area,
    found: list[Slot],
    *,
    room: int | None,
    as_of: date,
) -> ActivityProfile:
    # A line that has left the schedule keeps its row, without a place: it is not on offer.
    offered = [slot for slot in found if slot.capacity] or found
    usable = [slot for slot in offered if slot.taken < slot.capacity] or offered
    terms = ActivityTerms.model_validate(activity.terms)
    left = sum(slot.capacity - slot.taken for slot in found)
    if usable[:1] != offered[:1]:
        # Announced days belong to the first line, and are as full as it is.
        terms = terms.model_copy(update={"next_dates": []})
    return portray(
        terms,
        id=str(activity.id),
        host=str(host.id),
        title=activity.title,
        area=area.ref,
        slots=_dated(usable),
        by_arrangement=any(slot.recurrence is None for slot in usable),
        places_left=left if room is None else min(left, room),
        near=_near(host, area),
        resting_until=host.resting_until,
        last_asked_on=host.last_asked_on,
        heard=heard_in(activity.heard, as_of=as_of),
        as_of=as_of,
    )


def heard_in(kept: Iterable[Mapping[str, Any]], *, as_of: date) -> tuple[Heard, ...]:
    """Return what a host's answers say about arrangements; what is older than a year says no more.

    Questions that no arrangement of the matching answers to have no kind, and "let us talk" says
    neither yes nor no. An answer about one day and time says nothing of all others.
    """
    return tuple(
        Heard(each["kind"], each["answer"] == "yes", on, _figure(each["value"]))
        for each in kept
        if each["kind"] and each["answer"] in {"yes", "no"} and not isinstance(each["value"], str)
        for on in [date.fromisoformat(each["on"])]
        if as_of - on <= HEARD_FOR
    )


def _figure(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _dated(found: Iterable[Slot]) -> Slots:
    return tuple(
        (str(slot.position), ScheduleItem.model_validate(slot.recurrence))
        for slot in found
        if slot.recurrence is not None
    )


def _near(*places: Host | Area) -> tuple[float, float] | None:
    return next(
        (
            (place.lat, place.lon)
            for place in places
            if place.lat is not None and place.lon is not None
        ),
        None,
    )
