"""Lay a month out as sheets of rows, and write down what was typed from one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity, Slot
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import TOKYO
from service.hosts import leaflet
from service.persons.names.actions import called
from service.placements.actions import NoSuchPlacement
from service.placements.tables import Placement
from service.refusals import Kind, Refusal
from service.visits.actions import RESOURCE, record_visit, visits_of
from service.visits.month import repository
from service.visits.month.rules import Mark, days_of
from service.visits.tables import Visit

ROWS: Final = 20  # of one sheet: what an A4 page holds, and what one screen of boxes is


class DayTaken(Refusal):
    """Something else is written down of this day; whoever knows better corrects that."""

    kind: ClassVar = Kind.CONFLICT


class Misfits(Refusal):
    """Nothing was written down: some boxes cannot be, each named with its reason."""

    kind: ClassVar = Kind.CONFLICT

    def __init__(self, why: Mapping[str, Refusal]) -> None:
        super().__init__("nothing was written down; some boxes do not fit")
        self.why = why


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose month: one worker's, or what goes on at one host."""

    month: date
    owner_id: UUID | None = None
    host_id: UUID | None = None

    @property
    def last(self) -> date:
        return days_of(self.month)[-1]


@dataclass(frozen=True, slots=True)
class Row:
    """One placement in a month: on which days somebody is expected, and what is known already."""

    placement: Placement
    code: str
    called: str
    activity: str
    host: str
    expected: tuple[date, ...]
    known: Mapping[date, Sequence[Visit]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled box of the grid, by the name under which it was sent."""

    name: str
    placement_id: UUID
    day: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class Kept:
    """How many days were written down, and how many stood there already."""

    new: int
    known: int


def sheets(session: Session, staff: Staff, scope: Scope) -> int:
    """Return how many sheets a month fills; an empty one is still a sheet."""
    found = repository.count(
        session,
        staff,
        first=scope.month,
        last=scope.last,
        owner_id=scope.owner_id,
        host_id=scope.host_id,
    )
    return max(1, -(-found // ROWS))


def rows(
    session: Session,
    staff: Staff,
    scope: Scope,
    *,
    sheet: int,
    at: datetime,
    number: int = 1,
    by_name: bool = False,
) -> list[Row]:
    """Return the rows of some sheets of a month, and write down who was listed."""
    found = repository.attended(
        session,
        staff,
        first=scope.month,
        last=scope.last,
        owner_id=scope.owner_id,
        host_id=scope.host_id,
        skip=(sheet - 1) * ROWS,
        limit=number * ROWS,
    )
    people = sorted({person.id for _, person, *_ in found})
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    known = _known(session, [placement.id for placement, *_ in found], scope)
    names = called(session, people) if by_name else {}
    return [
        Row(
            placement,
            person.code,
            names.get(person.id, ""),
            activity.title,
            host.name,
            _expected(placement, activity, slot, scope),
            known[placement.id],
        )
        for placement, person, slot, activity, host in found
    ]


def _known(
    session: Session, placement_ids: Sequence[UUID], scope: Scope
) -> dict[UUID, dict[date, list[Visit]]]:
    found: dict[UUID, dict[date, list[Visit]]] = defaultdict(lambda: defaultdict(list))
    for visit in visits_of(session, placement_ids, first=scope.month, last=scope.last):
        found[visit.placement_id][visit.occurred_on].append(visit)
    return found


def _expected(
    placement: Placement, activity: Activity, slot: Slot, scope: Scope
) -> tuple[date, ...]:
    """Return the days of the month on which the slot is open, from the first agreed one on."""
    opened = leaflet.openings(activity, [slot], today=scope.month)
    days = sorted({each.start.astimezone(TOKYO).date() for each in opened})
    first = placement.first_on or scope.month
    return tuple(day for day in days if max(first, scope.month) <= day <= scope.last)


def type_back(
    session: Session, staff: Staff, scope: Scope, cells: Sequence[Cell], *, at: datetime
) -> Kept:
    """Write down every box, or nothing: what is known already is not doubled.

    Raises:
        Misfits: some boxes cannot be written down; the caller undoes what was.

    """
    ids = sorted({cell.placement_id for cell in cells})
    there = repository.hold(session, staff, ids)
    known = _known(session, ids, scope)
    why: dict[str, Refusal] = {}
    new = 0
    for cell in cells:
        stands = known[cell.placement_id][cell.day]
        if cell.placement_id not in there:
            why[cell.name] = NoSuchPlacement("no such placement")
        elif not stands:
            try:
                stands.append(_record(session, staff, cell, at=at))
                new += 1
            except Refusal as refused:
                why[cell.name] = refused
        elif not any(_says(visit, cell.mark) for visit in stands):
            why[cell.name] = DayTaken("something else is written down of this day")
    if why:
        raise Misfits(why)
    return Kept(new, len(cells) - new)


def _record(session: Session, staff: Staff, cell: Cell, *, at: datetime) -> Visit:
    return record_visit(session, staff, cell.placement_id, cell.mark.on(cell.day), at=at)


def _says(visit: Visit, mark: Mark) -> bool:
    """Say whether a visit is what a box says; a box without minutes leaves them open."""
    return visit.outcome is mark.outcome and mark.minutes in (None, visit.minutes)
