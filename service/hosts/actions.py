"""What staff do to the catalogue; every change moves its revision in the same transaction."""

from typing import Any, ClassVar, Final, TypeVar
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.intake import (
    CapacityBelowTakenError,
    save_slots,
    stored_recurrence,
    stored_terms,
)
from catalogue.record import TenantRecord
from catalogue.repository import touch_revision
from catalogue.tables import Activity, Area, Host, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.actions import Staff
from service.hosts import repository
from service.refusals import Kind, Refusal
from service.web.versions import refuse_stale

Row = TypeVar("Row", bound=TenantRecord)


class NoSuchEntry(Refusal):
    kind: ClassVar = Kind.MISSING


class NoSuchArea(Refusal):
    kind: ClassVar = Kind.MISSING


class NameTaken(Refusal):
    kind: ClassVar = Kind.CONFLICT


class PlacesTaken(Refusal):
    kind: ClassVar = Kind.CONFLICT


def entry(session: Session, staff: Staff, kind: type[Row], id_: UUID) -> Row:
    """Return one row of the caller's catalogue, or refuse."""
    return _there(catalogue.get(session, kind, staff.municipality_id, id_))


def _there(row: Row | None) -> Row:
    if row is None:
        raise NoSuchEntry("there is no such entry in the catalogue")
    return row


def area_named(session: Session, staff: Staff, ref: str) -> Area:
    """Return the caller's area of this name, or refuse."""
    area = catalogue.by_ref(session, Area, staff.municipality_id, ref)
    if area is None:
        raise NoSuchArea("there is no such area in this municipality")
    return area


def add_host(session: Session, staff: Staff, values: dict[str, Any]) -> Host:
    """Register somebody who receives; ``values`` as in a file, and columns of Host."""
    columns = _columns(session, staff, values)
    host = Host(municipality_id=staff.municipality_id, **columns)
    _add_once(session, host)
    touch_revision(session, staff.municipality_id)
    return host


def amend_host(
    session: Session, staff: Staff, host_id: UUID, changes: dict[str, Any], *, seen: int | None
) -> Host:
    host = _there(repository.host_locked(session, staff.municipality_id, host_id))
    refuse_stale(host.version, seen)
    _change(host, _columns(session, staff, changes, made_up=False))
    touch_revision(session, staff.municipality_id)
    session.flush()
    return host


# What a host says of itself: by its own link, or by telephone.
CARE: Final = frozenset({"resting_until", "max_people", "confirmed_on"})


def care(
    session: Session, municipality_id: UUID, host_id: UUID, changes: dict[str, Any]
) -> Host | None:
    """Let hold at once what a host says of itself: the catalogue moves in this transaction."""
    host = repository.host_locked(session, municipality_id, host_id)
    if host is not None:
        said = {name: changes[name] for name in CARE & changes.keys()}
        _change(host, said | _no_more(host, said))
        session.flush()
        touch_revision(session, municipality_id)
    return host


def _no_more(host: Host, said: dict[str, Any]) -> dict[str, Any]:
    """Whoever asks for fewer than now is not sent more, whatever number they remember."""
    if "max_people" not in said or host.max_people is None:
        return {}
    return {"max_people": min(host.max_people, said["max_people"])}


def add_activity(
    session: Session,
    staff: Staff,
    values: dict[str, Any],
    *,
    terms: ActivityTerms,
    schedule: list[ScheduleItem],
) -> Activity:
    """Register what a host offers, and make a slot of each line of its schedule."""
    host = entry(session, staff, Host, values["host_id"])
    columns = _columns(session, staff, values) | {"host_id": host.id}
    activity = Activity(municipality_id=staff.municipality_id, terms=stored_terms(terms), **columns)
    _add_once(session, activity)
    save_slots(session, activity, schedule=schedule, capacity=terms.capacity or 0)
    session.flush()
    return activity


def amend_activity(
    session: Session,
    staff: Staff,
    activity_id: UUID,
    changes: dict[str, Any],
    *,
    terms: ActivityTerms,
    schedule: list[ScheduleItem] | None,
    seen: int | None,
) -> Activity:
    """Change what was said of an activity; terms that the caller left out stay as they were."""
    activity = _there(repository.activity_locked(session, staff.municipality_id, activity_id))
    refuse_stale(activity.version, seen)
    said = terms.model_dump(mode="json", exclude_unset=True)
    whole = ActivityTerms.model_validate(activity.terms | said)
    _change(activity, _columns(session, staff, changes, made_up=False))
    activity.terms = stored_terms(whole)
    if schedule is not None:
        _reschedule(session, activity, schedule, whole.capacity or 0)
    elif "capacity" in said:
        _resize(session, activity, whole.capacity or 0)
    touch_revision(session, staff.municipality_id)
    session.flush()
    return activity


def _reschedule(
    session: Session, activity: Activity, schedule: list[ScheduleItem], capacity: int
) -> None:
    try:
        save_slots(session, activity, schedule=schedule, capacity=capacity)
    except CapacityBelowTakenError as error:
        raise PlacesTaken("more places are taken than would be left", taken=error.taken) from None


def _resize(session: Session, activity: Activity, capacity: int) -> None:
    """Give every slot that is open this capacity; a line that was closed stays closed."""
    slots = repository.slots_of(session, [activity.id])[activity.id]
    for slot in [slot for slot in slots if slot.capacity] or slots:
        if not repository.set_capacity(session, slot.id, capacity):
            raise PlacesTaken("more places are taken than would be left", taken=slot.taken)
        repository.slot_now(session, slot.id)


def add_slot(
    session: Session, staff: Staff, activity_id: UUID, *, item: ScheduleItem | None, capacity: int
) -> Slot:
    """Add one more time at which an activity takes people."""
    activity = _there(repository.activity_locked(session, staff.municipality_id, activity_id))
    slot = Slot(
        municipality_id=staff.municipality_id,
        activity_id=activity.id,
        position=repository.next_position(session, activity.id),
        recurrence=stored_recurrence(item) if item else None,
        capacity=capacity,
    )
    session.add(slot)
    touch_revision(session, staff.municipality_id)
    session.flush()
    return slot


def amend_slot(
    session: Session, staff: Staff, slot_id: UUID, *, capacity: int, seen: int | None
) -> Slot:
    """Change how many a slot takes; never below those who hold a place."""
    slot = _there(repository.slot_locked(session, staff.municipality_id, slot_id))
    refuse_stale(slot.version, seen)
    if not repository.set_capacity(session, slot.id, capacity):
        raise PlacesTaken("more places are taken than would be left")
    touch_revision(session, staff.municipality_id)
    return repository.slot_now(session, slot.id)


def _columns(
    session: Session, staff: Staff, values: dict[str, Any], *, made_up: bool = True
) -> dict[str, Any]:
    """Turn a file's words into columns: the area's name into its id, a missing name made up."""
    columns = dict(values)
    if "area" in columns:
        columns["area_id"] = area_named(session, staff, columns.pop("area")).id
    if made_up and not columns.get("ref"):
        columns["ref"] = uuid4().hex
    return columns


def _change(row: Host | Activity, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1


def _add_once(session: Session, row: Host | Activity) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise NameTaken("another entry has this ref") from None
