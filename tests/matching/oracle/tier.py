"""The tier of one pair: what is violated, what is unknown, what can be arranged."""

from math import inf

from catalogue.profiles import DIMENSIONS, ActivityProfile, LimitKind, OwnPace, PersonProfile
from tests.matching.oracle.states import (
    UNKNOWN,
    VIOLATED,
    coming,
    home_possible,
    left,
    soft,
    states,
)
from tests.matching.oracle.ways import HOME, metres

TIMES = ("windows", "not_before", "not_after")
WAYS = ("travel", "walk_at_most_minutes")
PLACES = ("home_only", "no_outdoors", "steps_at_most", "wheelchair", "wheelchair_toilet")


def left_of_times(a: ActivityProfile, p: PersonProfile) -> int:
    """Return the most minutes of any opening for which one may come, or ask, fixed or not."""
    inside = [left(o, a, p, windows=True, fixed=False) for o in coming(a)]
    asked = [
        left(o, a, p, windows=False, fixed=False) for o in coming(a) if soft(p, o.start.weekday())
    ]
    return max((0, *inside, *asked))


def being(a: ActivityProfile, p: PersonProfile) -> bool:
    if not a.just_being_ok or a.load_just_being is None:
        return False
    pairs = zip(a.load_just_being.levels, p.ceiling.levels, strict=True)
    return all(x is not None and x <= (4 if c is None else c) for x, c in pairs)


def unwanted(p: PersonProfile) -> set[str]:
    values = [x.value for x in p.limits if x.kind is LimitKind.NO_ROLE]
    return {name for value in values if isinstance(value, tuple) for name in value}


def opens(a: ActivityProfile, p: PersonProfile, code: str, limit: object) -> bool:  # noqa: C901, PLR0911, PLR0912 - a plain list of cases is what an oracle is
    paced = a.own_pace in (OwnPace.YES, OwnPace.PARTLY)
    home = home_possible(a) and a.setting not in HOME
    if code == "minutes_at_most":
        return paced and isinstance(limit, int) and limit >= 10
    if code == "per_month_at_most":
        return paced
    if code in TIMES:
        minutes = left_of_times(a, p)
        return home or minutes > 0 or (paced and minutes >= 15)
    if code in WAYS:
        way = metres(a, p)
        fetched = inf if way is None else way / 400 + 4
        return home or p.max_minutes is None or fetched <= p.max_minutes
    if code in PLACES:
        return home
    if code == "group_at_most":
        assert isinstance(limit, int)
        least = [pair[0] for pair in (a.group_size, a.usual_attendance) if pair]
        return home or min(least, default=limit + 1) <= limit
    if code == "no_company":
        if limit == "unknown_adults":
            return bool(a.accompaniment_ok)
        front = {"server", "staff"}
        return limit == "customers" and bool(
            {*a.roles} & front and {*a.roles} - unwanted(p) - front
        )
    if code == "no_role":
        return bool({*a.roles} - unwanted(p))
    if code == "seated":
        return being(a, p) and a.access.seat not in (None, "", "なし")
    if code == "may_leave_any_time":
        return being(a, p) and a.leave_any_time is not False
    if code == "lift_at_most_kg":
        return a.own_pace is OwnPace.YES
    if code.startswith("load."):
        return being(a, p) or _stretched(a, p, code.removeprefix("load."), paced=paced)
    return False


def _stretched(a: ActivityProfile, p: PersonProfile, name: str, *, paced: bool) -> bool:
    at = DIMENSIONS.index(name)
    level, ceiling = a.load.levels[at], p.ceiling.levels[at]
    if name in p.hard_dimensions or level is None or ceiling is None or level != ceiling + 1:
        return False
    if name == "sensory":
        return paced and a.minutes is not None and a.minutes[0] > 15
    return a.accompaniment_ok is True if name in ("social", "cognitive") else paced


def counts(a: ActivityProfile, p: PersonProfile) -> tuple[int, int]:
    """Return how many limits are violated and how many are unknown."""
    found = [state for _, state, _ in states(a, p)]
    return found.count(VIOLATED), found.count(UNKNOWN)


def tier(a: ActivityProfile, p: PersonProfile) -> str:
    """Name the tier of one pair."""
    found = states(a, p)
    violated = [(code, limit) for code, state, limit in found if state == VIOLATED]
    if violated:
        return "adaptable" if all(opens(a, p, c, x) for c, x in violated) else "excluded"
    return "ask_host" if any(state == UNKNOWN for _, state, _ in found) else "fits"
