"""Take a catalogue file into the database: repeatable, and never over the heads of people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlmodel import Session

from catalogue.exchange.models import ActivityRow, AreaRow, CatalogueFile, HostRow
from catalogue.repository import all_by_ref, slots_by_activity, touch_revision
from catalogue.tables import Activity, Area, Host, Municipality, Slot
from catalogue.terms import ActivityTerms, ScheduleItem

Kept = TypeVar("Kept", Area, Host, Activity, Slot)
Values = dict[str, Any]
Recurrence = Values | None
BY_ARRANGEMENT: Final[list[Recurrence]] = [None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many areas, hosts, activities and slots a file added, changed or left as they were.

    ``closed`` counts slots that stand in the file no more and take nobody now; ``kept`` counts
    those that stand in it no more but still hold somebody, and so were left alone.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    kept: int = 0


class CapacityBelowTakenError(ValueError):
    """A file offers fewer places than people hold already."""

    def __init__(self, activity: str, *, capacity: int, taken: int) -> None:
        """Name the activity by its name in the file."""
        super().__init__(f"activity {activity}: {taken} places are taken, {capacity} offered")
        self.activity, self.capacity, self.taken = activity, capacity, taken


def save_catalogue(session: Session, municipality: Municipality, file: CatalogueFile) -> Imported:
    """Bring the stored catalogue into agreement with a file; the same file twice changes nothing.

    Rows are found by the file's own names within the municipality. What is stored but not in the
    file stays. Places that are taken stay taken.

    Raises:
        CapacityBelowTakenError: the file offers fewer places in a slot than are taken; the caller's
            transaction has to be rolled back.

    """
    tally = Counter[str]()
    _Intake(session, municipality.id, tally).take(file)
    if tally.total() > tally["unchanged"] + tally["kept"]:
        touch_revision(session, municipality.id)
    return Imported(**tally)


def save_slots(
    session: Session, activity: Activity, *, schedule: list[ScheduleItem], capacity: int
) -> Imported:
    """Bring one activity's slots into agreement with a schedule; empty means by arrangement.

    Raises:
        CapacityBelowTakenError: a slot would offer fewer places than are taken.

    """
    tally = Counter[str]()
    intake = _Intake(session, activity.municipality_id, tally)
    found = slots_by_activity(session, activity.municipality_id, activity_id=activity.id)
    intake.slots(activity, schedule, capacity, found.get(activity.id, []))
    if tally.total() > tally["unchanged"] + tally["kept"]:
        touch_revision(session, activity.municipality_id)
    return Imported(**tally)


def stored_terms(terms: ActivityTerms) -> dict[str, Any]:
    """Give the document that the column ``terms`` holds: plain JSON without what is unknown."""
    return terms.model_dump(mode="json", exclude_defaults=True)


def stored_recurrence(item: ScheduleItem) -> dict[str, Any]:
    """Give the document that the column ``recurrence`` holds."""
    return item.model_dump(mode="json", exclude_defaults=True)


class _Intake:
    def __init__(self, session: Session, municipality_id: UUID, tally: Counter[str]) -> None:
        self._session = session
        self._municipality_id = municipality_id
        self._tally = tally

    def take(self, file: CatalogueFile) -> None:
        # Parents reach the database before their children: there are no ORM relationships.
        areas = self._areas(file.areas)
        self._session.flush()
        hosts = self._hosts(file.hosts, areas)
        self._session.flush()
        self._activities(file.activities, areas, hosts)
        self._session.flush()

    def _areas(self, rows: list[AreaRow]) -> dict[str, Area]:
        known = all_by_ref(self._session, Area, self._municipality_id)
        for row in rows:
            values: Values = {"ref": row.id, "name": row.name, "lat": row.lat, "lon": row.lon}
            known[row.id] = self._keep(Area, known.get(row.id), values)
        return known

    def _hosts(self, rows: list[HostRow], areas: dict[str, Area]) -> dict[str, Host]:
        known = all_by_ref(self._session, Host, self._municipality_id)
        for row in rows:
            values: Values = {
                "ref": row.id,
                "name": row.name,
                "type": row.type,
                "area_id": areas[row.area].id,
                "lat": row.lat,
                "lon": row.lon,
            }
            known[row.id] = self._keep(Host, known.get(row.id), values)
        return known

    def _activities(
        self, rows: list[ActivityRow], areas: dict[str, Area], hosts: dict[str, Host]
    ) -> None:
        known = all_by_ref(self._session, Activity, self._municipality_id)
        for row in rows:
            values: Values = {
                "ref": row.id,
                "host_id": hosts[row.host].id,
                "area_id": areas[row.area].id,
                "title": row.title,
                "open": row.open,
                "terms": stored_terms(row.terms()),
            }
            known[row.id] = self._keep(Activity, known.get(row.id), values)
        self._session.flush()
        slots = slots_by_activity(self._session, self._municipality_id)
        for row in rows:
            activity = known[row.id]
            self.slots(activity, row.schedule, row.capacity, slots.get(activity.id, []))

    def slots(
        self, activity: Activity, schedule: list[ScheduleItem], capacity: int, found: list[Slot]
    ) -> None:
        wanted: list[Recurrence] = [stored_recurrence(item) for item in schedule]
        pairs, left = _paired(wanted or BY_ARRANGEMENT, found)
        position = max((slot.position for slot in found), default=-1)
        for recurrence, slot in pairs:
            values: Values = {"recurrence": recurrence, "capacity": capacity}
            if slot is None:
                position += 1
                values |= {"activity_id": activity.id, "position": position}
            elif slot.taken > capacity:
                raise CapacityBelowTakenError(activity.ref, capacity=capacity, taken=slot.taken)
            self._keep(Slot, slot, values)
        self._close(left)

    def _close(self, left: list[Slot]) -> None:
        # A closed slot stays as a row: placements that have ended still speak of it.
        for slot in left:
            if slot.taken:
                self._tally["kept"] += 1
            elif slot.capacity:
                slot.capacity = 0
                self._tally["closed"] += 1

    def _keep(self, kind: type[Kept], row: Kept | None, values: Values) -> Kept:
        """Add a row, or change what differs; a row that agrees is not touched."""
        if row is None:
            row = kind(municipality_id=self._municipality_id, **values)
            self._session.add(row)
            self._tally["added"] += 1
            return row
        moved = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in moved.items():
            setattr(row, name, value)
        if moved and isinstance(row, Host | Activity | Slot):
            row.version += 1
        self._tally["changed" if moved else "unchanged"] += 1
        return row


def _paired(
    wanted: Sequence[Recurrence], found: list[Slot]
) -> tuple[list[tuple[Recurrence, Slot | None]], list[Slot]]:
    """Pair each wanted recurrence with the slot that has it, else with a slot left over."""
    left = list(found)
    pairs: list[tuple[Recurrence, Slot | None]] = []
    for recurrence in wanted:
        same = next((slot for slot in left if slot.recurrence == recurrence), None)
        if same:
            left.remove(same)
        pairs.append((recurrence, same))
    # A changed line may reuse a slot that holds nobody; people are never moved to another hour.
    spare = [slot for slot in left if slot.capacity and not slot.taken]
    for at, (recurrence, slot) in enumerate(pairs):
        if slot is None and spare:
            pairs[at] = (recurrence, spare[0])
            left.remove(spare.pop(0))
    return pairs, left
