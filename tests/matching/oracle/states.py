"""What each limit says of one pair: yields (code, state, limit) with states as words."""

from collections.abc import Iterator
from math import cos, inf, radians, sqrt

from catalogue.profiles import (
    DIMENSIONS,
    Accompaniment,
    ActivityProfile,
    Limit,
    LimitKind,
    OwnPace,
    PersonProfile,
    Reward,
    Setting,
    SharedWith,
    TravelMode,
    WindowStrength,
)
from tests.matching.made import TODAY

MET, SAID, UNKNOWN, VIOLATED = "met", "said", "unknown", "violated"
Found = tuple[str, str, object]
Kind = LimitKind
HOME = (Setting.HOME, Setting.ONLINE)
FOOD = {"food", "meal", "cafe", "cooking", "meal_together", "food_for_others", "tea_and_coffee"}
KIN = {"bees": {"insects"}, "insects": {"bees"}, "dust": {"smell"}, "heat": {"fire_or_hot"}}
KIN["uneven_ground"] = {"wet_floor", "stairs"}
MAYBE = {"dogs": {"animals"}, "cats": {"animals"}, "noise": {"crowd"}}
AMONG = {"children": {"families"}, "unknown_adults": {"customers"}, "families": {"children"}}
SPEED = {
    TravelMode.WALK: (80, 0),
    TravelMode.BICYCLE: (200, 1),
    TravelMode.BUS: (300, 9),
    TravelMode.TRAIN: (500, 15),
    TravelMode.CAR: (400, 4),
    TravelMode.TAXI: (400, 5),
    TravelMode.WHEELCHAIR: (50, 0),
    TravelMode.LIFT: (400, 4),
}


def flag(value: bool | None) -> str:
    return UNKNOWN if value is None else MET if value else VIOLATED


def most(value: float | None, limit: float) -> str:
    return UNKNOWN if value is None else VIOLATED if value > limit else MET


def hazards(a: ActivityProfile) -> set[str]:
    found = set(a.hazards or ())
    found |= {"money_handling"} if a.handles_cash else set()
    return found | ({"alcohol"} if a.alcohol not in (None, "", "none") else set())


def may_leave(a: ActivityProfile) -> bool | None:
    if a.leave_any_time is not None:
        return a.leave_any_time
    return {OwnPace.YES: True, OwnPace.NO: False}.get(a.own_pace or OwnPace.PARTLY)


def home_possible(a: ActivityProfile) -> bool:
    return a.setting in HOME or bool({"home", "home_possible", "online", "remote"} & {*a.tags})


def group_high(a: ActivityProfile) -> int | None:
    sizes = [pair[1] for pair in (a.group_size, a.usual_attendance) if pair]
    return max(sizes) if sizes else None


def metres(a: ActivityProfile, p: PersonProfile) -> float | None:
    if a.setting in HOME:
        return 0.0
    if None in (a.lat, a.lon, p.lat, p.lon):
        return None
    assert a.lat is not None
    assert a.lon is not None
    assert p.lat is not None
    assert p.lon is not None
    north = (a.lat - p.lat) * 111_195
    east = (a.lon - p.lon) * 111_195 * cos(radians(p.lat))
    return sqrt(north**2 + east**2) * 1.3


def ways(a: ActivityProfile, p: PersonProfile) -> list[tuple[float, float]]:
    """Return (minutes, minutes on foot) of every usable mode."""
    way, found = metres(a, p), []
    for mode in p.modes:
        speed, extra = SPEED[mode]
        stop = a.access.minutes_from_stop
        from_home = {TravelMode.BUS: 4.0, TravelMode.TRAIN: 10.0}
        if way is None or (mode in from_home and stop is None):
            continue
        minutes = way / speed + extra + ((stop or 0) if mode in from_home else 0)
        feet = {each: (stop or 0) + first for each, first in from_home.items()}
        feet[TravelMode.WALK] = minutes
        found.append((minutes, feet.get(mode, 0.0)))
    return [(0.0, 0.0)] if a.setting in HOME else found


