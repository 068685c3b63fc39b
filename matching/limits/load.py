"""Ceilings against the load of an activity, each dimension for itself, never summed."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from catalogue.profiles import DIMENSIONS, LOAD_TOP, ActivityProfile
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED, States
from matching.case import Case
from matching.limits.finding import Finding, Findings

# Where the unknown level of each dimension stands in the flat table, less one.
UNKNOWN_AT = (np.arange(len(DIMENSIONS)) * (LOAD_TOP + 2) + 1)[:, None]


def _table(limits: Sequence[int | None], hard: frozenset[str]) -> States:
    """Return (5, levels unknown to 4): how a level stands to its ceiling, if alone above it."""
    table = np.full((len(DIMENSIONS), LOAD_TOP + 2), UNKNOWN, dtype=np.int8)
    for at, (name, most) in enumerate(zip(DIMENSIONS, limits, strict=True)):
        for level in range(LOAD_TOP + 1):
            over = level - (LOAD_TOP if most is None else most)
            stretch = VIOLATED if name in hard or over > 1 else SAID
            table[at, level + 1] = stretch if over > 0 else MET
    return table


def _states(case: Case) -> States:
    """Return (5, rows): how each level stands to its ceiling."""
    limits, hard = case.person.ceiling.levels, case.person.hard_dimensions
    table = case.shared(("ceilings", limits, hard), lambda _: _table(limits, hard))
    states = table.take(case.index.load + UNKNOWN_AT)
    above = states & 1  # only what is said or violated is odd
    several = np.add.reduce(above, axis=0, dtype=np.int8) > 1
    return np.where(several, states | above << 1, states)


def ceilings(case: Case) -> Findings:
    """Hold every ceiling; one level too many on one dimension alone is a stretch, unless hard."""
    activities, states = case.index.activities, _states(case)
    for at, (name, most) in enumerate(zip(DIMENSIONS, case.person.ceiling.levels, strict=True)):
        if most not in (None, LOAD_TOP):
            value = partial(_level, activities, at)
            yield Finding(f"load.{name}", states[at], value, most, said=f"stretch.{name}")


def _level(activities: Sequence[ActivityProfile], at: int, row: int) -> int | None:
    return activities[row].load.levels[at]
