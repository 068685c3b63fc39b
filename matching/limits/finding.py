"""A finding: what one limit says of every row, and the value that stands behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from catalogue.profiles import ActivityProfile, Limit
from matching.answer import Reason, Value
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED, Flags, Ints, Rows, States
from matching.case import Case


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One limit before all rows: a state for each row (or one for all), a value for a shown row.

    ``said`` is the code to use where the limit is met but has to be spoken about, or names it for a
    row. ``told`` keeps the reasons already given, by row of the whole index; ``at`` are the rows of
    a part.
    """

    code: str
    states: States
    value: Callable[[int], Value]
    limit: Value = None
    said: str | Callable[[int], str] = ""
    told: dict[int, Reason] = field(default_factory=dict)
    at: Rows | None = None

    def part(self, at: Rows) -> "Finding":
        """Return what was found on some rows."""
        states, value = self.states.take(at), self.value
        here = lambda row: value(int(at[row]))  # noqa: E731 - the value of a row of the part
        return Finding(self.code, states, here, self.limit, self.said, self.told, at)

    def worded(self, text: str) -> "Finding":
        """Return the same with one person's words for the limit, if it is told by words at all."""
        if not text or self.limit != "":
            return self
        return replace(self, limit=text, told={})

    def reason(self, row: int) -> Reason:
        """Say what was found for one row; an unknown value is None."""
        place = row if self.at is None else int(self.at[row])
        reason = self.told.get(place)
        if reason is None:
            reason = self.told[place] = self._reason(row)
        return reason

    def _reason(self, row: int) -> Reason:
        state = int(self.states[row])
        if state == UNKNOWN:
            return Reason(self.code, None, self.limit)
        said = self.said if state == SAID else ""
        code = (said if isinstance(said, str) else said(row)) or self.code
        return Reason(code, self.value(row), self.limit)


Findings = Iterable[Finding]
ByKind = Callable[[Case, Limit], Findings]


def same(case: Case, state: int) -> States:
    """Return one state for all rows."""
    return np.full(case.index.size, state, dtype=np.int8)


def flags(column: Ints, *, no: int = VIOLATED, yes: int = MET, unknown: int = UNKNOWN) -> States:
    """Translate a column of 0, 1 and -1 into states."""
    return np.array([no, yes, unknown], dtype=np.int8)[column]


def at_most(column: Ints, limit: int) -> States:
    """Return met up to the limit, violated above it, unknown where the column is -1."""
    states = where(column > limit, VIOLATED)
    states[column < 0] = UNKNOWN
    return states


def where(test: Flags, state: int, otherwise: int = MET) -> States:
    """Return one state where the test holds and another elsewhere."""
    return np.where(test, np.int8(state), np.int8(otherwise))


def of(case: Case, get: Callable[[ActivityProfile], Value]) -> Callable[[int], Value]:
    """Read a value for a reason from the activity of a row."""
    activities = case.index.activities
    return lambda row: get(activities[row])


def number(limit: Limit, otherwise: int = 0) -> int:
    """Return a limit's number; a limit without one is the strictest (``otherwise``)."""
    return limit.value if isinstance(limit.value, int) else otherwise


def words(limit: Limit) -> tuple[str, ...]:
    """Return a limit's words, sorted, whether one or several were given."""
    if isinstance(limit.value, tuple):
        return tuple(sorted(limit.value))
    return (limit.value,) if isinstance(limit.value, str) else ()
