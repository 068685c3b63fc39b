"""Words: the same tokens on both sides; a small weight, with a floor below which it is noise.

Source: 3-matching.md: text similarity of any kind finds under half of the pairs.
"""

import numpy as np

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence

FLOOR = 0.1
FULL = 0.4  # cosine of short texts: more than this is as good as the same words


def _tokens(case: Case) -> tuple[str, ...]:
    return (*case.person.interest.tokens, *case.person.strength.tokens)


def score(case: Case) -> Floats:
    """Return the cosine of tokens, 0 below the floor, NaN if the person has said nothing."""
    tokens = _tokens(case)
    if not tokens:
        return np.full(case.index.size, np.nan)
    cosine = case.index.closeness(tokens)
    return np.where(cosine < FLOOR, 0.0, np.minimum(cosine / FULL, 1.0))


def evidence(case: Case, rows: Rows) -> Evidence:
    """Return the tokens that both sides use."""
    ours = {*_tokens(case)}
    shown = [case.index.activities[row] for row in rows]
    both = (ours & {*one.meaning.tokens, *one.needs.tokens} for one in shown)
    return [(tuple(sorted(tokens)[:3]), None) for tokens in both]
