"""Pace: one's own pace, a short beginning, a dose agreed beforehand.

Source: own pace, no talking, few people, a fixed end decide more often than the kind of work.
"""

import numpy as np

from catalogue.profiles import OwnPace
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.readings import PACES

OWN = {OwnPace.NO: 0.2, OwnPace.PARTLY: 0.7, OwnPace.YES: 1.0}
EASY_MINUTES, LONG_MINUTES = 30, 120
BEARS_PRESSURE = 3  # a ceiling from which a set pace is no burden
BORNE = 0.7


def _bearing(case: Case, *, pressure: bool) -> Floats:
    """Return the pace of every activity for who bears pressure, or does not."""
    whole = case.index.whole
    own = np.array([*(OWN[pace] for pace in PACES), np.nan])[whole["pace"]]
    if pressure:
        own = np.maximum(own, BORNE)
    minutes = whole["shortest"].astype(np.float64)
    short = np.clip((LONG_MINUTES - minutes) / (LONG_MINUTES - EASY_MINUTES), 0.0, 1.0)
    short = np.where(minutes < 0, np.nan, short)
    dose = np.where(whole["dose"] == 1, 1.0, 0.6)
    known = ~np.isnan(own) | ~np.isnan(short)
    mean = (np.nan_to_num(own, nan=0.5) * 2 + np.nan_to_num(short, nan=0.5) + dose) / 4
    return np.where(known, mean, np.nan)


def score(case: Case) -> Floats:
    """Return the mean of pace, shortness and a stated dose; NaN if none is known."""
    pressure = (case.person.ceiling.pressure or 0) >= BEARS_PRESSURE
    every = case.shared(("pace", pressure), lambda whole: _bearing(whole, pressure=pressure))
    return case.cut(every)


def evidence(_case: Case, _rows: Rows, shown: Shown) -> Evidence:
    """Return how far the pace is one's own, and the shortest session."""
    return [(one.own_pace, one.minutes[0] if one.minutes else None) for one in shown]
