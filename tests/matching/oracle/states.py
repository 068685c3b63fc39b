"""What each limit says of one pair: yields (code, state, limit) with states as words."""

from collections.abc import Iterator
from math import ceil

from catalogue.profiles import (
    DIMENSIONS,
    Accompaniment,
    ActivityProfile,
    Limit,
    LimitKind,
    Opening,
    OwnPace,
    PersonProfile,
    Reward,
    Setting,
    SharedWith,
    WindowStrength,
)
from tests.matching.made import TODAY
from tests.matching.oracle.ways import HOME, bearable, trip

MET, SAID, UNKNOWN, VIOLATED = "met", "said", "unknown", "violated"
Found = tuple[str, str, object]
Kind = LimitKind
FOOD = {"food", "meal", "cafe", "cooking", "meal_together", "food_for_others", "tea_and_coffee"}
KIN = {"bees": {"insects"}, "insects": {"bees"}, "dust": {"smell"}, "heat": {"fire_or_hot"}}
KIN["uneven_ground"] = {"wet_floor", "stairs"}
MAYBE = {"dogs": {"animals"}, "cats": {"animals"}, "noise": {"crowd"}}
AMONG = {"children": {"families"}, "unknown_adults": {"customers"}, "families": {"children"}}


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


def group(a: ActivityProfile, limit: int) -> str:
    come, might = (a.usual_attendance or a.group_size), group_high(a)
    if come is None or might is None:
        return UNKNOWN
    return VIOLATED if come[1] > limit else SAID if might > limit else MET


def per_month(a: ActivityProfile, limit: int) -> str:
    """Hold a month of four weeks against the limit: weekly (4.3 a month) is four times."""
    if a.per_month is None:
        return UNKNOWN
    if ceil(round(a.per_month * 48 / 52, 1)) <= limit:
        return MET
    return {OwnPace.YES: SAID, None: UNKNOWN}.get(a.own_pace, VIOLATED)


def free(p: PersonProfile, day: int, minute: int, *, windows: bool, hours: tuple[int, int]) -> bool:
    """Say whether one minute of a weekday, or of the night after it, is free."""
    if not hours[0] <= minute < hours[1] or (hours[0] and minute >= 1440):
        return False
    moments = ((day, minute), ((day + 1) % 7, minute - 1440), ((day - 1) % 7, minute + 1440))
    return not windows or any(
        weekday in w.days and w.start <= at < w.end for w in p.windows for weekday, at in moments
    )


