"""Way: the shorter, the better, as a share of what the person can bear."""

from math import isnan

import numpy as np

from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.travel import MODES

FAR_MINUTES = 30  # what counts as far where the person has named no figure
AT_THE_EDGE = 0.3


def score(case: Case) -> Floats:
    """Return 1 at the door, AT_THE_EDGE at the person's limit, NaN where the way is unknown."""
    most = case.person.max_minutes or FAR_MINUTES
    return np.clip(1.0 - ((1.0 - AT_THE_EDGE) / most) * case.trip.minutes, 0.0, 1.0)


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:
    """Return (minutes, by what), against the person's limit; at home there is no way."""
    minutes, modes = case.trip.minutes[rows].tolist(), case.trip.mode[rows].tolist()
    home = case.index.whole["at_home"][rows].tolist()
    most = case.person.max_minutes
    return [(_told(*way), most) for way in zip(home, minutes, modes, strict=True)]


def _told(home: int, minutes: float, mode: int) -> Value:
    if home:
        return 0, "home"
    return None if isnan(minutes) else (round(minutes), MODES[mode].value)
