"""What a person could change a little so that more opens: one lever for each limit that may move.

A lever is a question to the person, never advice. Safety, health, age, consent, money, the body and
hard ceilings have no lever.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from catalogue.profiles import DIMENSIONS, Limit, LimitKind, PersonProfile, Window
from matching.answer import Value
from matching.arrays import Rows
from matching.case import Case
from matching.limits import Finding
from matching.limits.states import words
from matching.openings import DAY, bounds

# The least change that is worth a question; assumptions of this project, in the unit of the limit.
UNITS: Final[Mapping[str, int]] = {
    "travel": 10,  # minutes one way
    "minutes_at_most": 10,  # minutes a time
    "group_at_most": 2,  # people
    "per_month_at_most": 1,  # times
}
HALF_HOUR: Final = 30
TRIES: Final = 4  # of growing changes: a greater one is no small step any more
NOON, EVENING = 12 * 60, 17 * 60


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one person's picture, from what was said to what is asked."""

    from_: Value
    to: Value
    person: PersonProfile


Lever = Callable[[Case, Finding, Rows], Iterator[tuple[Change, ...]]]


def _with(person: PersonProfile, kind: LimitKind, value: int) -> PersonProfile:
    """Return the person with every limit of a kind moved to a value."""
    moved = (Limit(x.kind, value, x.text) if x.kind is kind else x for x in person.limits)
    return replace(person, limits=tuple(moved))


def _moved(person: PersonProfile, code: str, value: int) -> PersonProfile:
    if code == "travel":
        return replace(person, max_minutes=value)
    return _with(person, LimitKind(code), value)


def _more(case: Case, finding: Finding, _rows: Rows) -> Iterator[tuple[Change, ...]]:
    """Raise a figure in useful steps."""
    said, code = finding.limit, finding.code
    if isinstance(said, int):
        figures = (said + UNITS[code] * step for step in range(1, TRIES + 1))
        yield tuple(Change(said, to, _moved(case.person, code, to)) for to in figures)


def _one_level(case: Case, finding: Finding, _rows: Rows) -> Iterator[tuple[Change, ...]]:
    """Raise a ceiling that is not hard by one level."""
    name, said = finding.code.removeprefix("load."), finding.limit
    if name not in case.person.hard_dimensions and isinstance(said, int):
        ceiling = replace(case.person.ceiling, **{name: said + 1})
        yield (Change(said, said + 1, replace(case.person, ceiling=ceiling)),)


def _hour(case: Case, finding: Finding, _rows: Rows) -> Iterator[tuple[Change, ...]]:
    """Move the hour before or after which nothing goes, by half hours."""
    kind = LimitKind(finding.code)
    said = bounds(case.person.limits)[kind is LimitKind.NOT_AFTER]
    way = 1 if kind is LimitKind.NOT_AFTER else -1
    hours = (said + way * HALF_HOUR * step for step in range(1, TRIES + 1))
    yield tuple(Change(said, to, _with(case.person, kind, to)) for to in hours if 0 <= to <= DAY)


def part_of_day(start: int) -> int:
    """Return 0 for a morning, 1 for an afternoon, 2 for an evening; minutes after midnight."""
    return int(start >= NOON) + int(start >= EVENING)


def _another_time(case: Case, _finding: Finding, rows: Rows) -> Iterator[tuple[Change, ...]]:
    """Add one half day of the week, as wide as the shortest sessions in it ask."""
    openings, person = case.index.openings, case.person
    wanted: dict[tuple[int, int], tuple[int, int]] = {}
    ends = np.append(openings.offset, len(openings.code))
    for pattern in np.unique(openings.pattern[rows]).tolist():
        for code in openings.code[ends[pattern] : ends[pattern + 1]].tolist():
            start = int(openings.start[code])
            least = min(int(openings.need[pattern]), int(openings.end[code]) - start)
            cell = int(openings.day[code]), part_of_day(start)
            low, high = wanted.get(cell, (start, start + least))
            wanted[cell] = min(low, start), max(high, start + least)
    for (day, _), (low, high) in sorted(wanted.items()):
        window = Window(frozenset({day}), low, high)
        opened = replace(person, windows=(*person.windows, window))
        yield (Change(None, (day, low, high), opened),)


def _left_out(case: Case, finding: Finding, _rows: Rows) -> Iterator[tuple[Change, ...]]:
    """Leave out one word of a limit, or a limit that has none."""
    kind, word = LimitKind(finding.code), finding.limit
    kept = []
    for limit in case.person.limits:
        left = tuple(each for each in words(limit) if each != word)
        if limit.kind is not kind:
            kept.append(limit)
        elif left:
            kept.append(Limit(kind, left, limit.text))
    yield (Change(word or None, None, replace(case.person, limits=tuple(kept))),)


# In the order in which to ask where two would open as much; what has no lever is never asked.
LEVERS: Final[Mapping[str, Lever]] = {
    "windows": _another_time,
    "not_before": _hour,
    "not_after": _hour,
    "travel": _more,
    "minutes_at_most": _more,
    "per_month_at_most": _more,
    "group_at_most": _more,
    **dict.fromkeys((f"load.{name}" for name in DIMENSIONS), _one_level),
    "no_role": _left_out,
    "no_company": _left_out,
    "no_label": _left_out,
    "may_leave_any_time": _left_out,
    "no_task_expected": _left_out,
    "no_talking_required": _left_out,
}
