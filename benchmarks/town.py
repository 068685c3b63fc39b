"""A generated town: activities and people of any number, the same for the same seed."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from catalogue.profiles import (
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
)

TODAY = date(2026, 11, 20)
TOKYO = ZoneInfo("Asia/Tokyo")
FACETS = [
    *("hands", "plants", "farm", "animals", "machines", "repair", "computer", "writing", "music"),
    *("photo", "art", "cooking", "sewing", "cleaning", "carrying", "walking", "history", "games"),
    *("teaching", "chatting", "listening", "events", "town", "safety", "quiet", "alone"),
]
TOKENS = [f"語{n}" for n in range(2000)]
TAGS = ["handwork", "outdoor_work", "place_to_be", "food", "role", "art", "cleaning", "music"]
LATITUDE, LONGITUDE, SPREAD = 35.7, 139.5, 0.05


def _weekly(day: int, start: int, weeks: int = 52) -> tuple[Opening, ...]:
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=TOKYO)
    first = midnight + timedelta(days=(day - TODAY.weekday()) % 7, minutes=start)
    dates = (first + timedelta(weeks=week) for week in range(weeks))
    return tuple(Opening(date, date + timedelta(minutes=90)) for date in dates)


# Few distinct schedules, as in real towns; activities share the objects.
SCHEDULES = [_weekly(day, start) for day in range(7) for start in range(480, 1140, 30)]


def _meaning(dice: random.Random, facets: int, tokens: int) -> Meaning:
    liked = {facet: dice.choice([0.3, 0.6, 1.0]) for facet in dice.sample(FACETS, facets)}
    return Meaning(liked=liked, tokens=tuple(dice.choices(TOKENS, k=tokens)))


def _load(dice: random.Random) -> Load:
    return Load(*(dice.choices([0, 1, 2, 3, 4, None], [4, 6, 5, 3, 1, 1])[0] for _ in range(5)))


def _activity(dice: random.Random, number: int) -> ActivityProfile:
    size = dice.randint(1, 8)
    return ActivityProfile(
        id=f"a{number:07d}",
        host=f"h{number // 3:07d}",
        title=f"活動{number}",
        lat=LATITUDE + dice.uniform(-SPREAD, SPREAD),
        lon=LONGITUDE + dice.uniform(-SPREAD, SPREAD),
        minutes=dice.choice([(15, 60), (30, 90), (60, 120), (90, 120)]),
        dose=dice.choice(["", "箱1つ"]),
        openings=dice.choice(SCHEDULES),
        per_month=4.3,
        capacity=size,
        places_left=dice.randint(0, size),
        group_size=(1, size * dice.randint(1, 3)),
        company=frozenset(c.value for c in Company if dice.random() < 0.1),
        load=_load(dice),
        load_just_being=dice.choice([None, Load(0, 0, 0, 1, 0)]),
        own_pace=dice.choice([None, *OwnPace]),
        just_being_ok=dice.choice([True, False]),
        no_talk_ok=dice.choice([True, True, False, None]),
        accompaniment_ok=dice.choice([True, True, False]),
        roles=dice.choice([("participant",), ("participant", "helper"), ("teacher",)]),
        setting=dice.choice(list(Setting)),
        hazards=frozenset(h.value for h in Hazard if dice.random() < 0.07),
        reward=dice.choice(list(Reward)),
        fee_yen=dice.choice([0, 0, 0, 300]),
        access=Access(
            steps=dice.randint(0, 3),
            wheelchair=dice.choice([True, False]),
            seat="あり",
            toilet="洋式",
            minutes_from_stop=dice.randint(2, 15),
        ),
        age=dice.choice([(0, 120), (18, 120), (15, 29)]),
        families_only=dice.random() < 0.03,
        brings_ok=frozenset(),
        tags=(dice.choice(TAGS),),
        meaning=_meaning(dice, 4, 8),
        needs=_meaning(dice, 2, 3),
    )


def _person(dice: random.Random, number: int) -> PersonProfile:
    age = dice.randint(18, 80)
    kinds = [
        Limit(LimitKind.GROUP_AT_MOST, dice.randint(4, 12)),
        Limit(LimitKind.NO_HAZARD, (dice.choice(list(Hazard)).value,)),
        Limit(LimitKind.MINUTES_AT_MOST, dice.choice([45, 60, 90])),
        Limit(LimitKind.NO_TALKING_REQUIRED),
        Limit(LimitKind.NO_FEE),
    ]
    start = dice.choice([9, 10, 13]) * 60
    return PersonProfile(
        id=f"p{number:04d}",
        stage=dice.choice([stage for stage in Stage if stage is not Stage.NOT_MET]),
        lat=LATITUDE + dice.uniform(-SPREAD, SPREAD),
        lon=LONGITUDE + dice.uniform(-SPREAD, SPREAD),
        ages=(age, age + 4),
        own_words="少人数で、自分のペースなら",
        interest=_meaning(dice, 3, 4),
        strength=_meaning(dice, 2, 2),
        limits=tuple(dice.sample(kinds, 2)),
        ceiling=Load(*(dice.randint(1, 3) for _ in range(5))),
        windows=(Window(frozenset(dice.sample(range(7), 4)), start, start + 240),),
        modes=frozenset({TravelMode.WALK, TravelMode.BICYCLE}),
        max_minutes=dice.choice([15, 20, 30]),
        shared_with=SharedWith.TEAM,
    )


def activities(number: int, *, seed: int = 7) -> list[ActivityProfile]:
    dice = random.Random(seed)
    return [_activity(dice, at) for at in range(number)]


def people(number: int, *, seed: int = 8) -> list[PersonProfile]:
    dice = random.Random(seed)
    return [_person(dice, at) for at in range(number)]
