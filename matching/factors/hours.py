"""Hours: how often and how soon it fits the person's windows; a rare event is no base to stand on.

Source: weekly places carry, events a few times a year do not (judgements of the example town).
"""

import numpy as np

from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case

YEAR = 12  # months
ARRANGED = 0.8  # any time by arrangement: easy to fit, but nothing waits for one
OFTEN = np.array([[0.0, 0.25, 0.5, 1.0, 2.0, 4.0], [0.0, 0.35, 0.5, 0.7, 0.85, 1.0]])
SOON = np.array([[0.0, 7.0, 30.0, 60.0, 180.0, 366.0], [1.0, 1.0, 0.8, 0.5, 0.2, 0.0]])


def score(case: Case, rows: Rows) -> Floats:
    """Return the mean of how often, how soon, and which share of the dates; NaN if undated."""
    timing, whole = case.timing, case.index.whole
    often = np.interp(timing.per_month[rows], OFTEN[0], OFTEN[1])
    days = np.minimum(timing.first[rows] - case.index.as_of.toordinal(), 366)
    soon = np.interp(days, SOON[0], SOON[1])
    found = 0.6 * often + 0.3 * soon + 0.1 * timing.share[rows]
    dated, arranged = whole["dated"][rows] == 1, whole["by_arrangement"][rows] == 1
    return np.where(dated, found, np.where(arranged, ARRANGED, np.nan))


def evidence(case: Case, row: int) -> tuple[Value, Value]:
    """Return how many times a month it fits, or in twelve where that is less than once."""
    if case.index.whole["dated"][row] != 1:
        return None, None
    monthly = float(case.timing.per_month[row])
    return (round(monthly), None) if monthly >= 1 else (round(monthly * YEAR), YEAR)
