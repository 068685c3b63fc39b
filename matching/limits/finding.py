"""A finding: what one limit says of every row, and the value that stands behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from catalogue.profiles import ActivityProfile, Limit
from matching.answer import Reason, Value
from matching.arrays import SAID, UNKNOWN, Rows, States
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


def of(case: Case, get: Callable[[ActivityProfile], Value]) -> Callable[[int], Value]:
    """Read a value for a reason from the activity of a row."""
    activities = case.index.activities
    return lambda row: get(activities[row])
