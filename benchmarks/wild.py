"""Activities and people over every field and every kind of limit, wilder than any town.

Most fields are harmless nine times out of ten, so that every tier is met.
"""

import random
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from benchmarks.town import TODAY, TOKYO
from catalogue.profiles import (
    DIMENSIONS,
    Access,
    Accompaniment,
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
    Tried,
    Window,
    WindowStrength,
)

T = TypeVar("T")
HAZARDS: Final = [*(hazard.value for hazard in Hazard), "allergen:卵", "other:井戸"]
COMPANY: Final = [company.value for company in Company]
FACETS: Final = ["hands", "plants", "cooking", "alone", "body", "quiet", "music", "insects"]
BRINGS: Final = ["child", "companion", "animal"]
FLAG: Final = [True, False, None]
PLAIN: Final = ["participant", "server", "teacher"]


class Dice(random.Random):
    """Chances in the forms that a profile needs."""

    def rarely(self, others: list[Any], usual: Any) -> Any:
        return self.choice(others) if self.random() < 0.1 else usual

    def some(self, words: list[str], most: int = 3) -> frozenset[str]:
        return frozenset(self.sample(words, self.randint(0, most)))

    def pair(self, low: int, high: int) -> tuple[int, int]:
        first, second = sorted((self.randint(low, high), self.randint(low, high)))
        return first, second

    def load(self, usual: Load) -> Load:
        if self.random() < 0.5:
            return usual
        return Load(*(self.choice([None, 0, 1, 2, 3, 4]) for _ in DIMENSIONS))

    def meaning(self) -> Meaning:
        liked = {facet: self.choice([0.25, 0.5, 1.0]) for facet in sorted(self.some(FACETS))}
        tokens = tuple(self.choices(["紙", "花", "料理", "息子"], k=self.randint(0, 3)))
        return Meaning(liked=liked, tokens=tokens)

    def openings(self) -> tuple[Opening, ...]:
        found = []
        for _ in range(self.randint(0, 2)):
            day = datetime(TODAY.year, TODAY.month, TODAY.day + self.randint(1, 7), tzinfo=TOKYO)
            start = day + timedelta(minutes=30 * self.randint(16, 46))
            length = timedelta(minutes=30 * self.randint(1, 6))
            weeks = (timedelta(weeks=week) for week in range(3))
            found += [Opening(start + week, start + week + length) for week in weeks]
        return tuple(sorted(found, key=lambda opening: (opening.start, opening.end)))


def activity(dice: Dice, number: int) -> ActivityProfile:
    rarely = dice.rarely
    return ActivityProfile(
        id=f"a{number:05d}",
        host=f"h{number % 7}",
        title=rarely(["介護のつどい", "相談の日"], "紙を折る会"),
        lat=rarely([None, 35.72, 35.75], 35.7),
        lon=139.5,
        minutes=rarely([None, dice.pair(0, 120)], (30, 60)),
        dose=dice.choice(["", "なし", "10枚"]),
        openings=dice.openings(),
        by_arrangement=dice.random() < 0.3,
        per_month=rarely([None, 1, 2, 4, 4.3, 12], 4),
        capacity=dice.choice([None, 1, 9]),
        places_left=rarely([None, 0, 4], 2),
        group_size=rarely([None, dice.pair(1, 30)], (2, 4)),
        usual_attendance=rarely([dice.pair(1, 30)], None),
        company=rarely([None, dice.some(COMPANY)], frozenset()),
        load=dice.load(Load(1, 1, 1, 1, 1)),
        load_just_being=dice.choice([None, dice.load(Load(0, 0, 0, 0, 0))]),
        own_pace=rarely([None, *OwnPace], OwnPace.YES),
        just_being_ok=rarely(FLAG, usual=True),
        no_talk_ok=rarely(FLAG, usual=True),
        accompaniment_ok=rarely(FLAG, usual=True),
        leave_any_time=rarely(FLAG, usual=True),
        roles=tuple(sorted(dice.some(PLAIN))),
        setting=rarely([None, *Setting], Setting.INDOOR),
        hazards=rarely([None, dice.some(HAZARDS)], frozenset()),
        alcohol=rarely(["none", "served"], None),
        handles_cash=rarely(FLAG, usual=False),
        heaviest_kg=rarely([None, 3, 20], 1),
        standing_minutes=rarely([None, 40], 0),
        reward=rarely([None, *Reward], Reward.NONE),
        fee_yen=rarely([None, 300], 0),
        access=_access(dice),
        age=rarely([None, dice.pair(0, 90)], (0, 120)),
        families_only=rarely(FLAG, usual=False),
        brings_ok=rarely([None, dice.some(BRINGS)], frozenset(BRINGS)),
        tags=tuple(sorted(dice.some(["meal", "home", "dementia", "role"], 2))),
        open=rarely([False], usual=True),
        meaning=dice.meaning(),
        needs=dice.meaning(),
        last_asked_on=dice.choice([None, TODAY - timedelta(days=9)]),
        resting_until=rarely([TODAY + timedelta(days=3)], None),
    )


