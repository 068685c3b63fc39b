"""The factors of the order, each in [0, 1] for every row, NaN where nothing is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case
from matching.factors import (
    comfort,
    company,
    ease,
    history,
    hours,
    interest,
    pace,
    preferences,
    step,
    strength,
    way,
    words,
)


@dataclass(frozen=True, slots=True)
class Factor:
    """How a factor is scored over rows, and what stands behind it on one row."""

    score: Callable[[Case, Rows], Floats]
    evidence: Callable[[Case, int], tuple[Value, Value]]


FACTORS: Final[Mapping[str, Factor]] = {
    "interest": Factor(interest.score, interest.evidence),
    "strength": Factor(strength.score, strength.evidence),
    "words": Factor(words.score, words.evidence),
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

__all__ = ["FACTORS", "Factor"]
