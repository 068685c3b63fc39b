"""Activities and people drawn by Hypothesis, over every field that matching reads."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

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
from tests.matching.made import TODAY, TOKYO, WHOLE_WEEK, activity, person, weekly

assert TOKYO.key == "Asia/Tokyo"
FLAG = st.sampled_from([True, False, None])
FACETS = ["hands", "plants", "cooking", "alone", "body", "quiet", "music", "insects"]
LEVEL = st.none() | st.integers(0, 4)
LOADS = st.builds(Load, LEVEL, LEVEL, LEVEL, LEVEL, LEVEL)
SURE = st.sampled_from([0.25, 0.5, 1.0])
MEANINGS = st.builds(
    Meaning,
    liked=st.dictionaries(st.sampled_from(FACETS), SURE, max_size=4),
    disliked=st.dictionaries(st.sampled_from(FACETS), SURE, max_size=1),
    tokens=st.lists(st.sampled_from(["紙", "花", "料理", "息子"]), max_size=3).map(tuple),
)
HAZARDS = [*(h.value for h in Hazard), "allergen:卵", "other:井戸"]


def _some(words: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), max_size=3)


def _pair(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    both = st.tuples(st.integers(low, high), st.integers(low, high))
    return both.map(lambda two: (min(two), max(two)))


@st.composite
def _openings(draw: st.DrawFn) -> tuple[Any, ...]:
    found: list[Any] = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(16, 46)) * 30  # till after midnight
        length = draw(st.integers(1, 6)) * 30
        found += weekly(draw(st.integers(0, 6)), start, start + length, weeks=3)
    return tuple(sorted(found, key=lambda opening: (opening.start, opening.end)))


def _rarely(strategy: st.SearchStrategy[Any], usual: Any) -> st.SearchStrategy[Any]:
    """Draw the usual value nine times out of ten, so that fits are found, too."""
    return st.integers(0, 9).flatmap(lambda n: strategy if n == 0 else st.just(usual))


def _often(strategy: st.SearchStrategy[Any], usual: Any) -> st.SearchStrategy[Any]:
    return strategy | st.just(usual)


@st.composite
def activities(draw: st.DrawFn, name: str = "a") -> ActivityProfile:
    access = Access(
        steps=draw(_rarely(st.none() | st.integers(0, 3), 0)),
        wheelchair=draw(_rarely(FLAG, usual=True)),
        toilet=draw(_rarely(st.sampled_from([None, "なし", "洋式"]), "多目的")),
        seat=draw(_rarely(st.sampled_from([None, "なし"]), "あり")),
        minutes_from_stop=draw(_rarely(st.none() | st.integers(0, 15), 3)),
        slope=draw(FLAG),
    )
    return activity(
        id=name,
        host=draw(st.sampled_from(["h1", "h2"])),
        title=draw(_rarely(st.sampled_from(["介護のつどい", "相談の日"]), "紙を折る会")),
        lat=draw(_rarely(st.sampled_from([None, 35.72, 35.75]), 35.7)),
        minutes=draw(_rarely(st.none() | _pair(0, 120), (30, 60))),
        dose=draw(st.sampled_from(["", "なし", "10枚"])),
        openings=draw(_often(_openings(), weekly(1, 840, 900))),
        by_arrangement=draw(st.booleans()),
        per_month=draw(_rarely(st.none() | st.integers(0, 12), 4)),
        capacity=draw(st.none() | st.integers(1, 9)),
        places_left=draw(_rarely(st.none() | st.integers(0, 4), 2)),
        group_size=draw(_rarely(st.none() | _pair(1, 30), (2, 4))),
        usual_attendance=draw(_rarely(st.none() | _pair(1, 30), None)),
        company=draw(_rarely(st.none() | _some([c.value for c in Company]), frozenset())),
        load=draw(_often(LOADS, Load(1, 1, 1, 1, 1))),
        load_just_being=draw(st.none() | LOADS),
        own_pace=draw(_rarely(st.none() | st.sampled_from(OwnPace), OwnPace.YES)),
        just_being_ok=draw(_rarely(FLAG, usual=True)),
        no_talk_ok=draw(_rarely(FLAG, usual=True)),
        accompaniment_ok=draw(_rarely(FLAG, usual=True)),
        leave_any_time=draw(_rarely(FLAG, usual=True)),
        roles=draw(
            st.lists(st.sampled_from(["participant", "server", "teacher"]), unique=True).map(tuple)
        ),
        setting=draw(_rarely(st.none() | st.sampled_from(Setting), Setting.INDOOR)),
        hazards=draw(_rarely(st.none() | _some(HAZARDS), frozenset())),
        alcohol=draw(_rarely(st.sampled_from([None, "none", "served"]), None)),
        handles_cash=draw(_rarely(FLAG, usual=False)),
        heaviest_kg=draw(_rarely(st.none() | st.integers(0, 20), 1)),
        standing_minutes=draw(_rarely(st.none() | st.integers(0, 40), 0)),
        reward=draw(_rarely(st.none() | st.sampled_from(Reward), Reward.NONE)),
        fee_yen=draw(_rarely(st.none() | st.sampled_from([0, 300]), 0)),
        access=access,
        age=draw(_rarely(st.none() | _pair(0, 90), (0, 120))),
        families_only=draw(_rarely(FLAG, usual=False)),
        brings_ok=draw(
            _rarely(
                st.none() | _some(["child", "companion", "animal"]),
                frozenset({"child", "companion", "animal"}),
            )
        ),
        tags=draw(
            st.lists(st.sampled_from(["meal", "home", "dementia", "role"]), max_size=2).map(tuple)
        ),
        open=draw(_rarely(st.booleans(), usual=True)),
        meaning=draw(MEANINGS),
        needs=draw(MEANINGS),
        last_asked_on=draw(st.none() | st.just(TODAY - timedelta(days=9))),
        resting_until=draw(_rarely(st.just(TODAY + timedelta(days=3)), None)),
    )


VALUES: dict[LimitKind, st.SearchStrategy[Any]] = {
    LimitKind.GROUP_AT_MOST: st.integers(1, 20),
    LimitKind.MINUTES_AT_MOST: st.integers(5, 90),
    LimitKind.PER_MONTH_AT_MOST: st.integers(1, 8),
    LimitKind.NOT_BEFORE: st.sampled_from(["09:00", "13:00"]),
    LimitKind.NOT_AFTER: st.sampled_from(["15:00", "18:30"]),
    LimitKind.NO_HAZARD: st.lists(
        st.sampled_from(HAZARDS), min_size=1, max_size=2, unique=True
    ).map(tuple),
    LimitKind.NO_COMPANY: st.lists(
        st.sampled_from([c.value for c in Company]), min_size=1, max_size=2, unique=True
    ).map(tuple),
    LimitKind.NO_ROLE: st.sampled_from([("server",), ("teacher", "server")]),
    LimitKind.NO_LABEL: st.just(("welfare",)),
    LimitKind.LIFT_AT_MOST_KG: st.integers(1, 15),
    LimitKind.STEPS_AT_MOST: st.integers(0, 2),
    LimitKind.WALK_AT_MOST_MINUTES: st.integers(1, 40),
    LimitKind.BRINGS: st.sampled_from([("child",), ("companion", "animal")]),
    LimitKind.AGE: st.just(40),
}


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    kind = draw(st.sampled_from(LimitKind))
    return Limit(kind, draw(VALUES.get(kind, st.none())), "ことば")


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start, end = sorted(draw(st.lists(st.integers(14, 44), min_size=2, max_size=2, unique=True)))
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    strength = draw(_rarely(st.sampled_from(WindowStrength), WindowStrength.CANNOT))
    return Window(days, start * 30, end * 30, strength)


@st.composite
def people(draw: st.DrawFn) -> PersonProfile:
    outcomes = ["passed", "ended_badly", "ended_well", "going"]
    on = TODAY - timedelta(days=draw(st.sampled_from([10, 200])))
    tried = Tried("a", "h1", draw(st.sampled_from(outcomes)), on)
    return person(
        *draw(st.lists(limits(), max_size=2)),
        stage=draw(st.none() | st.sampled_from([s for s in Stage if s is not Stage.NOT_MET])),
        ages=draw(_rarely(st.none() | _pair(10, 90), (30, 39))),
        interest=draw(MEANINGS),
        strength=draw(MEANINGS),
        own_words=draw(st.sampled_from(["", "朝がよい", "黙って、少人数で", "お金をもらいたい"])),
        ceiling=draw(_often(LOADS, Load(3, 3, 3, 3, 3))),
        hard_dimensions=draw(_rarely(_some(list(DIMENSIONS)), frozenset())),
        windows=draw(_often(st.lists(windows(), max_size=2).map(tuple), WHOLE_WEEK)),
        modes=draw(
            _rarely(st.frozensets(st.sampled_from(TravelMode)), frozenset({TravelMode.WALK}))
        ),
        max_minutes=draw(_often(st.none() | st.integers(0, 60), 60)),
        accompaniment=draw(_rarely(st.none() | st.sampled_from(Accompaniment), None)),
        shared_with=draw(st.sampled_from(SharedWith)),
        told_hosts=draw(_rarely(st.just(frozenset({"h1"})), frozenset())),
        money_max_yen=draw(_rarely(st.none() | st.sampled_from([0, 300]), None)),
        not_again=draw(_rarely(st.just(frozenset({"h2"})), frozenset())),
        tried=draw(_rarely(st.just((tried,)), ())),
    )
