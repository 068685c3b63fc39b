"""Lay a window of the cadence on the calendar, bend it within its bounds, and see it answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from service.followup.cadence import Count, Occasion, Window
from service.followup.ledger import Left, Told
from service.followup.workdays import add_working_days, on_or_after, on_or_before, shifted
from service.placements.lifecycle import Side

_NAMES: Final = UUID("6f0b0a2e-3c9b-5f0e-9d1c-0b6d3c5a7e41")


class Bend(StrEnum):
    """Why a date lies elsewhere in its window than in the middle."""

    WORSE = "worse"
    STEADY = "steady"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a window is about; ``id`` names the placement, person, host or concern."""

    id: UUID
    side: Side
    placement_id: UUID | None = None
    person_id: UUID | None = None
    host_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One contact that is owed: since when, to whom, why, and why on this date.

    It stands in the queue from ``earliest`` and is answered from ``opens``: the same day, but for
    a promised one, which nobody is reminded of beforehand.
    """

    id: UUID
    subject: Subject
    occasion: Occasion
    since: date
    opens: date
    earliest: date
    due: date
    late: date
    bend: Bend | None = None
    back_on: date | None = None
    deferrals: int = 0
    another_way: bool = False

    @property
    def side(self) -> Side:
        return self.subject.side


class Span(NamedTuple):
    earliest: date
    due: date
    late: date


def lay(
    window: Window,
    subject: Subject,
    occasion: Occasion,
    *,
    since: date,
    bend: Bend | None = None,
    promised: date | None = None,
    closures: frozenset[date] = frozenset(),
) -> Due:
    """Return what is owed. Only what comes again is bent; a promise goes before a trend."""
    span, bend = (
        _bent(window, since, bend, promised) if window.every else (_raw(window, since), None)
    )
    aimed = shifted(since, window.due if window.named is None else window.named)
    name = f"{subject.id}/{subject.side}/{occasion}/{aimed.isoformat()}"
    span = _on_working_days(window, since, span, closures)
    opens = min(span.earliest, shifted(since, window.earliest))
    return Due(uuid5(_NAMES, name), subject, occasion, since, opens, *span, bend)


def _raw(window: Window, since: date) -> Span:
    return Span(*(shifted(since, n) for n in (window.earliest, window.due, window.late)))


def _bent(
    window: Window, since: date, bend: Bend | None, promised: date | None
) -> tuple[Span, Bend | None]:
    span = _raw(window, since)
    if promised is not None and promised > since:
        aimed = min(promised, span.late)
        late = min(span.late, shifted(aimed, (span.late - span.due).days))
        return Span(aimed if aimed == promised else span.earliest, aimed, late), Bend.PROMISED
    if bend is Bend.WORSE:
        return Span(span.earliest, span.earliest, span.due), bend
    if bend is Bend.STEADY:
        return Span(span.earliest, span.late, span.late), bend
    return span, None


def _on_working_days(window: Window, since: date, span: Span, closures: frozenset[date]) -> Span:
    # A first day stays as it is: whoever meets somebody on a Sunday has met them.
    if window.count is Count.BACKWARD:
        return Span(*(on_or_before(day, closures) for day in span))
    if window.count is Count.WORKING:
        due, late = (add_working_days(since, n, closures) for n in (window.due, window.late))
        return Span(span.earliest, due, late)
    return Span(span.earliest, on_or_after(span.due, closures), on_or_after(span.late, closures))


def answered_on(due: Due, told: Iterable[Told], left: Iterable[Left]) -> date | None:
    """Return the first day on which it was answered: a contact in or after its window, or a why."""
    days = [each.on for each in told if each.answers and each.on >= due.opens]
    days += [
        max(each.on, due.opens) for each in left if each.item_id == due.id and each.until is None
    ]
    return min(days, default=None)


def deferred(due: Due, left: Iterable[Left], closures: frozenset[date]) -> Due:
    """Move what was put off to the day on which it comes back; its width stays."""
    untils = [each.until for each in left if each.item_id == due.id and each.until]
    if not untils:
        return due
    back_on = max(untils)
    aimed = on_or_after(max(due.due, back_on), closures)
    late = on_or_after(shifted(aimed, (due.late - due.due).days), closures)
    return replace(due, back_on=back_on, due=aimed, late=late, deferrals=len(untils))
