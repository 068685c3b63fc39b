"""Company: how many others and whom one meets, against how much company the person bears.

Source: "few people" decides often; who likes company is not helped by an empty room.
"""

import numpy as np

from catalogue.profiles import Company, LimitKind
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.readings import COMPANY_BIT

# Social ceiling -> people in the room that are easy; assumption.
EASY = (3, 5, 9, 14, 30)
LIKES_COMPANY = 3
UNSAID = 2  # the social ceiling of whom none is known
PAIR = 2
STRANGERS = COMPANY_BIT[Company.UNKNOWN_ADULTS] | COMPANY_BIT[Company.CUSTOMERS]
STRANGE = 0.15


def _bearing(case: Case, bears: int) -> Floats:
    """Return the company of every activity for who bears so much of it."""
    whole = case.index.whole
    size = whole["group_high"].astype(np.float64)
    found = np.clip(1.0 - (size - EASY[bears]) / (2.0 * EASY[bears]), 0.0, 1.0)
    if bears >= LIKES_COMPANY:
        found = np.where(size <= PAIR, found * 0.75, found)
    else:
        strange = (whole["company"] & STRANGERS) > 0
        found = np.where(strange, np.maximum(found - STRANGE, 0.0), found)
    return np.where(size < 0, np.nan, found)


def score(case: Case) -> Floats:
    """Return 1 up to an easy size, falling above; strangers take some; NaN if size unknown."""
    social = case.person.ceiling.social
    bears = UNSAID if social is None else social
    return case.cut(case.shared(("company", bears), lambda whole: _bearing(whole, bears)))


def evidence(case: Case, _rows: Rows, shown: Shown) -> Evidence:
    """Return how many usually come, else the size of the group, against the limit if any."""
    limits = [x.value for x in case.person.limits if x.kind is LimitKind.GROUP_AT_MOST]
    most = next((value for value in limits if isinstance(value, int)), None)
    return [(one.usual_attendance or one.group_size, most) for one in shown]
