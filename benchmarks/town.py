"""A generated town: activities and people of any number, the same for the same seed.

Hosts leave fields open, as real ones do. Of the people, the ``careful`` have several limits and low
ceilings (about one activity in a hundred fits), the ``open_minded`` few (about half of them fit).
"""

import random
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from catalogue.profiles import (
    DIMENSIONS,
    Access,
    ActivityProfile,
    Company,
    Hazard,
    Limit,
    LimitKind,
    Load,
    Meaning,
    Opening,
    OwnPace,
    PersonProfile,
    Reward,
    Setting,
    SharedWith,
    Stage,
    TravelMode,
    Window,
    WindowStrength,
)

T = TypeVar("T")
TODAY = date(2026, 11, 20)
TOKYO = ZoneInfo("Asia/Tokyo")
FACETS = [
    *("hands", "plants", "farm", "animals", "machines", "repair", "computer", "writing", "music"),
    *("photo", "art", "cooking", "sewing", "cleaning", "carrying", "walking", "history", "games"),
    *("teaching", "chatting", "listening", "events", "town", "safety", "quiet", "alone"),
]
TOKENS = [f"語{n}" for n in range(2000)]
TAGS = ["handwork", "outdoor_work", "place_to_be", "food", "role", "art", "cleaning", "music"]
WORDS = [
    "少人数で、自分のペースなら",
    "朝のうちに、終わりが決まっていると助かる",
    "黙ってできること。いつでも帰れるなら",
    "人前に立たないで、座って",
]
LATITUDE, LONGITUDE, SPREAD = 35.7, 139.5, 0.05


def _weekly(day: int, start: int, weeks: int = 52) -> tuple[Opening, ...]:
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=TOKYO)
    first = midnight + timedelta(days=(day - TODAY.weekday()) % 7, minutes=start)
    dates = (first + timedelta(weeks=week) for week in range(weeks))
    return tuple(Opening(date, date + timedelta(minutes=90)) for date in dates)


# Few distinct schedules, as in real towns; activities share the objects.
SCHEDULES = [_weekly(day, start) for day in range(7) for start in range(480, 1140, 30)]


def _or_unsaid(dice: random.Random, value: T, share: float = 0.05) -> T | None:
    """Leave a field open in a share of cases: nobody fills in a whole form."""
    return None if dice.random() < share else value


def _meaning(dice: random.Random, facets: int, tokens: int) -> Meaning:
    liked = {facet: dice.choice([0.3, 0.6, 1.0]) for facet in dice.sample(FACETS, facets)}
    return Meaning(liked=liked, tokens=tuple(dice.choices(TOKENS, k=tokens)))


def _load(dice: random.Random) -> Load:
    return Load(*(dice.choices([0, 1, 2, 3, 4, None], [4, 6, 5, 3, 1, 1])[0] for _ in range(5)))


def _activity(dice: random.Random, number: int) -> ActivityProfile:
    size = dice.randint(1, 8)
    somewhere = dice.random() >= 0.03
    hazards = frozenset(h.value for h in Hazard if dice.random() < 0.07)
    company = frozenset(c.value for c in Company if dice.random() < 0.1)
    asked = TODAY - timedelta(days=dice.randint(1, 200))
    return ActivityProfile(
        id=f"a{number:07d}",
        host=f"h{number // 3:07d}",
        title=f"活動{number}",
        lat=LATITUDE + dice.uniform(-SPREAD, SPREAD) if somewhere else None,
        lon=LONGITUDE + dice.uniform(-SPREAD, SPREAD) if somewhere else None,
        minutes=_or_unsaid(dice, dice.choice([(15, 60), (30, 90), (60, 120), (90, 120)])),
        dose=dice.choice(["", "箱1つ"]),
        openings=dice.choice(SCHEDULES) if dice.random() >= 0.08 else (),
        by_arrangement=dice.random() < 0.1,
        per_month=_or_unsaid(dice, 4.3),
        capacity=_or_unsaid(dice, size),
        places_left=_or_unsaid(dice, dice.randint(0, size)),
        group_size=_or_unsaid(dice, (1, size * dice.randint(1, 3)), 0.08),
        company=_or_unsaid(dice, company, 0.1),
        load=_load(dice),
        load_just_being=dice.choice([None, Load(0, 0, 0, 1, 0)]),
        own_pace=dice.choice([None, *OwnPace]),
        just_being_ok=dice.choice([True, False]),
        no_talk_ok=dice.choice([True, True, False, None]),
        accompaniment_ok=_or_unsaid(dice, dice.choice([True, True, False])),
        roles=dice.choice([("participant",), ("participant", "helper"), ("teacher",)]),
        setting=_or_unsaid(dice, dice.choice(list(Setting))),
        hazards=_or_unsaid(dice, hazards, 0.1),
        reward=_or_unsaid(dice, dice.choice(list(Reward))),
        fee_yen=_or_unsaid(dice, dice.choice([0, 0, 0, 300])),
        access=Access(
            steps=_or_unsaid(dice, dice.randint(0, 3)),
            wheelchair=_or_unsaid(dice, dice.choice([True, False])),
            seat="あり",
            toilet="洋式",
            minutes_from_stop=_or_unsaid(dice, dice.randint(2, 15)),
        ),
        age=_or_unsaid(dice, dice.choice([(0, 120), (0, 120), (18, 120), (18, 120), (15, 29)])),
        families_only=dice.random() < 0.03,
        brings_ok=_or_unsaid(dice, frozenset[str]()),
        tags=(dice.choice(TAGS),),
        meaning=_meaning(dice, 4, 8),
        needs=_meaning(dice, 2, 3),
        last_asked_on=_or_unsaid(dice, asked, 0.5),
        resting_until=TODAY + timedelta(days=9) if dice.random() < 0.02 else None,
    )


