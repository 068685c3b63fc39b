"""How the times of an activity are coded where SQL holds them against a person's windows."""

from dataclasses import dataclass

import numpy as np

from catalogue.profiles import PersonProfile
from matching import Index
from matching.arrays import Ints
from matching.case import HOURS, consider
from matching.factors import hours
from matching.factors.hours import ARRANGED


@dataclass(frozen=True, slots=True)
class Codes:
    """The code of an activity's times.

    A pattern of weekly times; ``patterns`` more if any other time can be arranged, too; then any
    time by arrangement alone, and never.
    """

    patterns: int

    @property
    def arranged(self) -> int:
        return 2 * self.patterns

    @property
    def never(self) -> int:
        return self.arranged + 1


def codes(index: Index) -> Codes:
    return Codes(len(index.openings.offset))


def coded(index: Index) -> Ints:
    """Return the code of every row; what nobody can get is never."""
    whole, code = index.whole, codes(index)
    arranged = whole["by_arrangement"] == 1
    dated = np.where(arranged, index.openings.pattern + code.patterns, index.openings.pattern)
    undated = np.where(arranged, code.arranged, code.never)
    resting = whole["resting"] > index.as_of.toordinal()
    gone = (whole["open"] != 1) | resting | (whole["places_left"] == 0)
    return np.where(gone, code.never, np.where(whole["dated"] == 1, dated, undated))


def times(index: Index, person: PersonProfile) -> tuple[bytes, list[float]]:
    """Return for each code whether the person's windows serve, and the factor of hours."""
    case, patterns = consider(index, person), codes(index).patterns
    bound = tuple(limit for limit in person.limits if limit.kind in HOURS)
    timing = case.patterns(person.windows, bound)
    found = np.zeros(patterns)
    dated = index.whole["dated"] == 1
    found[index.openings.pattern[dated]] = hours.score(case)[dated]
    serves = (timing.serves | timing.soft).tolist()
    worth = found.tolist()
    return bytes([*serves, *[1] * patterns, 1, 0]), [*worth, *worth, ARRANGED, 0.0]