def _access(dice: Dice) -> Access:
    return Access(
        steps=dice.rarely([None, 1, 3], 0),
        wheelchair=dice.rarely(FLAG, usual=True),
        toilet=dice.rarely([None, "なし", "洋式"], "多目的"),
        seat=dice.rarely([None, "なし"], "あり"),
        minutes_from_stop=dice.rarely([None, 1, 15], 3),
        slope=dice.choice(FLAG),
    )


def _limit(dice: Dice) -> Limit:
    hazards = tuple(dice.sample(HAZARDS, dice.randint(1, 2)))
    company = tuple(dice.sample(COMPANY, dice.randint(1, 2)))
    values: dict[LimitKind, Any] = {
        LimitKind.GROUP_AT_MOST: dice.randint(1, 20),
        LimitKind.MINUTES_AT_MOST: dice.randint(5, 90),
        LimitKind.PER_MONTH_AT_MOST: dice.randint(1, 8),
        LimitKind.NOT_BEFORE: dice.choice(["09:00", "13:00"]),
        LimitKind.NOT_AFTER: dice.choice(["15:00", "18:30"]),
        LimitKind.NO_HAZARD: hazards,
        LimitKind.NO_COMPANY: company,
        LimitKind.NO_ROLE: dice.choice([("server",), ("teacher", "server")]),
        LimitKind.NO_LABEL: ("welfare",),
        LimitKind.LIFT_AT_MOST_KG: dice.randint(1, 15),
        LimitKind.STEPS_AT_MOST: dice.randint(0, 2),
        LimitKind.WALK_AT_MOST_MINUTES: dice.randint(1, 40),
        LimitKind.BRINGS: dice.choice([("child",), ("companion", "animal")]),
        LimitKind.AGE: 40,
    }
    kind = dice.choice(list(LimitKind))
    return Limit(kind, values.get(kind), "ことば")


def _window(dice: Dice) -> Window:
    start, end = sorted(dice.sample(range(14, 45), 2))
    days = frozenset(dice.sample(range(7), dice.randint(1, 7)))
    strength = dice.rarely(list(WindowStrength), WindowStrength.CANNOT)
    return Window(days, start * 30, end * 30, strength)


def person(dice: Dice, number: int) -> PersonProfile:
    rarely, on = dice.rarely, TODAY - timedelta(days=dice.choice([10, 200]))
    outcome = dice.choice(["passed", "ended_badly", "ended_well", "going"])
    week = (Window(frozenset(range(7)), 0, 24 * 60),)
    windows = tuple(_window(dice) for _ in range(dice.randint(0, 2)))
    return PersonProfile(
        id=f"p{number:05d}",
        stage=dice.choice([stage for stage in Stage if stage is not Stage.NOT_MET]),
        lat=rarely([None], 35.7),
        lon=139.5,
        ages=rarely([None, dice.pair(10, 90)], (30, 39)),
        own_words=dice.choice(["", "朝がよい", "黙って、少人数で", "お金をもらいたい"]),
        interest=dice.meaning(),
        strength=dice.meaning(),
        limits=tuple(_limit(dice) for _ in range(dice.randint(0, 3))),
        ceiling=dice.load(Load(3, 3, 3, 3, 3)),
        hard_dimensions=rarely([dice.some(list(DIMENSIONS))], frozenset()),
        windows=dice.choice([windows, week]),
        modes=frozenset(dice.sample(list(TravelMode), dice.randint(1, 3))),
        max_minutes=dice.choice([None, 5, 20, 60]),
        accompaniment=rarely([*Accompaniment], None),
        shared_with=dice.choice(list(SharedWith)),
        money_max_yen=rarely([0, 300], None),
        not_again=rarely([frozenset({"h2"})], frozenset()),
        tried=rarely([(Tried("a00001", "h1", outcome, on),)], ()),
    )