def _careful(dice: random.Random, number: int) -> PersonProfile:
    age = dice.randint(18, 80)
    kinds = [
        Limit(LimitKind.GROUP_AT_MOST, dice.randint(4, 12)),
        Limit(LimitKind.NO_HAZARD, (dice.choice(list(Hazard)).value,)),
        Limit(LimitKind.MINUTES_AT_MOST, dice.choice([45, 60, 90])),
        Limit(LimitKind.NO_TALKING_REQUIRED),
        Limit(LimitKind.NO_FEE),
    ]
    start = dice.choice([9, 10, 13]) * 60
    strength = dice.choices([WindowStrength.CANNOT, WindowStrength.RATHER_NOT], [9, 1])[0]
    days = frozenset(dice.sample(range(7), 4))
    return PersonProfile(
        id=f"c{number:04d}",
        stage=dice.choice([stage for stage in Stage if stage is not Stage.NOT_MET]),
        lat=LATITUDE + dice.uniform(-SPREAD, SPREAD),
        lon=LONGITUDE + dice.uniform(-SPREAD, SPREAD),
        ages=(age, age + 4),
        own_words=dice.choice(WORDS),
        interest=_meaning(dice, 3, 4),
        strength=_meaning(dice, 2, 2),
        limits=tuple(dice.sample(kinds, 2)),
        ceiling=Load(*(dice.randint(1, 3) for _ in range(5))),
        hard_dimensions=frozenset(dice.sample(DIMENSIONS, dice.choice([0, 0, 1]))),
        windows=(Window(days, start, start + 240, strength),),
        modes=frozenset({TravelMode.WALK, TravelMode.BICYCLE}),
        max_minutes=dice.choice([15, 20, 30]),
        money_max_yen=dice.choice([None, None, 300]),
        shared_with=SharedWith.TEAM,
    )


def _open_minded(dice: random.Random, number: int) -> PersonProfile:
    age = dice.randint(20, 70)
    return PersonProfile(
        id=f"o{number:04d}",
        stage=dice.choice([Stage.SHORT_ROLE, Stage.REGULAR_ROLE, Stage.HELPER]),
        lat=LATITUDE + dice.uniform(-SPREAD, SPREAD),
        lon=LONGITUDE + dice.uniform(-SPREAD, SPREAD),
        ages=(age, age + 4),
        own_words=dice.choice(WORDS),
        interest=_meaning(dice, 4, 5),
        strength=_meaning(dice, 3, 3),
        windows=(Window(frozenset(range(7)), dice.choice([8, 9]) * 60, 20 * 60),),
        modes=frozenset({TravelMode.BICYCLE, TravelMode.CAR}),
        max_minutes=dice.choice([40, 60]),
        money_max_yen=dice.choice([500, 1000]),
        shared_with=SharedWith.HOSTS,
    )


def activities(number: int, *, seed: int = 7) -> list[ActivityProfile]:
    dice = random.Random(seed)
    return [_activity(dice, at) for at in range(number)]


def people(number: int, *, seed: int = 8) -> list[PersonProfile]:
    """Draw people with limits, as most of those are for whom a place is looked for."""
    dice = random.Random(seed)
    return [_careful(dice, at) for at in range(number)]


def open_minded(number: int, *, seed: int = 9) -> list[PersonProfile]:
    """Draw people with few limits, to whom about half of the activities are open."""
    dice = random.Random(seed)
    return [_open_minded(dice, at) for at in range(number)]
