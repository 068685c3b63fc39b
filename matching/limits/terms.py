"""Limits about terms: minutes, times a month, hours, the way, money, leaving."""

from collections.abc import Callable

import numpy as np

from catalogue.profiles import Limit, LimitKind, OwnPace, Reward
from matching.answer import Value
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED, Floats, States
from matching.case import Case
from matching.limits.finding import Finding, Findings, at_most, flags, number, of, where
from matching.openings import Timing, bounds, weekly
from matching.readings import PACES, REWARDS
from matching.travel import TOLD_ROUNDED, bearable


def minutes_at_most(case: Case, limit: Limit) -> Findings:
    """Hold that the shortest session is no longer than so many minutes."""
    most = number(limit)
    states = at_most(case.index.whole["shortest"], most)
    yield Finding("minutes_at_most", states, of(case, lambda a: a.minutes), most)


def per_month_at_most(case: Case, limit: Limit) -> Findings:
    """Hold that nobody is expected more often a month; at an own pace one may come less.

    Whether one may at a pace that is not stated has to be asked.
    """
    whole, most = case.index.whole, number(limit)
    states = at_most(whole["per_month"], most)
    more = states == VIOLATED
    states[more & (whole["pace"] < 0)] = UNKNOWN
    states[more & (whole["pace"] == PACES.index(OwnPace.YES))] = SAID
    value = of(case, lambda a: a.per_month)
    yield Finding("per_month_at_most", states, value, most, said="come_less_often")


def _no_wage(case: Case) -> States:
    table = {
        Reward.HONORARIUM: VIOLATED,
        Reward.WAGE: VIOLATED,
        Reward.NONE_THEN_WAGE: UNKNOWN,
    }
    return np.array([*(table.get(reward, MET) for reward in REWARDS), UNKNOWN], dtype=np.int8)[
        case.index.whole["reward"]
    ]


def no_pay(case: Case, limit: Limit) -> Findings:
    """Hold that no money is paid; pay that may follow later is asked about."""
    yield Finding("no_pay", _no_wage(case), of(case, lambda a: a.reward), limit.text)


def no_fee(case: Case, limit: Limit) -> Findings:
    """Hold that it costs nothing."""
    states = at_most(case.index.whole["fee"], 0)
    yield Finding("no_fee", states, of(case, lambda a: a.fee_yen), limit.text)


def may_leave_any_time(case: Case, limit: Limit) -> Findings:
    """Hold that one may go home when one wants or is called."""
    states = flags(case.index.whole["leave"])
    yield Finding("may_leave_any_time", states, of(case, lambda a: a.own_pace), limit.text)


def walk_at_most_minutes(case: Case, limit: Limit) -> Findings:
    """Hold that there is a way on which one walks no longer than so many minutes.

    Reads a person's place, modes, max_minutes and walking limit.
    """
    minutes = case.trip.walkable
    states = where(np.isinf(minutes), VIOLATED)
    states[np.isnan(minutes)] = UNKNOWN
    on_foot = case.trip.minutes
    value = _rounded(on_foot)
    yield Finding("walk_at_most_minutes", states, value, number(limit))


def _rounded(minutes: Floats) -> Callable[[int], Value]:
    return lambda row: None if np.isnan(minutes[row]) else round(float(minutes[row]))


def travel(case: Case) -> Findings:
    """Hold that the way is no longer than the person can bear; no figure, no limit.

    The way is an estimate: a little too long is spoken of.
    Reads a person's place, modes, max_minutes and walking limit.
    """
    most, minutes = case.person.max_minutes, case.trip.minutes
    if most is not None:
        states = where(minutes > most + TOLD_ROUNDED, SAID)
        states[minutes > bearable(most)] = VIOLATED
        states[np.isnan(minutes)] = UNKNOWN
        yield Finding("travel", states, _rounded(minutes), most, said="travel_near")


def _alone(case: Case, kind: LimitKind) -> Timing:
    """Hold one limit of hours alone against the openings, as if the windows were the whole day."""
    return case.times((), tuple(limit for limit in case.person.limits if limit.kind is kind))


def _times(case: Case, timing: Timing) -> States:
    """Return the states of a timing; without dates, only what is by arrangement is possible."""
    whole = case.index.whole
    states = np.full(case.index.size, VIOLATED, dtype=np.int8)
    states[whole["dated"] == 0] = UNKNOWN
    states[timing.soft] = SAID
    states[timing.serves | (whole["by_arrangement"] == 1)] = MET
    return states


def _opens(case: Case) -> Callable[[int], Value]:
    """Name the weekday (0 = Monday), beginning and end in minutes of a row's next opening."""

    def value(row: int) -> Value:
        ahead = case.index.activities[row].openings
        return weekly(ahead[0]) if ahead else None

    return value


def hours(case: Case) -> Findings:
    """Hold that some opening lies in the windows, long enough, within the hours that bind.

    Reads a person's windows and limits of hours.
    """
    states = _times(case, case.timing)
    explained = np.zeros(case.index.size, dtype=np.bool_)
    for kind in (LimitKind.NOT_BEFORE, LimitKind.NOT_AFTER):
        if any(limit.kind is kind for limit in case.person.limits):
            alone = _times(case, _alone(case, kind))
            alone[alone == SAID] = MET  # the whole day stood in for the windows
            explained |= alone == VIOLATED
            limit = bounds(case.person.limits)[kind is LimitKind.NOT_AFTER]
            yield Finding(kind.value, alone, _opens(case), limit)
    states[explained & (states == VIOLATED)] = MET
    said = "outside_windows" if case.person.windows else "windows_unheard"
    yield Finding("windows", states, _opens(case), said=said)