def walk_limit(p: PersonProfile) -> int | None:
    said = [x.value for x in p.limits if x.kind is Kind.WALK_AT_MOST_MINUTES]
    return min((value for value in said if isinstance(value, int)), default=None)


def quickest(a: ActivityProfile, p: PersonProfile) -> float | None:
    """Return the minutes of the quickest way, whatever the walking limit."""
    return min((minutes for minutes, _ in ways(a, p)), default=None)


def walkable(a: ActivityProfile, p: PersonProfile) -> float | None:
    limit, found = walk_limit(p), ways(a, p)
    allowed = [m if limit is None or feet <= limit else inf for m, feet in found]
    return min(allowed, default=None)


def inside(a: ActivityProfile, p: PersonProfile, *, windows: bool, hours: str = "") -> list[bool]:
    """Say for every opening whether enough of it is left; ``hours`` keeps one kind of limit."""

    def clock(kind: Kind) -> list[int]:
        said = [x.value for x in p.limits if x.kind is kind and (not hours or hours == kind)]
        return [int(v[:2]) * 60 + int(v[3:5]) for v in said if isinstance(v, str)]

    early, late = max((0, *clock(Kind.NOT_BEFORE))), min((9999, *clock(Kind.NOT_AFTER)))
    need = max(a.minutes[0], 10) if a.minutes else 30
    found = []
    for opening in a.openings:
        start = opening.start.hour * 60 + opening.start.minute
        end = start + int((opening.end - opening.start).total_seconds()) // 60
        spans = [(w.start, w.end) for w in p.windows if opening.start.weekday() in w.days]
        left = 0
        for low, high in spans if windows else [(0, 9999)]:
            begin = max(start, low, early)
            reached = begin == start or a.own_pace is not OwnPace.NO
            left = max(left, min(end, high, late) - begin if reached else 0)
        found.append(left >= min(need, end - start))
    return found


def soft(p: PersonProfile, weekday: int) -> bool:
    here = [w.strength is not WindowStrength.CANNOT for w in p.windows if weekday in w.days]
    if here:
        return any(here)
    return all(w.strength is not WindowStrength.CANNOT for w in p.windows)


