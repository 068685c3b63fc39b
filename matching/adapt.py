"""What arrangement would open a limit: only what the host's own fields allow, safety never."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final

import numpy as np

from catalogue.profiles import (
    DIMENSIONS,
    LOAD_TOP,
    Accompaniment,
    ActivityProfile,
    Heard,
    LimitKind,
    OwnPace,
)
from matching.answer import Arrangement, ArrangementKind, Value
from matching.arrays import VIOLATED, Flags, Ints
from matching.case import Case
from matching.limits import Finding
from matching.limits.states import words
from matching.openings import SHORTEST_USEFUL, shortest_session
from matching.readings import PACES, times_a_month

Kind = ArrangementKind
WORTH_SHORTENING: Final = 15  # minutes left inside a window, below which it is not worth the way
IN_FRONT: Final = frozenset({"server", "staff"})  # roles that meet the customers
SMALLEST_FIRST: Final = tuple(Kind)

Possible = Callable[[Case, Finding], Flags]


def _own(case: Case) -> Flags:
    own: Flags = case.index.whole["pace"] == PACES.index(OwnPace.YES)
    return own


def _paced(case: Case) -> Flags:
    paced: Flags = case.index.whole["pace"] >= PACES.index(OwnPace.PARTLY)
    return paced


def _being(case: Case) -> Flags:
    """Say where just being there is fine and its own load lies under every ceiling."""
    return case.once("being", _bearable)


def _bearable(case: Case) -> Flags:
    limits = [LOAD_TOP if level is None else level for level in case.person.ceiling.levels]
    being = case.index.being
    under = ((being >= 0) & (being <= np.array(limits, dtype=np.int8)[:, None])).all(axis=0)
    result: Flags = under & (case.index.whole["just_being_ok"] == 1)
    return result


def _accompanied(case: Case) -> Flags:
    welcome: Flags = case.index.whole["accompaniment_ok"] == 1
    return welcome


def _by_one(case: Case, finding: Finding) -> Flags:
    """Say where a soft ceiling is exceeded by one level only."""
    name = finding.code.removeprefix("load.")
    if name in case.person.hard_dimensions:
        return np.zeros(case.index.size, dtype=np.bool_)
    limit = finding.limit if isinstance(finding.limit, int) else LOAD_TOP
    result: Flags = case.index.load[DIMENSIONS.index(name)] == limit + 1
    return result


def _quiet_hour(case: Case, finding: Finding) -> Flags:
    low, limit = case.index.whole["group_low"], finding.limit
    result: Flags = (low >= 0) & (low <= (limit if isinstance(limit, int) else 0))
    return result


def _unwanted(case: Case) -> frozenset[str]:
    """Return the roles that the person does not want."""
    limits = (limit for limit in case.person.limits if limit.kind is LimitKind.NO_ROLE)
    return frozenset(word for limit in limits for word in words(limit))


def _role_left(case: Case, _finding: Finding) -> Flags:
    result: Flags = case.index.whole["roles"] > _of_these(case, _unwanted(case))
    return result


def _of_these(case: Case, names: frozenset[str]) -> Ints:
    """Count how many of these roles there are."""
    counted = np.zeros(case.index.size, dtype=np.int64)
    for name in sorted(names):
        counted[case.index.rows("role", name)] += 1
    return counted


def _in_reach(case: Case, _finding: Finding) -> Flags:
    most = case.person.max_minutes
    if most is None:
        return ~np.isnan(case.trip.fetched)
    reached: Flags = case.trip.fetched <= most
    return reached


def _home(case: Case, _finding: Finding) -> Flags:
    whole = case.index.whole
    result: Flags = (whole["home_possible"] == 1) & (whole["at_home"] == 0)
    return result


def _slack(case: Case, finding: Finding) -> Flags:
    """Say where enough of a session is left: in the window, or under the limit of minutes."""
    if finding.code == "minutes_at_most":
        enough = isinstance(finding.limit, int) and finding.limit >= SHORTEST_USEFUL
        return _paced(case) & enough
    return _paced(case) & (case.timing.minutes >= WORTH_SHORTENING)


def _touches(case: Case, _finding: Finding) -> Flags:
    return case.timing.minutes > 0


def _at_least(test: Callable[[Case], Flags]) -> Possible:
    return lambda case, _finding: test(case)


def _one_more(test: Callable[[Case], Flags]) -> Possible:
    return lambda case, finding: test(case) & _by_one(case, finding)


def _strangers(case: Case, finding: Finding) -> Flags:
    return _accompanied(case) & (finding.limit == "unknown_adults")


def _back_room(case: Case, finding: Finding) -> Flags:
    """Say where there is a role before the customers, and another one that is not unwanted."""
    if finding.limit != "customers":
        return np.zeros(case.index.size, dtype=np.bool_)
    apart = _of_these(case, _unwanted(case) | IN_FRONT)
    result: Flags = (_of_these(case, IN_FRONT) > 0) & (case.index.whole["roles"] > apart)
    return result


def _seat(case: Case) -> Flags:
    """Say where one may just be there, and the host has said that there is a seat."""
    seated: Flags = _being(case) & (case.index.whole["seat"] == 1)
    return seated


def _aside(case: Case) -> Flags:
    """Say where one may just be there, and the host has not said that nobody may leave."""
    free: Flags = _being(case) & (case.index.whole["must_stay"] == 0)
    return free


def _longer(case: Case) -> Flags:
    """Say where the shortest session is long enough to be made shorter."""
    return _paced(case) & (case.index.whole["shortest"] > WORTH_SHORTENING)


_TIMES: Final = ((Kind.SHORTER, _slack), (Kind.OTHER_SLOT, _touches), (Kind.HOME, _home))
_WAY: Final = ((Kind.LIFT, _in_reach), (Kind.HOME, _home))
_BEING: Final = (Kind.JUST_BEING, _at_least(_being))
# What may open which limit. A code that does not stand here cannot be adapted away.
OPENERS: Final[Mapping[str, tuple[tuple[ArrangementKind, Possible], ...]]] = {
    "minutes_at_most": ((Kind.SHORTER, _slack),),
    "per_month_at_most": ((Kind.SMALLER_DOSE, _at_least(_paced)),),
    "not_before": _TIMES,
    "not_after": _TIMES,
    "windows": _TIMES,
    "travel": _WAY,
    "walk_at_most_minutes": _WAY,
    "home_only": ((Kind.HOME, _home),),
    "no_outdoors": ((Kind.HOME, _home),),
    "steps_at_most": ((Kind.HOME, _home),),
    "wheelchair": ((Kind.HOME, _home),),
    "wheelchair_toilet": ((Kind.HOME, _home),),
    "group_at_most": ((Kind.FEWER_PEOPLE, _quiet_hour), (Kind.HOME, _home)),
    "no_company": ((Kind.COMPANION, _strangers), (Kind.OTHER_ROLE, _back_room)),
    "no_role": ((Kind.OTHER_ROLE, _role_left),),
    "seated": ((Kind.JUST_BEING, _at_least(_seat)),),
    "lift_at_most_kg": ((Kind.SMALLER_DOSE, _at_least(_own)),),
    "may_leave_any_time": ((Kind.JUST_BEING, _at_least(_aside)),),
    "load.physical": ((Kind.SMALLER_DOSE, _one_more(_paced)), _BEING),
    "load.social": ((Kind.COMPANION, _one_more(_accompanied)), _BEING),
    "load.cognitive": ((Kind.COMPANION, _one_more(_accompanied)), _BEING),
    "load.sensory": ((Kind.SHORTER, _one_more(_longer)), _BEING),
    "load.pressure": ((Kind.SMALLER_DOSE, _one_more(_paced)), _BEING),
}


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """Where each (finding, arrangement) opens a violated limit, and where all are opened."""

    ways: tuple[tuple[Finding, ArrangementKind, Flags], ...]
    all_open: Flags


def open_up(case: Case, findings: tuple[Finding, ...]) -> Opened:
    """Look for arrangements on every row that violates something."""
    ways: list[tuple[Finding, ArrangementKind, Flags]] = []
    all_open = np.ones(case.index.size, dtype=np.bool_)
    for finding in findings:
        violated = finding.states == VIOLATED
        if not violated.any():
            continue
        opened = ~violated
        for kind, possible in OPENERS.get(finding.code, ()):
            here = violated & possible(case, finding)
            here[case.index.rows("refused", kind)] = False
            ways.append((finding, kind, here))
            opened |= here
        all_open &= opened
    return Opened(tuple(ways), all_open)


def arrange(case: Case, opened: Opened, row: int) -> tuple[Arrangement, ...]:
    """Choose the fewest and smallest arrangements that open every violated limit of one row."""
    solves: dict[ArrangementKind, list[Finding]] = {}
    for finding, kind, here in opened.ways:
        if here[row]:
            solves.setdefault(kind, []).append(finding)
    made = tuple(_made(case, kind, solves[kind], row) for kind in _fewest(solves))
    answered = case.index.activities[row].heard
    if not answered:
        return made
    return tuple(replace(each, heard=_heard(answered, each)) for each in made)


def _heard(answered: tuple[Heard, ...], arrangement: Arrangement) -> date | None:
    """Return when the host said yes to this much, or to less; None where it did not."""
    to = arrangement.to
    days = (
        each.on
        for each in answered
        if each.yes
        and each.kind == arrangement.kind
        and (each.value is None or (isinstance(to, int) and each.value <= to))
    )
    return max(days, default=None)


def _fewest(solves: Mapping[ArrangementKind, list[Finding]]) -> tuple[ArrangementKind, ...]:
    """Return the fewest kinds that solve everything; of equally few, the smallest."""
    kinds = sorted(solves, key=SMALLEST_FIRST.index)
    every = {id(finding) for found in solves.values() for finding in found}
    choices = (some for size in range(len(kinds) + 1) for some in combinations(kinds, size))
    return next(c for c in choices if every <= {id(f) for kind in c for f in solves[kind]})


def _made(case: Case, kind: ArrangementKind, found: list[Finding], row: int) -> Arrangement:
    """Return one arrangement, as far as it has to go for every limit that it opens."""
    if kind is Kind.OTHER_ROLE:
        return _other_role(case, found, row)
    finding = next((f for f in found if f.code == "per_month_at_most"), found[0])
    from_, to = _change(case, kind, finding, row)
    if kind is Kind.SHORTER:
        to = min(_shortened(case, each, row) for each in found)
    return Arrangement(kind, from_, to)


def _other_role(case: Case, found: list[Finding], row: int) -> Arrangement:
    roles, apart = case.index.activities[row].roles, _unwanted(case)
    if any(finding.code == "no_company" for finding in found):
        apart |= IN_FRONT
    return Arrangement(Kind.OTHER_ROLE, roles, tuple(role for role in roles if role not in apart))


def _shortened(case: Case, finding: Finding, row: int) -> int:
    """Return the minutes to shorten to: the limit, half a session, or what a window leaves."""
    if finding.code == "minutes_at_most" and isinstance(finding.limit, int):
        return finding.limit
    if finding.code.startswith("load."):
        return max(WORTH_SHORTENING, shortest_session(case.index.activities[row]) // 2)
    return int(case.timing.minutes[row])


def _less(finding: Finding, activity: ActivityProfile) -> tuple[Value, Value]:
    """Return how much less: times a month, kilograms, or of a dose that is still to be agreed."""
    if finding.code == "per_month_at_most":
        return times_a_month(activity), finding.limit
    if finding.code == "lift_at_most_kg":
        return f"{activity.heaviest_kg:g}kg", f"{finding.limit}kg"
    return activity.dose or None, None


def _change(case: Case, kind: ArrangementKind, finding: Finding, row: int) -> tuple[Value, Value]:
    """Return from what to what an arrangement changes one row."""
    activity = case.index.activities[row]
    if kind is Kind.SHORTER:
        return activity.minutes, _shortened(case, finding, row)
    if kind is Kind.LIFT:
        return finding.value(row), round(float(case.trip.fetched[row]))
    if kind is Kind.SMALLER_DOSE:
        return _less(finding, activity)
    if kind is Kind.COMPANION:
        need = case.person.accompaniment
        return None, Accompaniment.FIRST_TIME if need in (None, Accompaniment.NONE) else need
    targets: Mapping[ArrangementKind, Value] = {Kind.HOME: "home", Kind.JUST_BEING: "just_being"}
    return finding.value(row), targets.get(kind, finding.limit)
