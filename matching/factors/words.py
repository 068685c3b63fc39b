"""Words: the same words and concepts on both sides; a small weight, with a floor against noise.

Source: 3-matching.md: text similarity of any kind finds under half of the pairs.
"""

import numpy as np

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.factors.interest import echo
from matching.text import spoken

FLOOR = 0.1
FULL = 0.4  # cosine of short texts: more than this is as good as the same words


def _tokens(case: Case) -> tuple[str, ...]:
    return (*case.person.interest.tokens, *case.person.strength.tokens)


def score(case: Case) -> Floats:
    """Return the better cosine of wish and strength, 0 below the floor, NaN if nothing is said."""
    if not _tokens(case):
        return np.full(case.index.size, np.nan)
    cosine = np.maximum(*case.once("echo", echo))
    return np.where(cosine < FLOOR, 0.0, np.minimum(cosine / FULL, 1.0))


def evidence(case: Case, _rows: Rows, shown: Shown) -> Evidence:
    """Return the words that both sides use."""
    ours = spoken(_tokens(case))
    both = (ours & {*one.meaning.tokens, *one.needs.tokens} for one in shown)
    return [(tuple(sorted(tokens)[:3]), None) for tokens in both]
