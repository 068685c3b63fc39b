"""Hours: how often and how soon it fits the person's windows; a rare event is no base to stand on.

Source: weekly places carry, events a few times a year do not (judgements of the example town).
"""

import numpy as np

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.openings import Timing

YEAR = 12  # months
OUTSIDE = 0.8  # what is left outside a window that may be left, but rather not
ARRANGED = 0.8  # any time by arrangement: easy to fit, but nothing waits for one
OFTEN = np.array([[0.0, 0.25, 0.5, 1.0, 2.0, 4.0], [0.0, 0.35, 0.5, 0.7, 0.85, 1.0]])
SOON = np.array([[0.0, 7.0, 30.0, 60.0, 180.0, 366.0], [1.0, 1.0, 0.8, 0.5, 0.2, 0.0]])


def _of_patterns(times: Timing, today: int, *, heard: bool) -> Floats:
    """Return the mean of how often, how soon, and which share of the dates, of each pattern.

    Where only times outside a window serve, which may be left but rather not, less is left of it.
    """
    often = np.interp(times.per_month, OFTEN[0], OFTEN[1])
    days = np.minimum(times.first - today, 366)
    found: Floats = 0.6 * often + 0.3 * np.interp(days, SOON[0], SOON[1]) + 0.1 * times.share
    return np.where(times.soft, found * OUTSIDE, found) if heard else found


def score(case: Case) -> Floats:
    """Return the mean of how often, how soon, and which share of the dates; NaN if undated."""
    whole, person, today = case.index.whole, case.person, case.index.as_of.toordinal()
    hours = case.hours
    patterns = case.shared(
        ("hours", person.windows, hours),
        lambda whole: _of_patterns(
            whole.patterns(person.windows, hours), today, heard=bool(person.windows)
        ),
    )
    found = patterns.take(case.index.openings.pattern)
    arranged = np.where(whole["by_arrangement"] == 1, ARRANGED, np.nan)
    return np.where(whole["dated"] == 1, found, arranged)


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:
    """Return how many times a month it fits, or in twelve where that is less than once.

    Nothing fits where no window was heard, or where only times outside of the windows serve.
    """
    inside = case.timing.serves[rows] & ~case.timing.soft[rows]
    dated = (inside & (case.index.whole["dated"][rows] == 1)).tolist()
    often = case.timing.per_month[rows].tolist()
    return [
        _often(monthly) if known else (None, None)
        for known, monthly in zip(dated, often, strict=True)
    ]


def _often(monthly: float) -> tuple[int, int | None]:
    return (round(monthly), None) if monthly >= 1 else (round(monthly * YEAR), YEAR)
