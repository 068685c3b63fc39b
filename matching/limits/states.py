"""States of all rows from columns and tests, and what a limit itself says."""

import numpy as np

from catalogue.profiles import Limit
from matching.arrays import MET, UNKNOWN, VIOLATED, Flags, Ints, States
from matching.case import Case


def same(case: Case, state: int) -> States:
    """Return one state for all rows."""
    return np.full(case.index.size, state, dtype=np.int8)


def flags(column: Ints, *, no: int = VIOLATED, yes: int = MET, unknown: int = UNKNOWN) -> States:
    """Translate a column of 0, 1 and -1 into states."""
    return np.array([no, yes, unknown], dtype=np.int8)[column]


def at_most(column: Ints, limit: int) -> States:
    """Return met up to the limit, violated above it, unknown where the column is -1."""
    states = where(column > limit, VIOLATED)
    states[column < 0] = UNKNOWN
    return states


def where(test: Flags, state: int, otherwise: int = MET) -> States:
    """Return one state where the test holds and another elsewhere."""
    return np.where(test, np.int8(state), np.int8(otherwise))


def number(limit: Limit, otherwise: int = 0) -> int:
    """Return a limit's number; a limit without one is the strictest (``otherwise``)."""
    return limit.value if isinstance(limit.value, int) else otherwise


def words(limit: Limit) -> tuple[str, ...]:
    """Return a limit's words, sorted, whether one or several were given."""
    if isinstance(limit.value, tuple):
        return tuple(sorted(limit.value))
    return (limit.value,) if isinstance(limit.value, str) else ()
