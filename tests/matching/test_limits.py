"""Every kind of limit decides something: met, violated, unknown."""

from typing import Any

import pytest

from catalogue.profiles import (
    Access,
    Accompaniment,
    Limit,
    LimitKind,
    Load,
    OwnPace,
    Reward,
    Setting,
    TravelMode,
)
from matching import Arrangement, build, match
from matching.answer import ArrangementKind
from matching.limits import HELD_BY
from matching.limits.terms import no_fee
from tests.matching.made import ANYBODY, TODAY, activity, answer, codes, limit, person, tier, weekly

Kind = LimitKind
Changes = dict[str, Any]
FAR = {"lat": 35.73, "lon": 139.53}  # over four kilometres: 68 minutes on foot
NOBODY = {"capacity": None}  # a change that changes nothing of weight
# kind -> (value, what violates it, tier then, what leaves it unknown or None)
CASES: dict[LimitKind, tuple[Any, Changes, str, Changes | None]] = {
    Kind.GROUP_AT_MOST: (5, {"group_size": (6, 9)}, "excluded", {"group_size": None}),
    Kind.MINUTES_AT_MOST: (45, {"minutes": (60, 90)}, "adaptable", {"minutes": None}),
    Kind.PER_MONTH_AT_MOST: (
        2,
        {"per_month": 8, "own_pace": OwnPace.PARTLY},
        "adaptable",
        {"per_month": None},
    ),
    Kind.NOT_BEFORE: ("13:00", {"openings": weekly(1, 540, 600)}, "excluded", {"openings": ()}),
    Kind.NOT_AFTER: ("16:00", {"openings": weekly(1, 1000, 1060)}, "excluded", {"openings": ()}),
    Kind.NO_HAZARD: (
        ("blades",),
        {"hazards": frozenset({"blades"})},
        "excluded",
        {"hazards": None},
    ),
    Kind.NO_COMPANY: (
        ("men_mostly",),
        {"company": frozenset({"men_mostly"})},
        "excluded",
        {"company": None},
    ),
    Kind.NO_ROLE: (("server",), {"roles": ("server",)}, "excluded", {"roles": ()}),
    Kind.NO_LABEL: (("welfare",), {"title": "介護のつどい"}, "excluded", None),
    Kind.NO_FEE: (None, {"fee_yen": 100}, "excluded", {"fee_yen": None}),
    Kind.NO_PAY: (None, {"reward": Reward.WAGE}, "excluded", {"reward": None}),
    Kind.NO_TASK_EXPECTED: (
        None,
        {"just_being_ok": False},
        "excluded",
        {"just_being_ok": None},
    ),
    Kind.NO_TALKING_REQUIRED: (None, {"no_talk_ok": False}, "excluded", {"no_talk_ok": None}),
    Kind.SEATED: (
        None,
        {"access": Access(seat="なし"), "just_being_ok": False},
        "excluded",
        {"access": Access()},
    ),
    Kind.LIFT_AT_MOST_KG: (
        10,
        {"heaviest_kg": 10.5, "own_pace": OwnPace.NO},
        "excluded",
        {"heaviest_kg": None, "hazards": frozenset({"heavy_lifting"})},
    ),
    Kind.STEPS_AT_MOST: (1, {"access": Access(steps=2)}, "excluded", {"access": Access()}),
    Kind.WHEELCHAIR: (
        None,
        {"access": Access(steps=0, wheelchair=False, toilet="多目的")},
        "excluded",
        {"access": Access(steps=0, toilet="多目的")},
    ),
    Kind.HOME_ONLY: (None, {"setting": Setting.INDOOR}, "excluded", {"setting": None}),
    Kind.NO_OUTDOORS: (
        None,
        {"setting": Setting.OUTDOOR},
        "excluded",
        {"setting": Setting.BOTH},
    ),
    Kind.WALK_AT_MOST_MINUTES: (10, FAR, "adaptable", {"lat": None, "lon": None}),
    Kind.COMPANION_REQUIRED: (
        None,
        {"accompaniment_ok": False},
        "excluded",
        {"accompaniment_ok": None},
    ),
    Kind.MAY_LEAVE_ANY_TIME: (
        None,
        {"leave_any_time": False, "just_being_ok": False},
        "excluded",
        {"leave_any_time": None, "own_pace": OwnPace.PARTLY},
    ),
    Kind.BRINGS: (("child",), {"brings_ok": frozenset()}, "excluded", {"brings_ok": None}),
    Kind.AGE: (17, {"age": (18, 120)}, "excluded", {"age": None}),
}
HARMLESS = {Kind.HOME_ONLY: {"setting": Setting.HOME}}


def _person(kind: LimitKind, value: Any) -> Any:
    ages = None if kind is Kind.AGE else ANYBODY.ages
    # a way of two hours does not bind by itself, so that only the limit decides
    return person(limit(kind, value, "ことば"), max_minutes=120, ages=ages)