def hours(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    if not a.openings:
        state = MET if a.by_arrangement else UNKNOWN
        yield from ((kind, state, None) for kind in (*_binding(p), "windows"))
        return
    explained = False
    for kind in _binding(p):
        fine = any(inside(a, p, windows=False, hours=kind))
        explained |= not fine
        yield kind, MET if fine else VIOLATED, None
    mild = [
        o and soft(p, x.start.weekday())
        for o, x in zip(inside(a, p, windows=False), a.openings, strict=True)
    ]
    if any(inside(a, p, windows=True)):
        yield "windows", MET, None
    elif any(mild):
        yield "windows", SAID, None
    else:
        yield "windows", MET if explained else VIOLATED, None


def _binding(p: PersonProfile) -> list[LimitKind]:
    kinds = {limit.kind for limit in p.limits}
    return [kind for kind in (Kind.NOT_BEFORE, Kind.NOT_AFTER) if kind in kinds]


def ceilings(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    pairs = list(zip(DIMENSIONS, a.load.levels, p.ceiling.levels, strict=True))
    over = {n: (x or 0) - c for n, x, c in pairs if x is not None and c is not None and x > c}
    for name, level, ceiling in pairs:
        if ceiling in (None, 4):
            continue
        if level is None:
            yield f"load.{name}", UNKNOWN, ceiling
        elif name in over:
            stretch = over[name] == 1 and len(over) == 1 and name not in p.hard_dimensions
            yield f"load.{name}", SAID if stretch else VIOLATED, ceiling


def host(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    yield "closed", flag(a.open), None
    yield "resting", VIOLATED if a.resting_until and a.resting_until > TODAY else MET, None
    yield "full", VIOLATED if a.places_left == 0 else MET, None
    yield "age", _age(a, p), None
    if a.families_only:
        yield "families_only", SAID if "息子" in p.interest.tokens else UNKNOWN, None
    if p.accompaniment not in (None, Accompaniment.NONE):
        yield "accompaniment", MET if a.setting in HOME else flag(a.accompaniment_ok), None
    yield "consent", MET if p.shared_with is SharedWith.HOSTS else SAID, None
    if p.money_max_yen is not None:
        yield "money_max_yen", most(a.fee_yen, p.money_max_yen), None
    if {a.id, a.host} & p.not_again:
        yield "not_again", VIOLATED, None
    for t in p.tried:
        recent = t.outcome in ("passed", "ended_badly") and (TODAY - t.on).days < 90
        if t.activity == a.id and (recent or t.outcome == "going"):
            yield "tried", VIOLATED, None
    yield from _young(a, p)
    yield from ceilings(a, p)
    yield from hours(a, p)
    yield from _way(a, p)


def _way(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    if p.max_minutes is None:
        return
    allowed = walkable(a, p)
    minutes = quickest(a, p) if allowed == inf else allowed
    yield "travel", most(minutes, p.max_minutes), p.max_minutes


def _young(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    if (p.ages or (0, 120))[0] < 20 and "alcohol" in hazards(a):
        yield "alcohol_age", VIOLATED if (p.ages or (0, 120))[1] < 20 else UNKNOWN, None


def _age(a: ActivityProfile, p: PersonProfile) -> str:
    if a.age is None:
        return UNKNOWN
    low, high = p.ages or (0, 120)
    if a.age[0] <= low and high <= a.age[1]:
        return MET
    if p.ages and (high < a.age[0] or low > a.age[1]):
        return VIOLATED
    shared = min(high, a.age[1]) - max(low, a.age[0]) + 1
    return SAID if p.ages and 2 * shared >= high - low + 1 else UNKNOWN


def no_hazard(a: ActivityProfile, word: str) -> str:
    there = hazards(a)
    food = FOOD & ({*a.tags} | {*a.meaning.liked}) or "food_hygiene" in (a.hazards or ())
    contained = {"dogs", "cats"} if word == "animals" else set()
    if {word, *contained} & there:
        return VIOLATED
    if a.hazards is None or MAYBE.get(word, set()) & there:
        return UNKNOWN
    if food and (word == "pork" or word.startswith("allergen:")):
        return UNKNOWN
    if KIN.get(word, set()) & there or word.startswith("other:"):
        return SAID
    return MET


def no_company(a: ActivityProfile, word: str) -> str:
    there = a.company or frozenset()
    if word in there:
        return VIOLATED
    if a.company is None or AMONG.get(word, set()) & there:
        return UNKNOWN
    return UNKNOWN if word == "children" and "child" in (a.brings_ok or ()) else MET


def seated(a: ActivityProfile) -> str:
    if (a.standing_minutes or 0) > 15 or a.access.seat == "なし":
        return VIOLATED
    if not a.access.seat or (a.standing_minutes is None and (a.load.physical or 0) >= 2):
        return UNKNOWN
    return MET


def lifting(a: ActivityProfile, kg: int) -> str:
    if a.heaviest_kg is None and a.hazards is not None and "heavy_lifting" not in a.hazards:
        return MET
    return most(a.heaviest_kg, kg)


def wheelchair(a: ActivityProfile) -> Iterator[str]:
    if a.setting in HOME:
        return
    steps, slope = a.access.steps, a.access.slope
    if (steps or 0) > 0 and slope is not True:
        yield VIOLATED
    else:
        unsure = a.access.wheelchair and steps is None and slope is not True
        yield UNKNOWN if unsure else flag(a.access.wheelchair)
    toilet = a.access.toilet
    yield {None: UNKNOWN, "なし": VIOLATED, "多目的": MET}.get(toilet, SAID)


def of_limit(a: ActivityProfile, p: PersonProfile, limit: Limit) -> Iterator[Found]:  # noqa: C901, PLR0912, PLR0915 - a plain list of cases is what an oracle is
    kind, value = limit.kind, limit.value
    number = value if isinstance(value, int) else 0
    words = value if isinstance(value, tuple) else ()
    match kind:
        case Kind.GROUP_AT_MOST:
            yield kind, most(group_high(a), number), number
        case Kind.MINUTES_AT_MOST:
            yield kind, most(a.minutes[0] if a.minutes else None, number), number
        case Kind.PER_MONTH_AT_MOST:
            state = most(a.per_month, number)
            own = state == VIOLATED and a.own_pace is OwnPace.YES
            yield kind, SAID if own else state, number
        case Kind.NO_HAZARD:
            yield from ((kind, no_hazard(a, word), word) for word in words)
        case Kind.NO_COMPANY:
            for word in words:
                code = "no_children" if word == "children" else kind.value
                yield code, no_company(a, word), word
        case Kind.NO_ROLE:
            for word in words:
                state = VIOLATED if word in a.roles else MET if a.roles else UNKNOWN
                yield kind, state, word
        case Kind.NO_LABEL:
            aloud = "介護" in a.title or "dementia" in a.tags
            yield kind, VIOLATED if aloud else SAID if "相談" in a.title else MET, None
        case Kind.NO_FEE:
            yield kind, most(a.fee_yen, 0), None
        case Kind.NO_PAY:
            paid = {Reward.WAGE: VIOLATED, Reward.HONORARIUM: VIOLATED, None: UNKNOWN}
            yield kind, {**paid, Reward.NONE_THEN_WAGE: UNKNOWN}.get(a.reward, MET), None
        case Kind.NO_TASK_EXPECTED:
            yield kind, flag(a.just_being_ok), None
        case Kind.NO_TALKING_REQUIRED:
            yield kind, flag(a.no_talk_ok), None
        case Kind.SEATED:
            yield kind, seated(a), None
        case Kind.LIFT_AT_MOST_KG:
            yield kind, lifting(a, number), number
        case Kind.STEPS_AT_MOST:
            free = a.access.slope or a.setting in HOME
            yield kind, MET if free else most(a.access.steps, number), number
        case Kind.WHEELCHAIR:
            for code, state in zip(
                ("wheelchair", "wheelchair_toilet"), wheelchair(a), strict=False
            ):
                yield code, state, None
        case Kind.HOME_ONLY:
            away = UNKNOWN if a.setting is None else VIOLATED
            yield kind, MET if a.setting in HOME else away, None
        case Kind.NO_OUTDOORS:
            half = MET if home_possible(a) else UNKNOWN
            table = {Setting.OUTDOOR: VIOLATED, Setting.BOTH: half, None: UNKNOWN}
            yield kind, table.get(a.setting, MET), None
        case Kind.WALK_AT_MOST_MINUTES:
            minutes = walkable(a, p)
            yield kind, UNKNOWN if minutes is None else most(minutes, 1e9), number
        case Kind.COMPANION_REQUIRED:
            yield kind, MET if a.setting in HOME else flag(a.accompaniment_ok), None
        case Kind.MAY_LEAVE_ANY_TIME:
            yield kind, flag(may_leave(a)), None
        case Kind.BRINGS:
            for word in words:
                fine = word in (a.brings_ok or ()) or (
                    word == "companion" and a.accompaniment_ok is True
                )
                yield kind, MET if fine else UNKNOWN if a.brings_ok is None else VIOLATED, word
        case Kind.OTHER:
            yield kind, SAID, None
        case Kind.NOT_BEFORE | Kind.NOT_AFTER | Kind.AGE:
            return


def states(a: ActivityProfile, p: PersonProfile) -> list[Found]:
    found = [(str(c), s, x) for c, s, x in host(a, p)]
    return found + [(str(c), s, x) for limit in p.limits for c, s, x in of_limit(a, p, limit)]
