"""Step: how much of a part one plays there, against where the person stands today.

Source: judgements and reports: a place to be suits a beginning; who has had a role feels out of
place without one; teaching or serving is early for who has just begun to go out; home keeps in.
"""

import numpy as np

from catalogue.profiles import Setting, Stage
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.factors import strength
from matching.factors.interest import heard
from matching.readings import SETTINGS

# How much of a part: 0 only to be there, 1 a task nobody waits for, 2 a task, 3 with customers or
# as staff, 4 in front of others.
BEST: dict[Stage, tuple[float, float]] = {
    Stage.NOT_MET: (0.0, 0.0),
    Stage.AT_HOME: (0.0, 1.0),
    Stage.BEGINNING_TO_GO_OUT: (0.0, 1.0),
    Stage.PRESENT_WITH_SUPPORT: (1.0, 2.0),
    Stage.SHORT_ROLE: (1.0, 2.0),
    Stage.REGULAR_ROLE: (1.0, 3.0),
    Stage.HELPER: (2.0, 4.0),
}
STEP_UP, STEP_DOWN = 0.35, 0.3
STAYS_IN = 0.45  # an activity at home for who already goes out; online one meets others
AT_HOME = (Stage.NOT_MET, Stage.AT_HOME)
FRONT, STAFF, LEAD = "server", "staff", ("teacher", "leader", "lead")
TASK_TAGS = ("handwork", "outdoor_work", "role", "farm", "cleaning", "food", "repair", "art")


def part(case: Case) -> Floats:
    """Return how much of a part each activity asks, 0–4."""
    index, whole = case.index, case.index.whole
    found = np.where(whole["just_being_ok"] == 1, 1, 2)
    being = index.rows("tag", "place_to_be")
    found[being] = 0
    working = np.concatenate([index.rows("tag", tag) for tag in TASK_TAGS])
    found[working] = np.maximum(found[working], 1)
    alone = whole["roles"] == 1
    for roles, level in (((FRONT, STAFF), 3), (LEAD, 4)):
        for role in roles:
            rows = index.rows("role", role)
            found[rows] = np.where(alone[rows], level, np.maximum(found[rows], level - 2))
    return found.astype(np.float64)


def score(case: Case) -> Floats:
    """Return 1 where the part suits the stage, less for each step; a skill takes the step up."""
    stage = case.person.stage
    if stage is None:
        return np.full(case.index.size, np.nan)
    # somebody of whom no wish and no strength is heard is got to know first, whatever the stage
    unheard = not (heard(case.person.interest) or heard(case.person.strength))
    low, high = BEST[Stage.AT_HOME if unheard else stage]
    asked = case.cut(case.shared("part", part))
    skill = strength.score(case)
    skill = np.where(np.isnan(skill), 0.0, skill)
    above = np.maximum(asked - high, 0) * (1.0 - skill)
    below = np.maximum(low - asked, 0)
    found: Floats = np.clip(1.0 - STEP_UP * above - STEP_DOWN * below, 0.0, 1.0)
    home = case.index.whole["setting"] == SETTINGS.index(Setting.HOME)
    return found if stage in AT_HOME else np.where(home, found * STAYS_IN, found)


def evidence(case: Case, _rows: Rows, shown: Shown) -> Evidence:
    """Return the roles offered, against the stage."""
    return [(one.roles, case.person.stage) for one in shown]