def test_every_kind_is_held_and_has_a_case() -> None:
    assert set(HELD_BY) == set(LimitKind)
    assert {*CASES, Kind.OTHER} == set(LimitKind)


@pytest.mark.parametrize("kind", CASES)
def test_a_limit_that_is_met_leaves_the_activity_in_fits(kind: LimitKind) -> None:
    assert tier(activity(**HARMLESS.get(kind, {})), _person(kind, CASES[kind][0])) == "fits"


@pytest.mark.parametrize("kind", CASES)
def test_a_violated_limit_takes_the_activity_out_of_fits(kind: LimitKind) -> None:
    value, violating, where, _ = CASES[kind]
    free = person(max_minutes=120)
    assert tier(activity(**violating), free) == "fits", "without the limit it would fit"
    assert tier(activity(**violating), _person(kind, value)) == where


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if case[3] is not None])
def test_what_is_unknown_is_asked_and_never_met(kind: LimitKind) -> None:
    value, _, _, unknown = CASES[kind]
    assert tier(activity(**(unknown or {})), _person(kind, value)) == "ask_host"


def test_free_words_are_for_a_human_to_look_at() -> None:
    assert "other" in codes(activity(), person(limit(Kind.OTHER, None, "電話には出ない")))


def test_a_violated_limit_names_the_value_and_the_limit() -> None:
    found = answer(activity(fee_yen=300), person(limit(Kind.NO_FEE)))
    (reason,) = found.excluded[0].reasons
    assert (reason.code, reason.value) == ("no_fee", 300)


def test_half_a_kilogram_too_much_is_too_much() -> None:
    who = person(limit(Kind.LIFT_AT_MOST_KG, 10))
    assert tier(activity(heaviest_kg=10.4, own_pace=OwnPace.NO), who) == "excluded"
    assert tier(activity(heaviest_kg=10.0, own_pace=OwnPace.NO), who) == "fits"


def test_nothing_heavy_stated_and_no_figure_is_light_enough() -> None:
    who = person(limit(Kind.LIFT_AT_MOST_KG, 10))
    assert tier(activity(heaviest_kg=None, hazards=frozenset({"noise"})), who) == "fits"
    assert tier(activity(heaviest_kg=None, hazards=None), who) == "ask_host"


def test_a_slope_takes_away_the_steps() -> None:
    who = person(limit(Kind.STEPS_AT_MOST, 1))
    assert tier(activity(access=Access(steps=5, slope=True)), who) == "fits"


def test_a_wheelchair_needs_no_step_and_a_toilet() -> None:
    who = person(limit(Kind.WHEELCHAIR))
    step = Access(steps=1, wheelchair=True, toilet="多目的")
    plain = Access(steps=0, wheelchair=True, toilet="洋式")
    none = Access(steps=0, wheelchair=True, toilet="なし")
    silent = Access(steps=0, wheelchair=True)
    assert tier(activity(access=step), who) == "excluded"
    assert tier(activity(access=plain), who) == "fits"
    assert "toilet_to_see" in codes(activity(access=plain), who)
    assert tier(activity(access=none), who) == "excluded"
    assert tier(activity(access=silent), who) == "ask_host"


def test_seated_asks_about_bodily_work_and_refuses_long_standing() -> None:
    who = person(limit(Kind.SEATED))
    seat = Access(seat="あり")
    work = Load(2, 1, 1, 1, 1)
    assert tier(activity(access=seat, load=work, standing_minutes=None), who) == "ask_host"
    assert tier(activity(access=seat, standing_minutes=40, just_being_ok=False), who) == "excluded"


def test_pay_that_may_follow_is_asked_about() -> None:
    who = person(limit(Kind.NO_PAY))
    assert tier(activity(reward=Reward.NONE_THEN_WAGE), who) == "ask_host"


def test_at_ones_own_pace_one_may_come_less_often() -> None:
    who = person(limit(Kind.PER_MONTH_AT_MOST, 2))
    assert tier(activity(per_month=8), who) == "fits"
    assert "come_less_often" in codes(activity(per_month=8), who)


def test_a_hinted_label_is_spoken_of() -> None:
    who = person(limit(Kind.NO_LABEL, ("welfare",)))
    assert "label_hint" in codes(activity(title="よろず相談の日"), who)
    assert tier(activity(tags=("dementia",)), who) == "excluded"


def test_an_unlisted_label_is_looked_for_as_it_is() -> None:
    who = person(limit(Kind.NO_LABEL, ("老人会",)))
    assert tier(activity(title="南老人会の体操"), who) == "excluded"
    assert tier(activity(), who) == "fits"


def test_a_companion_is_no_burden_where_companions_are_welcome() -> None:
    who = person(limit(Kind.BRINGS, ("companion",)))
    assert tier(activity(brings_ok=frozenset()), who) == "fits"


