"""Strength: what the person is good at, against what is done there and what the host needs.

Source: "from receiving to giving" in the field reports: a strength finds a place as well as limits
do, and a match serves both sides.
"""

import numpy as np

from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case
from matching.factors.interest import closeness, heard, shared

NEED = 0.8  # a stated need weighs less than the doing itself: it may be only a thing or money


def score(case: Case, rows: Rows) -> Floats:
    """Return the better of what is done and what is needed, NaN where no strength is known."""
    good_at = case.person.strength
    if not heard(good_at):
        return np.full(len(rows), np.nan)
    done = closeness(case.index.meaning, good_at.liked, rows)
    needed = closeness(case.index.needs, good_at.liked, rows) * NEED
    return np.maximum(done, needed)


def evidence(case: Case, row: int) -> tuple[Value, Value]:
    """Return the facets in which the strength is used."""
    offered = {**case.index.needs.at(row), **case.index.meaning.at(row)}
    return shared(case.person.strength.liked, offered), None
