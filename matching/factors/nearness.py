"""Nearness: how near the person's words lie to the activity's in a space of meaning, if one is set.

Source: design 3-matching: vectors of words may be plugged in; text similarity of any kind finds
under half of the pairs, so the weight is small and what lies below the floor is noise. A direction
has no word to show: it moves the order a little, and no reason ever comes from it.
"""

import numpy as np

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.vectors import words_of

FLOOR = 0.3  # cosine: short texts that share nothing lie about here
FULL = 0.8  # from here on they say the same


def score(case: Case) -> Floats:
    """Return 0 at the floor to 1, NaN without vectors or where no word is known."""
    vectors = case.index.vectors
    words = words_of(case.person) if vectors else ""
    if vectors is None or not words:
        return np.full(case.index.size, np.nan)
    direction = case.shared(("direction", words), lambda _: vectors.direction(words))
    return np.clip((vectors.closeness(direction) - FLOOR) / (FULL - FLOOR), 0.0, 1.0)


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:  # noqa: ARG001 - a factor's form
    """Return nothing: numbers that nobody can read are no reason."""
    return [(None, None)] * len(rows)
