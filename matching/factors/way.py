"""Way: the shorter, the better, as a share of what the person can bear."""

import numpy as np

from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case
from matching.travel import MODES

FAR_MINUTES = 30  # what counts as far where the person has named no figure
AT_THE_EDGE = 0.3


def score(case: Case, rows: Rows) -> Floats:
    """Return 1 at the door, AT_THE_EDGE at the person's limit, NaN where the way is unknown."""
    most = case.person.max_minutes or FAR_MINUTES
    minutes = case.trip.minutes[rows]
    return np.clip(1.0 - (1.0 - AT_THE_EDGE) * minutes / most, 0.0, 1.0)


def evidence(case: Case, row: int) -> tuple[Value, Value]:
    """Return (minutes, by what), against the person's limit; at home there is no way."""
    most = case.person.max_minutes
    if case.index.whole["at_home"][row]:
        return (0, "home"), most
    return (round(float(case.trip.minutes[row])), MODES[int(case.trip.mode[row])]), most
