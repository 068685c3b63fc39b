"""One person over one index, with what several limits and factors share, worked out once."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, TypeVar

from catalogue.profiles import ActivityProfile, Limit, LimitKind, PersonProfile, Window
from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.index import Index
from matching.openings import Timing, held_against
from matching.travel import Trip, plan

T = TypeVar("T")
Shown = Sequence[ActivityProfile]
Evidence = Sequence[tuple[Value, Value]]  # for each row asked about: a value, and against what
NOBODY: Final = PersonProfile(id="")
KEPT_AT_MOST: Final = 4096  # distinct limits, hours and circumstances of one index
HOURS: Final = (LimitKind.NOT_BEFORE, LimitKind.NOT_AFTER)


def hours_of(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """Return the limits that speak of hours, without anybody's words for them."""
    return tuple(replace(limit, text="") for limit in limits if limit.kind in HOURS)


@dataclass(frozen=True, eq=False)
class Case:
    """A person before all activities, or before a part: the way to each, and the times."""

    index: Index
    person: PersonProfile
    known: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def trip(self) -> Trip:
        """The way to every row."""
        return plan(self.index, self.person)

    @cached_property
    def timing(self) -> Timing:
        """How the person's windows and hours meet the openings of every row."""
        return self.times(self.person.windows, self.person.limits)

    def part(self, rows: Rows) -> "Case":
        """Return the case of some rows; what is known of the way and the times is only cut."""
        part = Case(self.index.part(rows), self.person)
        if "trip" in vars(self):
            vars(part)["trip"] = self.trip.part(rows)
        if "timing" in vars(self):
            vars(part)["timing"] = self.timing.part(rows)
        return part

    @cached_property
    def hours(self) -> tuple[Limit, ...]:
        """The person's limits that speak of hours."""
        return hours_of(self.person.limits)

    def times(self, windows: tuple[Window, ...], limits: tuple[Limit, ...]) -> Timing:
        """Hold windows and those limits that speak of hours against the openings of every row."""
        return self.patterns(windows, hours_of(limits)).part(self.index.openings.pattern)

    def patterns(self, windows: tuple[Window, ...], hours: tuple[Limit, ...]) -> Timing:
        """Hold windows and hours against each distinct pattern of openings."""
        openings = self.index.openings
        return self.shared(
            ("times", windows, hours),
            lambda _: held_against(openings.patterns(), windows, hours),
        )

    def shared(self, key: Hashable, work_out: Callable[["Case"], T]) -> T:
        """Work something out over the whole index, once for all people for whom the key is equal.

        ``work_out`` is given a case of nobody: what depends on a person belongs into the key, and
        the key outlives the question, so nobody's own words do.
        """
        kept = self.index.kept
        found: T | None = kept.get(key)
        if found is None:
            if len(kept) >= KEPT_AT_MOST:
                kept.clear()
            found = kept[key] = work_out(Case(self.index.source or self.index, NOBODY))
        return found

    def once(self, name: str, work_out: Callable[["Case"], T]) -> T:
        """Work something out once for this case, for all who ask for it by that name."""
        found: T | None = self.known.get(name)
        if found is None:
            found = self.known[name] = work_out(self)
        return found

    def cut(self, column: Floats) -> Floats:
        """Return the rows of this case out of a column over the whole index."""
        at: Rows | None = self.index.at
        return column if at is None else column.take(at)


def consider(index: Index, person: PersonProfile) -> Case:
    """Put one person before every activity of an index."""
    return Case(index, person)
