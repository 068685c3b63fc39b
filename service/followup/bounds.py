"""What an office may set of its cadence, and where a wish goes too far. Pure.

An office sets figures; what a line counts from and whether it comes again stays as it is. Nobody
can be made to wait longer than the bounds say, and no line can be taken away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from service.followup.cadence import STANDARD, Cadence, Line, Occasion, Window
from service.placements.lifecycle import Side

Figures = tuple[int, int, int]
Lines = Mapping[Occasion, Mapping[Side, Sequence[Figures]]]


class Amiss(StrEnum):
    """What is wrong with a figure."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    UNORDERED = "unordered"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"
    OVERLAPPING = "overlapping"
    TOO_FAR_APART = "too_far_apart"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a table of lines goes wrong, what it is, and the figure that would still do."""

    occasion: Occasion
    side: Side
    window: int
    amiss: Amiss
    allowed: int | None = None

    @property
    def where(self) -> str:
        return f"{self.occasion}.{self.side}.{self.window + 1}"


@dataclass(frozen=True, slots=True)
class Bound:
    """No window begins before ``soonest`` or is late after ``latest``, as its line counts."""

    soonest: int
    latest: int


MOST_WINDOWS: Final = 12
FURTHEST_APART: Final = 200
SERVED: Final = (Side.PERSON, Side.HOST)
_FAR: Final = 1000  # no figure goes so far, so no two windows go by the same name

BOUNDS: Final[dict[tuple[Occasion, Side], Bound]] = {
    (Occasion.CONCERN, Side.PERSON): Bound(0, 2),
    (Occasion.CONCERN, Side.HOST): Bound(0, 2),
    (Occasion.BEFORE_FIRST, Side.PERSON): Bound(-30, -1),
    (Occasion.BEFORE_FIRST, Side.HOST): Bound(-30, -1),
    (Occasion.AFTER_FIRST, Side.PERSON): Bound(0, 7),
    (Occasion.AFTER_FIRST, Side.HOST): Bound(0, 7),
    (Occasion.EARLY, Side.PERSON): Bound(1, 14),
    (Occasion.EARLY, Side.HOST): Bound(1, 28),
    (Occasion.MIDDLE, Side.PERSON): Bound(1, 31),
    (Occasion.MIDDLE, Side.HOST): Bound(28, 91),
    (Occasion.LATER, Side.PERSON): Bound(1, 62),
    (Occasion.LATER, Side.HOST): Bound(63, 395),
    (Occasion.YEARLY, Side.PERSON): Bound(180, 400),
    (Occasion.YEARLY, Side.HOST): Bound(180, 400),
    (Occasion.RESTED, Side.PERSON): Bound(0, 7),
    (Occasion.RESTED, Side.HOST): Bound(0, 7),
    (Occasion.UNHEARD, Side.PERSON): Bound(0, 7),
    (Occasion.UNHEARD, Side.HOST): Bound(0, 7),
    (Occasion.STEPPED_BACK, Side.PERSON): Bound(0, 7),
    (Occasion.TOLD_OF_REST, Side.HOST): Bound(0, 3),
    (Occasion.RESTING, Side.PERSON): Bound(1, 30),
    (Occasion.RESTING, Side.HOST): Bound(1, 62),
    (Occasion.EXIT, Side.PERSON): Bound(0, 7),
    (Occasion.EXIT, Side.HOST): Bound(0, 14),
    (Occasion.AFTERWARDS, Side.PERSON): Bound(7, 120),
    (Occasion.ASKED, Side.HOST): Bound(1, 14),
    (Occasion.WAITING, Side.PERSON): Bound(1, 62),
    (Occasion.WAITING, Side.HOST): Bound(1, 62),
    (Occasion.AT_HOME, Side.PERSON): Bound(1, 62),
    (Occasion.CONSENT_ENDS, Side.PERSON): Bound(-90, -1),
    (Occasion.UNCONFIRMED, Side.HOST): Bound(30, 365),
}


def lines_of(cadence: Cadence) -> dict[Occasion, dict[Side, list[Figures]]]:
    """Return the figures of a cadence, and nothing that an office may not set."""
    return {
        line.occasion: {
            side: [(each.earliest, each.due, each.late) for each in line.windows(side)]
            for side in SERVED
            if line.windows(side)
        }
        for line in cadence.lines
    }


def faults(lines: Lines) -> Iterator[Fault]:
    """Yield everything that is wrong with a table of lines; nothing, if it may hold."""
    for occasion in Occasion:
        for side in Side:
            given = lines.get(occasion, {}).get(side, ())
            bound = BOUNDS.get((occasion, side))
            if bound is None:
                if given:
                    yield Fault(occasion, side, 0, Amiss.UNKNOWN)
                continue
            yield from _numbered(occasion, side, given)
            for window, figures in enumerate(given):
                for amiss, allowed in _figures(figures, bound):
                    yield Fault(occasion, side, window, amiss, allowed)
            yield from _apart(occasion, side, given)


def _numbered(occasion: Occasion, side: Side, given: Sequence[Figures]) -> Iterator[Fault]:
    least = len(STANDARD.line(occasion).windows(side))
    if len(given) < least:
        yield Fault(occasion, side, len(given), Amiss.MISSING, least)
    most = MOST_WINDOWS if least > 1 else 1
    if len(given) > most:
        yield Fault(occasion, side, most, Amiss.TOO_MANY, most)


def _figures(figures: Figures, bound: Bound) -> Iterator[tuple[Amiss, int | None]]:
    earliest, due, late = figures
    if not earliest <= due <= late:
        yield Amiss.UNORDERED, None
    if min(figures) < bound.soonest:
        yield Amiss.TOO_SOON, bound.soonest
    if max(figures) > bound.latest:
        yield Amiss.TOO_LATE, bound.latest


def _apart(occasion: Occasion, side: Side, given: Sequence[Figures]) -> Iterator[Fault]:
    for window, (before, after) in enumerate(pairwise(given), start=1):
        if after[0] <= before[2]:
            yield Fault(occasion, side, window, Amiss.OVERLAPPING, before[2] + 1)
        elif after[1] - before[1] > FURTHEST_APART:
            yield Fault(occasion, side, window, Amiss.TOO_FAR_APART, before[1] + FURTHEST_APART)


def cadence_of(lines: Lines, closures: frozenset[date] = frozenset()) -> Cadence:
    """Return the cadence of these figures; whatever is not a figure is as in the standard."""
    return Cadence(tuple(_line(line, lines) for line in STANDARD.lines), closures)


def _line(standard: Line, lines: Lines) -> Line:
    given = lines.get(standard.occasion, {})
    return replace(
        standard,
        person=_windows(standard.person, given.get(Side.PERSON)),
        host=_windows(standard.host, given.get(Side.HOST)),
    )


def _windows(standard: tuple[Window, ...], given: Sequence[Figures] | None) -> tuple[Window, ...]:
    if not given or not standard:
        return standard
    return tuple(
        replace(
            standard[0], earliest=earliest, due=due, late=late, named=_name(standard, number, due)
        )
        for number, (earliest, due, late) in enumerate(given)
    )


def _name(standard: tuple[Window, ...], number: int, due: int) -> int | None:
    """Return what a window goes by: its line's own figure, or its number where there is none."""
    own = standard[number].due if number < len(standard) else number * _FAR
    return None if own == due else own
