"""Ceilings against the load of an activity, each dimension for itself, never summed."""

import numpy as np

from catalogue.profiles import DIMENSIONS, LOAD_TOP
from matching.arrays import SAID, UNKNOWN, VIOLATED, States
from matching.case import Case
from matching.limits.finding import Finding, Findings, of, where


def ceilings(case: Case) -> Findings:
    """Hold every ceiling; one level too many on one dimension alone is a stretch, unless hard."""
    load, person = case.index.load, case.person
    limits = [LOAD_TOP if level is None else level for level in person.ceiling.levels]
    over = load - np.array(limits, dtype=np.int8)[:, None]
    several = (over > 0).sum(axis=0, dtype=np.int8) > 1
    for at, name in enumerate(DIMENSIONS):
        if limits[at] == LOAD_TOP:
            continue
        stretch = VIOLATED if name in person.hard_dimensions else SAID
        states: States = where(over[at] > 0, stretch)
        states[(over[at] > 1) | ((over[at] > 0) & several)] = VIOLATED
        states[load[at] < 0] = UNKNOWN
        value = of(case, lambda a, at=at: a.load.levels[at])  # type: ignore[misc]  # default binds the loop's value
        yield Finding(f"load.{name}", states, value, limits[at], said=f"stretch.{name}")
