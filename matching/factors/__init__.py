"""The factors of the order, each in [0, 1] for every row of a case, NaN where nothing is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.factors import (
    comfort,
    company,
    ease,
    history,
    hours,
    interest,
    nearness,
    pace,
    preferences,
    step,
    strength,
    way,
    words,
)


@dataclass(frozen=True, slots=True)
class Factor:
    """How a factor is scored over all rows of a case, and what stands behind it on shown rows.

    The evidence has for each row a value, and what it was held against; no value, no reason.
    """

    score: Callable[[Case], Floats]
    evidence: Callable[[Case, Rows, Shown], Evidence]


FACTORS: Final[Mapping[str, Factor]] = {
    "interest": Factor(interest.score, interest.evidence),
    "strength": Factor(strength.score, strength.evidence),
    "words": Factor(words.score, words.evidence),
    "nearness": Factor(nearness.score, nearness.evidence),
    "comfort": Factor(comfort.score, comfort.evidence),
    "pace": Factor(pace.score, pace.evidence),
    "company": Factor(company.score, company.evidence),
    "hours": Factor(hours.score, hours.evidence),
    "way": Factor(way.score, way.evidence),
    "preferences": Factor(preferences.score, preferences.evidence),
    "history": Factor(history.score, history.evidence),
    "ease": Factor(ease.score, ease.evidence),
    "step": Factor(step.score, step.evidence),
}

# They move the order and can show nobody why: no reason names them.
SILENT: Final = frozenset({"nearness"})

__all__ = ["FACTORS", "SILENT", "Factor"]
