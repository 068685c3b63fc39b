"""Activities and people made for tests: everything known and harmless unless said otherwise."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.profiles import (
    Access,
    ActivityProfile,
    Company,
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
from matching import Answer, build, match

TODAY = date(2026, 11, 20)  # a Friday
TOKYO = ZoneInfo("Asia/Tokyo")
ALL_DAYS = frozenset(range(7))
WHOLE_WEEK = (Window(ALL_DAYS, 0, 24 * 60),)


def weekly(weekday: int, start: int, end: int, weeks: int = 8) -> tuple[Opening, ...]:
    """Make weekly openings from TODAY on; minutes after midnight."""
    ahead = (weekday - TODAY.weekday()) % 7
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=TOKYO)
    days = [midnight + timedelta(days=ahead + 7 * week) for week in range(weeks)]
    return tuple(
        Opening(day + timedelta(minutes=start), day + timedelta(minutes=end)) for day in days
    )


PLAIN = ActivityProfile(
    id="a",
    host="h",
    title="紙を折る会",
    lat=35.7,
    lon=139.5,
    minutes=(30, 60),
    dose="10枚",
    openings=weekly(1, 14 * 60, 15 * 60),
    per_month=4,
    capacity=4,
    places_left=2,
    group_size=(2, 4),
    company=frozenset(),
    load=Load(1, 1, 1, 1, 1),
    load_just_being=Load(0, 0, 0, 0, 0),
    own_pace=OwnPace.YES,
    just_being_ok=True,
    no_talk_ok=True,
    accompaniment_ok=True,
    leave_any_time=True,
    roles=("participant",),
    setting=Setting.INDOOR,
    hazards=frozenset(),
    heaviest_kg=1,
    standing_minutes=0,
    reward=Reward.NONE,
    fee_yen=0,
    access=Access(steps=0, wheelchair=True, toilet="多目的", seat="あり", minutes_from_stop=3),
    age=(0, 120),
    families_only=False,
    brings_ok=frozenset({"child", "companion", "animal"}),
    tags=("handwork",),
    meaning=Meaning(liked={"hands": 1.0}, tokens=("紙", "折る")),
    needs=Meaning(liked={"repetition": 0.5}),
)
ANYBODY = PersonProfile(
    id="p",
    stage=Stage.SHORT_ROLE,
    lat=35.701,
    lon=139.501,
    ages=(30, 39),
    interest=Meaning(liked={"hands": 1.0}, tokens=("手",)),
    strength=Meaning(liked={"repetition": 1.0}),
    ceiling=Load(3, 3, 3, 3, 3),
    windows=WHOLE_WEEK,
    modes=frozenset({TravelMode.WALK}),
    max_minutes=30,
    shared_with=SharedWith.HOSTS,
)


def activity(**changes: Any) -> ActivityProfile:
    return replace(PLAIN, **changes)


def person(*limits: Limit, **changes: Any) -> PersonProfile:
    return replace(ANYBODY, limits=limits, **changes)


def limit(kind: LimitKind, value: Any = None, text: str = "") -> Limit:
    return Limit(kind, value, text)


def answer(one: ActivityProfile, who: PersonProfile) -> Answer:
    return match(build([one], as_of=TODAY), who)


def tier(one: ActivityProfile, who: PersonProfile) -> str:
    """Name the tier in which a single activity stands for a person."""
    found = answer(one, who)
    tiers = {
        "fits": found.fits,
        "adaptable": found.adaptable,
        "ask_host": found.ask_host,
        "excluded": found.excluded,
    }
    (name,) = [name for name, standing in tiers.items() if standing]
    return name


def codes(one: ActivityProfile, who: PersonProfile) -> set[str]:
    """Return the codes of everything that has to be checked or stands in the way."""
    found = answer(one, who)
    shown = (*found.fits, *found.adaptable, *found.ask_host)
    checks = {reason.code for proposal in shown for reason in proposal.to_check}
    return checks | {reason.code for left in found.excluded for reason in left.reasons}


CHILDREN = frozenset({Company.CHILDREN.value})
