"""Ease for the host: asked long ago and with places left, so that no host is worn out."""

import numpy as np

from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown

RESTED_DAYS = 60
ROOMY = 3


def _ease(case: Case) -> Floats:
    whole = case.index.whole
    asked, left = whole["last_asked"], whole["places_left"]
    most = np.clip(whole["capacity"], 1, ROOMY)
    rest = np.clip((case.index.as_of.toordinal() - asked) / RESTED_DAYS, 0.0, 1.0)
    room = np.clip(left / most, 0.0, 1.0)
    parts = np.stack([np.where(asked < 0, np.nan, rest), np.where(left < 0, np.nan, room)])
    count = (~np.isnan(parts)).sum(axis=0)
    total = np.nan_to_num(parts, nan=0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def score(case: Case) -> Floats:
    """Return the mean of days since asked (full at 60) and places left (all, or 3), NaN if none."""
    return case.cut(case.shared("ease", _ease))


def evidence(_case: Case, _rows: Rows, shown: Shown) -> Evidence:
    """Return the places left."""
    return [(one.places_left, None) for one in shown]