def left(
    o: Opening, a: ActivityProfile, p: PersonProfile, *, windows: bool, hours: str = "", fixed: bool
) -> int:
    """Count the longest unbroken stretch of free minutes of an opening."""

    def clock(kind: Kind) -> list[int]:
        said = [x.value for x in p.limits if x.kind is kind and (not hours or hours == kind)]
        return [int(v[:2]) * 60 + int(v[3:5]) for v in said if isinstance(v, str)]

    bounds = max((0, *clock(Kind.NOT_BEFORE))), min((9999, *clock(Kind.NOT_AFTER)))
    start = o.start.hour * 60 + o.start.minute
    longest = stretch = 0
    for minute in range(start, start + int((o.end - o.start).total_seconds()) // 60):
        here = free(p, o.start.weekday(), minute, windows=windows, hours=bounds)
        if fixed and not here:
            break
        stretch = stretch + 1 if here else 0
        longest = max(longest, stretch)
    return longest


def inside(a: ActivityProfile, p: PersonProfile, *, windows: bool, hours: str = "") -> list[bool]:
    """Say for every coming opening whether enough of it is left; ``hours`` keeps one kind."""
    need = max(a.minutes[0], 10) if a.minutes else 30
    fixed = a.own_pace is OwnPace.NO
    lengths = (int((o.end - o.start).total_seconds()) // 60 for o in coming(a))
    return [
        left(o, a, p, windows=windows, hours=hours, fixed=fixed) >= min(need, length)
        for o, length in zip(coming(a), lengths, strict=True)
    ]


def coming(a: ActivityProfile) -> list[Opening]:
    """Return one coming opening for each weekly time: the windows treat its dates alike."""
    found = {(o.start.weekday(), o.start.time(), o.end - o.start): o for o in a.openings}
    return [o for o in found.values() if o.start.date() >= TODAY]


def soft(p: PersonProfile, weekday: int) -> bool:
    here = [w.strength is not WindowStrength.CANNOT for w in p.windows if weekday in w.days]
    if here:
        return any(here)
    return all(w.strength is not WindowStrength.CANNOT for w in p.windows)


def hours(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    if not coming(a) or a.by_arrangement:
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
        for o, x in zip(inside(a, p, windows=False), coming(a), strict=True)
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
    for word in ("companion", "lift"):
        yield f"no_{word}", VIOLATED if a.lacking == word else MET, None
    yield "age", _age(a, p), None
    if a.families_only:
        heard = (*p.interest.tokens, p.own_words, *p.preferences)
        yield "families_only", SAID if any("息子" in text for text in heard) else UNKNOWN, None
    if p.accompaniment not in (None, Accompaniment.NONE):
        yield "accompaniment", MET if a.setting in HOME else flag(a.accompaniment_ok), None
    told = p.shared_with is SharedWith.HOSTS or a.host in p.told_hosts
    yield "consent", MET if told else SAID, None
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
    minutes = trip(a, p)[0]
    near = minutes is not None and p.max_minutes + 0.5 < minutes <= bearable(p.max_minutes)
    yield "travel", SAID if near else most(minutes, bearable(p.max_minutes)), p.max_minutes


def _young(a: ActivityProfile, p: PersonProfile) -> Iterator[Found]:
    low, high = ages(p) or (0, 120)
    if low < 20 and "alcohol" in hazards(a):
        yield "alcohol_age", VIOLATED if high < 20 else UNKNOWN, None
    elif low < 20 and ages(p) and a.hazards is None and a.alcohol != "none":
        yield "alcohol_unheard", UNKNOWN, None


def ages(p: PersonProfile) -> tuple[int, int] | None:
    said = [x.value for x in p.limits if x.kind is Kind.AGE and isinstance(x.value, int)]
    return p.ages or ((said[0], said[0]) if said else None)


def _age(a: ActivityProfile, p: PersonProfile) -> str:
    if a.age is None:
        return UNKNOWN
    known = ages(p)
    low, high = known or (0, 120)
    if a.age[0] <= low and high <= a.age[1]:
        return MET
    if known and (high < a.age[0] or low > a.age[1]):
        return VIOLATED
    shared = min(high, a.age[1]) - max(low, a.age[0]) + 1
    return SAID if known and 2 * shared >= high - low + 1 else UNKNOWN


def no_hazard(a: ActivityProfile, word: str) -> str:
    there = hazards(a)
    listed = any(hazard == "food_hygiene" or "allergen:" in hazard for hazard in there)
    food = FOOD & ({*a.tags} | {*a.meaning.liked}) or listed
    contained = {"dogs", "cats"} if word == "animals" else set()
    if {word, *contained} & there:
        return VIOLATED
    if word == "alcohol" and a.alcohol == "none":
        return MET
    if a.hazards is None or MAYBE.get(word, set()) & there:
        return UNKNOWN
    if food and (word == "pork" or word.startswith("allergen:")):
        return UNKNOWN
    if KIN.get(word, set()) & there or word.startswith("other:"):
        return SAID
    return MET


def no_company(a: ActivityProfile, word: str) -> str:
    there = a.company or frozenset()
    if word in there or (word == "families" and a.families_only):
        return VIOLATED
    if word == "children" and a.families_only:
        return UNKNOWN
    if a.company is None or AMONG.get(word, set()) & there:
        return UNKNOWN
    return UNKNOWN if word == "children" and "child" in (a.brings_ok or ()) else MET


def brings(a: ActivityProfile, word: str) -> str:
    if word in (a.brings_ok or ()) or a.setting in HOME:
        return MET
    if word == "companion" and (a.accompaniment_ok or a.brings_ok is None):
        return flag(a.accompaniment_ok)
    return UNKNOWN if a.brings_ok is None else VIOLATED


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
        stairs = steps is None or "stairs" in hazards(a)
        unsure = a.access.wheelchair and stairs and slope is not True
        yield UNKNOWN if unsure else flag(a.access.wheelchair)
    toilet = a.access.toilet
    yield {None: UNKNOWN, "なし": VIOLATED, "多目的": MET}.get(toilet, SAID)


def of_limit(a: ActivityProfile, p: PersonProfile, limit: Limit) -> Iterator[Found]:  # noqa: C901, PLR0912, PLR0915 - a plain list of cases is what an oracle is
    kind, value = limit.kind, limit.value
    number = value if isinstance(value, int) else 0
    words = value if isinstance(value, tuple) else ()
    match kind:
        case Kind.GROUP_AT_MOST:
            yield kind, group(a, number), number
        case Kind.MINUTES_AT_MOST:
            yield kind, most(a.minutes[0] if a.minutes else None, number), number
        case Kind.PER_MONTH_AT_MOST:
            yield kind, per_month(a, number), number
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
            state = most(a.access.steps, number)
            state = UNKNOWN if state == MET and "stairs" in hazards(a) else state
            yield kind, MET if a.access.slope or a.setting in HOME else state, number
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
            minutes = trip(a, p)[1]
            yield kind, UNKNOWN if minutes is None else most(minutes, 1e9), number
        case Kind.COMPANION_REQUIRED:
            yield kind, MET if a.setting in HOME else flag(a.accompaniment_ok), None
        case Kind.MAY_LEAVE_ANY_TIME:
            yield kind, flag(may_leave(a)), None
        case Kind.BRINGS:
            yield from ((kind, brings(a, word), word) for word in words)
        case Kind.OTHER:
            yield kind, SAID, None
        case Kind.NOT_BEFORE | Kind.NOT_AFTER | Kind.AGE:
            return


def states(a: ActivityProfile, p: PersonProfile) -> list[Found]:
    found = [(str(c), s, x) for c, s, x in host(a, p)]
    return found + [(str(c), s, x) for limit in p.limits for c, s, x in of_limit(a, p, limit)]
