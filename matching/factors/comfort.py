"""Comfort: the room between a load and its ceiling, in each dimension, neither edge nor idle.

Source: dose is agreed below what one can bear and lengthened little by little (field reports);
the figures for each level of room are an assumption, to be moved by outcomes.
"""

from collections.abc import Sequence
from itertools import compress

import numpy as np

from catalogue.profiles import DIMENSIONS, LOAD_TOP
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown

# Levels of room below the ceiling: 0 is at the edge, 4 is far too easy. Above it: a stretch.
ROOM = np.array([0.7, 1.0, 0.9, 0.75, 0.6])
STRETCH = 0.3
STRETCHED = 0.85  # what one stretch leaves of the rest
IDLE = 3  # levels of room; more is too easy to be a reason
# Where the unknown level of each dimension stands in the table, less one.
FIRST = (np.arange(len(DIMENSIONS)) * (LOAD_TOP + 2) + 1)[:, None]


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
    found: Floats = table.take(case.index.load + FIRST)
    return found


def score(case: Case) -> Floats:
    """Return the mean over the known dimensions, less for each one that is a stretch."""
    scored = case.once("rooms", _rooms)
    known = scored == scored  # noqa: PLR0124 - NaN
    count = np.add.reduce(known, axis=0, dtype=np.float64)
    total = np.add.reduce(np.where(known, scored, 0.0), axis=0)
    mean = total / np.where(count > 0, count, np.nan)
    stretched = np.logical_or.reduce(scored == STRETCH, axis=0)
    found: Floats = np.where(stretched, mean * STRETCHED, mean)
    return found


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:
    """Return the dimensions in which there is room, but not so much that it is idle."""
    fine = (case.once("rooms", _rooms)[:, rows] >= ROOM[IDLE]).T.tolist()
    return [(tuple(compress(DIMENSIONS, good)), None) for good in fine]
