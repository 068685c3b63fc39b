"""One index of a size: how long it took to build and to change, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

from benchmarks.contest import spent, timed
from benchmarks.town import TODAY, activities, people
from benchmarks.weight import number_of_bytes, resident
from catalogue.profiles import ActivityProfile, PersonProfile
from matching import Index, build, match
from matching.update import updated

BUILDS, UPDATES = 3, 40


@dataclass(frozen=True, slots=True)
class Town:
    """An index; the milliseconds of a build, an update and the first match after one; its bytes.

    ``held`` are the bytes of its arrays, ``grown`` those by which the process grew.
    """

    size: int
    index: Index
    build: float
    update: float
    after: float
    held: int
    grown: int


def _changed(town: Sequence[ActivityProfile], turn: int) -> ActivityProfile:
    one = town[turn * 37 % len(town)]
    return replace(one, fee_yen=turn, places_left=turn % 5)


def _updates(index: Index, who: PersonProfile) -> tuple[float, float]:
    """Return the medians of one update, and of the first match after it."""
    alone, first = [], []
    for turn in range(UPDATES):
        made, spent_on_it = timed(partial(updated, index, _changed(index.activities, turn)))
        alone.append(spent_on_it)
        first.append(spent(partial(match, made, who)))
    return median(alone), median(first)


def settle(size: int) -> Town:
    """Build the index of a size and measure it."""
    rows = activities(size)
    before = resident()
    index, first = timed(partial(build, rows, as_of=TODAY))
    grown = resident() - before
    builds = [first, *(spent(partial(build, rows, as_of=TODAY)) for _ in range(BUILDS - 1))]
    update, after = _updates(index, people(1, seed=5)[0])
    return Town(size, index, median(builds), update, after, number_of_bytes(index), grown)