@pytest.mark.parametrize("need", [a for a in Accompaniment if a is not Accompaniment.NONE])
def test_accompaniment_needs_a_host_who_welcomes_it(need: Accompaniment) -> None:
    who = person(accompaniment=need)
    assert tier(activity(), who) == "fits"
    assert tier(activity(accompaniment_ok=False), who) == "excluded"
    assert tier(activity(accompaniment_ok=None), who) == "ask_host"


def test_nobody_alone_is_bound_by_what_companions_may() -> None:
    who = person(accompaniment=Accompaniment.NONE)
    assert tier(activity(accompaniment_ok=False), who) == "fits"


@pytest.mark.parametrize("at", range(5))
def test_each_dimension_of_the_load_binds_for_itself(at: int) -> None:
    levels = [1, 1, 1, 1, 1]
    bare = {"just_being_ok": False, "own_pace": OwnPace.NO, "accompaniment_ok": False}
    ceiling = Load(1, 1, 1, 1, 1)
    for over, expected in ((1, "fits"), (2, "excluded")):
        asked = levels.copy()
        asked[at] += over
        assert tier(activity(load=Load(*asked), **bare), person(ceiling=ceiling)) == expected
    unknown = Load(*[None if i == at else 1 for i in range(5)])
    assert tier(activity(load=unknown), person(ceiling=ceiling)) == "ask_host"


def test_a_stretch_is_said_and_stands_lower() -> None:
    who = person(ceiling=Load(1, 1, 1, 1, 1))
    stretched = activity(load=Load(2, 1, 1, 1, 1))
    assert "stretch.physical" in codes(stretched, who)
    easy = answer(activity(), who).fits[0].score
    assert answer(stretched, who).fits[0].score < easy


def test_a_hard_dimension_knows_no_stretch() -> None:
    bare = {"just_being_ok": False, "own_pace": OwnPace.NO}
    who = person(ceiling=Load(1, 1, 1, 1, 1), hard_dimensions=frozenset({"physical"}))
    assert tier(activity(load=Load(2, 1, 1, 1, 1), **bare), who) == "excluded"


def test_two_stretches_are_one_too_many() -> None:
    bare = {"just_being_ok": False, "own_pace": OwnPace.NO, "accompaniment_ok": False}
    who = person(ceiling=Load(1, 1, 1, 1, 1))
    assert tier(activity(load=Load(2, 2, 1, 1, 1), **bare), who) == "excluded"


@pytest.mark.parametrize("mode", TravelMode)
def test_every_mode_reaches_the_next_street_and_only_some_the_next_town(mode: TravelMode) -> None:
    near = person(modes=frozenset({mode}), max_minutes=20)
    far_away = activity(lat=36.2, lon=139.5)
    assert tier(activity(), near) == "fits"
    assert tier(far_away, near) == "excluded"


def test_the_way_is_nothing_at_home() -> None:
    who = person(max_minutes=5)
    found = answer(activity(setting=Setting.HOME, lat=36.5), who)
    assert found.fits[0].start.travel_minutes == 0
    assert found.fits[0].start.mode is None


def test_a_bus_without_a_known_stop_is_asked_about() -> None:
    who = person(modes=frozenset({TravelMode.BUS}), max_minutes=30)
    assert tier(activity(access=Access()), who) == "ask_host"


def test_who_may_hardly_walk_still_takes_the_bus() -> None:
    modes = frozenset({TravelMode.WALK, TravelMode.BUS})
    who = person(limit(Kind.WALK_AT_MOST_MINUTES, 8), modes=modes, max_minutes=40)
    assert tier(activity(lat=35.72, lon=139.52), who) == "fits"


def test_a_lift_is_arranged_where_the_way_alone_is_too_long() -> None:
    found = answer(activity(**FAR), person(max_minutes=20))
    made = found.adaptable[0].arrangements[0]
    assert isinstance(made, Arrangement)
    assert made.kind is ArrangementKind.LIFT
    assert isinstance(made.to, int)
    assert made.to < 20
    assert found.adaptable[0].start.mode == "lift"


def test_who_has_the_same_limit_shares_what_is_found_and_nobody_hears_the_others_words() -> None:
    index = build([activity(id="x", fee_yen=300, own_pace=OwnPace.NO)], as_of=TODAY)
    words = ("借金があるので", "年金なので")
    for text in words:
        said = (
            Limit(LimitKind.NO_FEE, text=text),
            Limit(LimitKind.OTHER, text=text),
            Limit(LimitKind.NOT_BEFORE, "05:00", text),
        )
        (left,) = match(index, person(*said)).excluded
        assert ("no_fee", 300, text) in left.reasons
    kept = repr(list(index.kept))
    assert "no_fee" in kept
    assert not any(text in kept for text in words)
    assert sum(key[0] is no_fee for key in index.kept if isinstance(key, tuple)) == 1
