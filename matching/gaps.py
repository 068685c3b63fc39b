"""What hosts could change so that more people had somewhere to go: counts only, never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from catalogue.profiles import PersonProfile
from matching.answer import Value
from matching.arrays import Flags, Ints
from matching.case import Case, consider
from matching.held import why_held
from matching.index import Index
from matching.levers import EVENING, NOON
from matching.nothing import blocking
from matching.openings import DAY, bounds

# What a host may change, each with its words; age, hazards and what a person refused stay.
CHANGEABLE: Final = (
    "full",
    "group_at_most",
    "minutes_at_most",
    "per_month_at_most",
    "no_talking_required",
    "no_task_expected",
    "may_leave_any_time",
    "accompaniment",
    "companion_required",
    "brings",
    "seated",
    "steps_at_most",
    "wheelchair",
    "wheelchair_toilet",
    "lift_at_most_kg",
    "no_fee",
    "money_max_yen",
    "no_outdoors",
    "travel",
    "walk_at_most_minutes",
    "load.physical",
    "load.social",
    "load.cognitive",
    "load.sensory",
    "load.pressure",
)
TIMES: Final = ("windows", "not_before", "not_after")
PARTS: Final = ((0, NOON), (NOON, EVENING), (EVENING, DAY))
CELLS: Final = tuple((day, *part) for day in range(7) for part in PARTS)
SLOT: Final = "another_time"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One change, at one activity or (None) anywhere, and how many people it would open to.

    ``detail`` is (weekday, from, until) in minutes after midnight for another time, else None.
    """

    code: str
    activity: str | None
    detail: Value
    people: int


class _Count:
    """People counted by change: at every row, and once each for a change anywhere."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.at: dict[tuple[str, Value], Ints] = {}
        self.anywhere: dict[tuple[str, Value], int] = {}

    def add(self, code: str, detail: Value, rows: Flags) -> None:
        if rows.any():
            key = code, detail
            self.at[key] = self.at.get(key, np.zeros(self._size, dtype=np.int64)) + rows
            self.anywhere[key] = self.anywhere.get(key, 0) + 1


def _free(person: PersonProfile, cell: tuple[int, int, int]) -> int:
    """Return the longest time in minutes that a person has in one part of a weekday."""
    day, low, high = cell
    early, late = bounds(person.limits)
    if not person.windows:
        return max(0, min(high, late) - max(low, early))
    here = (window for window in person.windows if day in window.days)
    spans = (min(w.end, high, late) - max(w.start, low, early) for w in here)
    return max((0, *spans))


def _count_times(count: _Count, case: Case, rows: Flags) -> None:
    openings = case.index.openings
    need = openings.need[openings.pattern]
    for cell in CELLS:
        count.add(SLOT, cell, rows & (need <= _free(case.person, cell)))


def _count_person(count: _Count, case: Case) -> None:
    """Count one person at every activity that is shut to them by a single thing."""
    findings, blocked = blocking(case)
    single = blocked.sum(axis=0) == 1
    rows_of: dict[str, Flags] = {}
    for finding, shut in zip(findings, blocked, strict=True):
        code = SLOT if finding.code in TIMES else finding.code
        rows_of[code] = rows_of.get(code, np.zeros_like(single)) | (shut & single)
    for code, rows in rows_of.items():
        if code == SLOT:
            _count_times(count, case, rows)
        elif code in CHANGEABLE:
            count.add(code, None, rows)


def openings_for(index: Index, people: Iterable[PersonProfile]) -> tuple[Wanted, ...]:
    """Rank what hosts could change by how many people it would open to; who is never said.

    Only activities that a single thing keeps shut are counted, so that each change opens by itself.
    A change anywhere (``activity`` None) counts a person once, however many activities it opens.
    """
    count = _Count(index.size)
    for person in {who.id: who for who in people}.values():
        if why_held(person) is None and index.size:
            _count_person(count, consider(index, person))
    found = [Wanted(code, None, detail, most) for (code, detail), most in count.anywhere.items()]
    for (code, detail), at in count.at.items():
        found += [
            Wanted(code, index.activities[row].id, detail, int(at[row]))
            for row in np.flatnonzero(at).tolist()
        ]
    return tuple(sorted(found, key=lambda w: (-w.people, w.code, w.activity or "", str(w.detail))))
