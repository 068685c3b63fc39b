"""Comfort: the room between a load and its ceiling, in each dimension, neither edge nor idle.

Source: dose is agreed below what one can bear and lengthened little by little (field reports);
the figures for each level of room are an assumption, to be moved by outcomes.
"""

from collections.abc import Sequence
from itertools import compress

import numpy as np

from catalogue.profiles import DIMENSIONS, LOAD_TOP
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence

# Levels of room below the ceiling: 0 is at the edge, 4 is far too easy. Above it: a stretch.
ROOM = np.array([0.7, 1.0, 0.9, 0.75, 0.6])
STRETCH = 0.3
STRETCHED = 0.85  # what one stretch leaves of the rest
IDLE = 3  # levels of room; more is too easy to be a reason
DIMENSION = np.arange(len(DIMENSIONS))[:, None]


def _table(ceilings: Sequence[int | None]) -> Floats:
    """Return (dimensions, levels from unknown to 4): what each level is worth to one person."""
    table = np.full((len(DIMENSIONS), LOAD_TOP + 2), np.nan)
    for at, ceiling in enumerate(ceilings):
        for level in range(LOAD_TOP + 1):
            if ceiling is not None:
                table[at, level + 1] = STRETCH if level > ceiling else ROOM[ceiling - level]
    return table


def _rooms(case: Case) -> Floats:
    """Return (5, rows): the worth of each dimension, NaN where either side is unknown."""
    levels = case.person.ceiling.levels
    table = case.shared(("comfort", levels), lambda _: _table(levels))
    found: Floats = table[DIMENSION, case.index.load + 1]
    return found


def score(case: Case) -> Floats:
    """Return the mean over the known dimensions, less for each one that is a stretch."""
    scored = case.once("rooms", _rooms)
    known = ~np.isnan(scored)
    count = known.sum(axis=0)
    total = np.where(known, scored, 0.0).sum(axis=0)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return np.where((scored == STRETCH).any(axis=0), mean * STRETCHED, mean)


def evidence(case: Case, rows: Rows) -> Evidence:
    """Return the dimensions in which there is room, but not so much that it is idle."""
    fine = (case.once("rooms", _rooms)[:, rows] >= ROOM[IDLE]).T.tolist()
    return [(tuple(compress(DIMENSIONS, good)), None) for good in fine]
