"""Set the office's rhythm: another cadence from a day on, closures, and what a change would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from service.accounts.actions import Staff
from service.clock import local_day
from service.followup.bounds import Fault, Lines, cadence_of, faults, lines_of
from service.followup.cadence import STANDARD
from service.followup.figures import Counts, counted, counts_of
from service.followup.office import as_lines, closed_days
from service.followup.repository import queue, settings
from service.followup.repository.queue import Scope, Tally
from service.followup.repository.sources import everybody
from service.followup.tables import CadenceVersion, Closure
from service.followup.upkeep import Cells, rows_of
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event

LONGEST_CLOSURE: Final = timedelta(days=31)
FURTHEST: Final = timedelta(days=366)
CLOSED_UNTIL: Final = timedelta(days=2 * 366)  # as far as anybody plans an office's holidays
CHANGED: Final = "somebody set another rhythm meanwhile; please look again"


class UnfitRhythm(Refusal):
    """Figures that may not hold; ``faults`` says where and what."""

    kind: ClassVar = Kind.MALFORMED


class UnfitDays(Refusal):
    kind: ClassVar = Kind.MALFORMED


class TooFarOff(UnfitDays):
    """A year typed wrongly: nobody closes an office that far ahead."""


class RhythmChanged(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoSuchClosure(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the caller's queue of today."""

    now: Counts
    then: Counts
    appearing: int
    leaving: int
    sooner: int
    later: int


def current(session: Session, staff: Staff) -> CadenceVersion | None:
    """Return the version that was made last; None as long as the standard holds."""
    return next(iter(settings.versions(session, staff.municipality_id)), None)


def lines_in(version: CadenceVersion | None) -> Lines:
    return as_lines(version.lines) if version else lines_of(STANDARD)


def set_lines(
    session: Session,
    staff: Staff,
    lines: Lines,
    *,
    based_on: int,
    effective_on: date,
    note: str,
    at: datetime,
) -> CadenceVersion:
    """Append a version that holds from a day on; what was before it stays written down."""
    refuse_unfit(lines)
    today = local_day(at)
    if not today <= effective_on <= today + FURTHEST:
        raise UnfitDays("a rhythm holds from today or a later day on", field="effective_on")
    last = current(session, staff)
    if (last.version if last else 0) != based_on:
        raise RhythmChanged(CHANGED)
    version = CadenceVersion(
        municipality_id=staff.municipality_id,
        version=based_on + 1,
        effective_on=effective_on,
        lines={occasion: dict(sides) for occasion, sides in lines.items()},
        note=note,
        recorded_at=at,
        recorded_by=staff.id,
    )
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError:  # two saw the same version: its number lets one of them in
        raise RhythmChanged(CHANGED) from None
    _tell(session, staff, "cadence", at=at)
    return version


def refuse_unfit(lines: Lines) -> None:
    """Refuse figures that may not hold, naming each with what would still do."""
    if found := list(faults(lines)):
        raise UnfitRhythm(
            "some figures may not hold: see faults", faults=[told(fault) for fault in found]
        )


def told(fault: Fault) -> dict[str, str | int | None]:
    return {"where": fault.where, "amiss": fault.amiss, "allowed": fault.allowed}


def effect(session: Session, staff: Staff, lines: Lines, *, at: datetime) -> Effect:
    """Say what a change would do to today's queue, and write nothing down."""
    refuse_unfit(lines)
    scope, today = Scope(staff), local_day(at)
    now = counts_of(session, scope)
    before = dict(queue.days(session, scope))
    then = list(_then(session, scope, lines, today))
    after = {_thing(cells): cells["due"] for cells in then}
    both = before.keys() & after.keys()
    return Effect(
        now=now,
        then=counted(Tally(each["rank"], each["side"], *_marks(each), 1) for each in then),
        appearing=len(after.keys() - before.keys()),
        leaving=len(before.keys() - after.keys()),
        sooner=sum(after[thing] < before[thing] for thing in both),
        later=sum(after[thing] > before[thing] for thing in both),
    )


def _then(session: Session, scope: Scope, lines: Lines, today: date) -> Iterable[Cells]:
    tenant = scope.staff.municipality_id
    cadence = cadence_of(lines, closed_days(settings.spans(session, tenant)))
    people, hosts = queue.people_in_sight(session, scope), queue.hosts_in_sight(session, scope)
    for subjects in everybody(session, tenant):
        for cells in rows_of(session, tenant, subjects, cadence, today):
            seen = cells["about_id"] is None or cells["about_id"] in people
            open_to = cells["person_id"] is not None or cells["host_id"] in hosts
            if cells["rank"] is not None and seen and open_to:
                yield cells


def _thing(cells: Cells) -> tuple[UUID, str, str]:
    return cells["topic_id"], cells["side"], cells["occasion"]


def _marks(cells: Cells) -> tuple[bool, bool]:
    return cells["another_way"], cells["deferrals"] >= queue.DEFERRALS_IN_A_ROW


def close_office(
    session: Session, staff: Staff, *, first_on: date, last_on: date, name: str, at: datetime
) -> Closure:
    """Write down days on which nobody is there; windows give way to them at once."""
    if last_on < first_on or last_on - first_on >= LONGEST_CLOSURE:
        raise UnfitDays("an office is closed from a day to a later one, 31 days at most")
    if last_on > local_day(at) + CLOSED_UNTIL:
        latest = (local_day(at) + CLOSED_UNTIL).isoformat()
        raise TooFarOff("an office's closures reach two years ahead", latest=latest)
    closure = Closure(
        municipality_id=staff.municipality_id,
        first_on=first_on,
        last_on=last_on,
        name=name,
        recorded_at=at,
        recorded_by=staff.id,
    )
    session.add(closure)
    session.flush()
    _tell(session, staff, "closure", at=at)
    return closure


def open_again(session: Session, staff: Staff, closure_id: UUID, *, at: datetime) -> None:
    """Take a closure back; that it stood stays written down."""
    closure = settings.closure_of(session, staff.municipality_id, closure_id)
    if closure is None:
        raise NoSuchClosure("no such closure")
    closure.ended_at, closure.ended_by = at, staff.id
    session.flush()
    _tell(session, staff, "closure", at=at)


def closures(session: Session, staff: Staff) -> Sequence[Closure]:
    return settings.closures(session, staff.municipality_id)


def _tell(session: Session, staff: Staff, setting: str, *, at: datetime) -> None:
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.SETTING_CHANGED,
        at=at,
        detail={"setting": setting},
    )
