"""History: what came of earlier places, and whom the person knows; without any, no opinion.

Source: rest is an outcome and absence no failure: only a bad ending lowers, and not for ever.
"""

import numpy as np

from catalogue.profiles import ActivityProfile
from matching.answer import Value
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown

BY_OUTCOME = {"going": 0.8, "ended_well": 0.9, "ended_badly": 0.1, "passed": 0.4}
KNOWN = 0.9
NEUTRAL = 0.5
SAME_HOST = 0.7  # how far an experience with one activity speaks for the host's others


def score(case: Case) -> Floats:
    """Return the last experience with the activity or its host, NaN for who has tried nothing."""
    if not case.person.tried and not case.person.knows:
        return np.full(case.index.size, np.nan)
    found = np.full(case.index.size, NEUTRAL)
    for name in sorted(case.person.knows):
        found[case.index.rows("host", name)] = KNOWN
    by_date = sorted(case.person.tried, key=lambda attempt: attempt.on)
    for attempt in by_date:
        felt = BY_OUTCOME.get(attempt.outcome, NEUTRAL)
        found[case.index.rows("host", attempt.host)] = NEUTRAL + SAME_HOST * (felt - NEUTRAL)
    for attempt in by_date:
        found[case.index.rows("id", attempt.activity)] = BY_OUTCOME.get(attempt.outcome, NEUTRAL)
    return found


def evidence(case: Case, rows: Rows, shown: Shown) -> Evidence:
    """Return the outcome of the last attempt there, or that the place is known.

    Against it stands the host, where the attempt was at another activity of the same host.
    """
    if not case.person.tried and not case.person.knows:
        return [(None, None)] * len(rows)
    return [last(case, one) for one in shown]


def last(case: Case, activity: ActivityProfile) -> tuple[Value, Value]:
    """Return the last outcome there or at its host, and that host where it was another activity."""
    here = [a for a in case.person.tried if activity.host == a.host or activity.id == a.activity]
    # as in the score: what came of the activity itself, else the last one at its host
    last = sorted(here, key=lambda a: (a.activity == activity.id, a.on))[-1:]
    if not last:
        return "known", None
    return last[0].outcome, None if last[0].activity == activity.id else activity.host
