"""Limits about terms: minutes, times a month, hours, the way, money, leaving."""

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np

from catalogue.profiles import Limit, LimitKind, Opening, OwnPace, Reward
from matching.answer import Value
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED, Flags, Floats, States
from matching.case import Case
from matching.limits.finding import Finding, Findings, of
from matching.limits.states import at_most, flags, number, where
from matching.openings import Timing, bounds, free_part, weekly
from matching.readings import PACES, REWARDS, may_leave, times_a_month
from matching.travel import TOLD_ROUNDED, bearable

WEEKS_AHEAD: Final = 8  # what lies further ahead has to be told


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
    value = of(case, times_a_month)
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
    yield Finding("may_leave_any_time", states, of(case, may_leave), limit.text)


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


def _first(case: Case, row: int) -> Opening:
    """Return the next opening of a row that serves, or that one may ask for."""
    starts = case.index.openings.ahead(row, case.timing.used)
    return next(one for one in case.index.activities[row].openings if one.start == starts[0])


def _in_part(case: Case) -> Flags:
    """Say where the times that serve lie only partly in what the person has free."""
    arranged = case.index.whole["by_arrangement"] == 1
    in_part: Flags = case.timing.serves & ~case.timing.whole & ~arranged
    return in_part


def _later(case: Case) -> Flags:
    """Say where the first time that serves lies beyond the next weeks."""
    soon = case.index.as_of.toordinal() + WEEKS_AHEAD * 7
    later: Flags = case.timing.serves & (case.timing.first > soon)
    return later


def _spoken(case: Case, states: States) -> Finding:
    """Return the windows as a finding, with what has to be said of the times that serve."""
    in_part, opens = _in_part(case), _opens(case)
    states[(states == MET) & (in_part | _later(case))] = SAID

    def said(row: int) -> str:
        if case.timing.soft[row]:
            return "outside_windows" if case.person.windows else "windows_unheard"
        return "part_of_time" if in_part[row] else "later"

    def value(row: int) -> Value:
        if states[row] != SAID:
            return opens(row)
        if not case.timing.serves[row]:
            return weekly(_first(case, row))
        if in_part[row]:
            return free_part(_first(case, row), case.person.windows, case.person.limits)
        return date.fromordinal(int(case.timing.first[row])).isoformat()

    return Finding("windows", states, value, said=said)


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
    yield _spoken(case, states)
