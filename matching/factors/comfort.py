"""Comfort: the room between a load and its ceiling, in each dimension, neither edge nor idle.

Source: dose is agreed below what one can bear and lengthened little by little (field reports);
the figures for each level of room are an assumption, to be moved by outcomes.
"""

import numpy as np

from catalogue.profiles import DIMENSIONS
from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case

# Levels of room below the ceiling: 0 is at the edge, 4 is far too easy. Above it: a stretch.
ROOM = np.array([0.7, 1.0, 0.9, 0.75, 0.6])
STRETCH = 0.3
STRETCHED = 0.85  # what one stretch leaves of the rest


def _ceilings(case: Case) -> Floats:
    levels = case.person.ceiling.levels
    return np.array([np.nan if level is None else level for level in levels], dtype=np.float64)


def rooms(case: Case, rows: Rows) -> Floats:
    """Return (5, rows): the score of each dimension, NaN where either side is unknown."""
    load = case.index.load[:, rows].astype(np.float64)
    room = _ceilings(case)[:, None] - np.where(load < 0, np.nan, load)
    known = np.nan_to_num(room, nan=0.0).astype(np.int64)
    scored = np.where(known < 0, STRETCH, ROOM[np.clip(known, 0, 4)])
    return np.where(np.isnan(room), np.nan, scored)


def score(case: Case, rows: Rows) -> Floats:
    """Return the mean over the known dimensions, less for each one that is a stretch."""
    scored = rooms(case, rows)
    known = ~np.isnan(scored)
    total = np.where(known, scored, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    stretched = (scored == STRETCH).any(axis=0)
    return np.where(stretched, mean * STRETCHED, mean)


def evidence(case: Case, row: int) -> tuple[Value, Value]:
    """Return the dimensions in which there is room, but not so much that it is idle."""
    pairs = zip(case.index.activities[row].load.levels, case.person.ceiling.levels, strict=True)
    rooms_left = [c - x if x is not None and c is not None else -1 for x, c in pairs]
    fine = [0 <= room < len(ROOM) and ROOM[room] >= ROOM[3] for room in rooms_left]
    return tuple(name for name, good in zip(DIMENSIONS, fine, strict=True) if good), None
