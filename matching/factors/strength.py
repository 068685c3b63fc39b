"""Strength: what the person is good at, against what is done there and what the host needs.

Source: "from receiving to giving" in the field reports: a strength finds a place as well as limits
do, and a match serves both sides.
"""

import numpy as np

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.factors.interest import ECHOED, FULL, closeness, echo, heard
from matching.meaning import shared

NEED = 0.8  # a stated need weighs less than the doing itself: it may be only a thing or money


def _score(case: Case) -> Floats:
    good_at = case.person.strength.liked
    done = closeness(case.index.meaning, good_at) + (ECHOED / FULL) * case.once("echo", echo)[1]
    needed = np.minimum(closeness(case.index.needs, good_at), 1.0) * NEED
    return np.maximum(np.minimum(done, 1.0), needed)


def score(case: Case) -> Floats:
    """Return the better of what is done and what is needed, NaN where no strength is known."""
    if not heard(case.person.strength):
        return np.full(case.index.size, np.nan)
    return case.once("strength", _score)


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:
    """Return the facets in which the strength is used."""
    done, needed = case.index.meaning.sure[rows], case.index.needs.sure[rows]
    offered = np.where(done > 0, done, needed)
    both = shared(case.person.strength.liked, case.index.meaning.column, offered)
    return [(facets, None) for facets in both]
