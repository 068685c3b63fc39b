"""The figures of the factors, worked out by hand from what their docstrings say."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from catalogue.profiles import (
    ActivityProfile,
    LimitKind,
    Load,
    Meaning,
    OwnPace,
    PersonProfile,
    Setting,
    Stage,
    Tried,
)
from matching import WEIGHTS, build, match
from matching.case import consider
from matching.factors import FACTORS
from matching.weights import Weights
from tests.matching.made import TODAY, activity, limit, person, weekly

Changes = dict[str, Any]


def _value(name: str, one: ActivityProfile, who: PersonProfile) -> float:
    case = consider(build([one], as_of=TODAY), who)
    return float(FACTORS[name].score(case)[0])


@pytest.mark.parametrize(
    ("pace", "minutes", "dose", "pressure", "expected"),
    [
        (OwnPace.YES, (30, 60), "10枚", None, (2 * 1.0 + 1 + 1) / 4),
        (OwnPace.YES, (120, 180), "", None, (2 * 1.0 + 0 + 0.6) / 4),
        (OwnPace.PARTLY, (75, 75), "10枚", None, (2 * 0.7 + 0.5 + 1) / 4),
        (OwnPace.NO, (30, 30), "なし", 2, (2 * 0.2 + 1 + 0.6) / 4),
        (OwnPace.NO, (30, 30), "なし", 3, (2 * 0.7 + 1 + 0.6) / 4),
        (None, (30, 30), "10枚", None, (2 * 0.5 + 1 + 1) / 4),
        (OwnPace.YES, None, "10枚", None, (2 * 1.0 + 0.5 + 1) / 4),
        (OwnPace.YES, (0, 10), "10枚", None, 1.0),
        (OwnPace.YES, (600, 600), "10枚", None, 0.75),
    ],
)
def test_pace_is_a_mean_in_which_ones_own_pace_counts_twice(
    pace: OwnPace | None,
    minutes: tuple[int, int] | None,
    dose: str,
    pressure: int | None,
    expected: float,
) -> None:
    one = activity(own_pace=pace, minutes=minutes, dose=dose)
    who = person(ceiling=Load(pressure=pressure))
    assert _value("pace", one, who) == pytest.approx(expected)


@pytest.mark.parametrize("pressure", [0, 4])
def test_a_dose_alone_says_nothing_of_the_pace(pressure: int) -> None:
    one = activity(own_pace=None, minutes=None)
    assert np.isnan(_value("pace", one, person(ceiling=Load(pressure=pressure))))


@pytest.mark.parametrize(
    ("social", "size", "company", "expected"),
    [
        (0, (1, 3), (), 1.0),
        (0, (1, 6), (), 0.5),
        (0, (1, 9), (), 0.0),
        (0, (1, 90), (), 0.0),
        (1, (1, 5), ("unknown_adults",), 0.85),
        (1, (1, 5), ("customers", "unknown_adults"), 0.85),
        (1, (1, 15), ("customers",), 0.0),
        (None, (1, 9), (), 1.0),  # unknown is taken as two
        (None, (1, 18), (), 0.5),
        (3, (1, 14), ("unknown_adults",), 1.0),
        (3, (1, 2), (), 0.75),
        (4, (1, 2), (), 0.75),
        (4, (10, 60), (), 0.5),
    ],
)
def test_company_is_easy_up_to_a_size_and_falls_to_nothing_at_three_times_it(
    social: int | None, size: tuple[int, int], company: tuple[str, ...], expected: float
) -> None:
    one = activity(group_size=size, company=frozenset(company))
    assert _value("company", one, person(ceiling=Load(social=social))) == pytest.approx(expected)


def test_company_counts_who_usually_comes_where_that_is_more() -> None:
    shy = person(ceiling=Load(social=0))
    assert _value("company", activity(group_size=(1, 3), usual_attendance=(2, 6)), shy) == 0.5
    assert np.isnan(_value("company", activity(group_size=None), shy))
    assert _value("company", activity(group_size=None, usual_attendance=(1, 6)), shy) == 0.5


@pytest.mark.parametrize(
    ("levels", "ceiling", "expected"),
    [
        (Load(physical=3), Load(physical=3), 0.7),
        (Load(physical=2), Load(physical=3), 1.0),
        (Load(physical=1), Load(physical=3), 0.9),
        (Load(physical=0), Load(physical=3), 0.75),
        (Load(physical=0), Load(physical=4), 0.6),
        (Load(physical=2), Load(physical=1), 0.3 * 0.85),
        (Load(2, 1), Load(1, 2), (0.3 + 1.0) / 2 * 0.85),
        (Load(2, None, 0), Load(2, 3, None), 0.7),  # only one dimension is known on both sides
    ],
)
def test_comfort_has_a_figure_for_each_level_of_room(
    levels: Load, ceiling: Load, expected: float
) -> None:
    found = _value("comfort", activity(load=levels), person(ceiling=ceiling))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"places_left": 4, "capacity": 4}, 1.0),
        ({"places_left": 1, "capacity": 4}, 1 / 3),
        ({"places_left": 1, "capacity": 1}, 1.0),
        ({"places_left": 1, "capacity": None}, 1.0),
        ({"last_asked_on": TODAY, "places_left": None}, 0.0),
        ({"last_asked_on": TODAY - timedelta(days=30), "places_left": None}, 0.5),
        ({"last_asked_on": TODAY + timedelta(days=9), "places_left": None}, 0.0),
        ({"last_asked_on": TODAY - timedelta(days=300), "places_left": 1}, (1 + 1 / 3) / 2),
    ],
)
def test_ease_is_rest_and_room(changes: Changes, expected: float) -> None:
    assert _value("ease", activity(**changes), person()) == pytest.approx(expected)


def test_ease_is_unknown_where_both_are() -> None:
    assert np.isnan(_value("ease", activity(places_left=None), person()))


@pytest.mark.parametrize(
    ("tried", "knows", "expected"),
    [
        ((("a", "h", "ended_well", 200),), (), 0.9),
        ((("a", "h", "ended_badly", 200),), (), 0.1),
        ((("b", "h", "ended_well", 200),), (), 0.5 + 0.7 * 0.4),
        ((("b", "h", "ended_badly", 200),), (), 0.5 - 0.7 * 0.4),
        ((("b", "i", "ended_badly", 200),), (), 0.5),
        ((("a", "h", "no such outcome", 200),), (), 0.5),
        ((("a", "h", "ended_well", 300), ("a", "h", "passed", 200)), (), 0.4),
        ((("a", "h", "passed", 200), ("a", "h", "ended_well", 300)), (), 0.4),
        ((("a", "h", "ended_well", 300), ("b", "h", "ended_badly", 200)), (), 0.9),
        ((), ("h",), 0.9),
        ((), ("i",), 0.5),
        ((("b", "h", "ended_badly", 200),), ("h",), 0.5 - 0.7 * 0.4),
    ],
)
def test_history_trusts_the_activity_then_its_host_then_who_is_known(
    tried: tuple[tuple[str, str, str, int], ...], knows: tuple[str, ...], expected: float
) -> None:
    attempts = tuple(
        Tried(name, host, outcome, TODAY - timedelta(days=days))
        for name, host, outcome, days in tried
    )
    who = person(tried=attempts, knows=frozenset(knows))
    assert _value("history", activity(), who) == pytest.approx(expected)


# What is asked: 0 to be there, 1 a task nobody waits for, 2 a task, 3 with customers, 4 in front.
PARTS: dict[int, Changes] = {
    0: {"tags": ("place_to_be",)},
    1: {"tags": ("music",)},
    2: {"tags": ("music",), "just_being_ok": False},
    3: {"tags": ("music",), "roles": ("server",)},
    4: {"tags": ("music",), "roles": ("teacher",)},
}


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.AT_HOME, (1.0, 1.0, 0.65, 0.3, 0.0)),
        (Stage.BEGINNING_TO_GO_OUT, (1.0, 1.0, 0.65, 0.3, 0.0)),
        (Stage.PRESENT_WITH_SUPPORT, (0.7, 1.0, 1.0, 0.65, 0.3)),
        (Stage.SHORT_ROLE, (0.7, 1.0, 1.0, 0.65, 0.3)),
        (Stage.REGULAR_ROLE, (0.7, 1.0, 1.0, 1.0, 0.65)),
        (Stage.HELPER, (0.4, 0.7, 1.0, 1.0, 1.0)),
    ],
)
def test_each_step_too_far_or_too_little_costs(stage: Stage, expected: tuple[float, ...]) -> None:
    who = person(stage=stage, strength=Meaning())
    found = [_value("step", activity(**PARTS[level]), who) for level in sorted(PARTS)]
    assert found == pytest.approx(list(expected))


def test_one_role_in_front_among_others_asks_less() -> None:
    begins = person(stage=Stage.AT_HOME, strength=Meaning())
    among = activity(tags=("music",), roles=("participant", "teacher"))
    assert _value("step", among, begins) == pytest.approx(0.65)


def test_a_task_done_at_a_place_to_be_is_a_task() -> None:
    helper = person(stage=Stage.HELPER, strength=Meaning())
    both = activity(tags=("place_to_be", "handwork"))
    assert _value("step", both, helper) == pytest.approx(0.7)


def test_at_home_the_step_of_who_goes_out_is_worth_under_half() -> None:
    one = activity(setting=Setting.HOME, tags=("music",))
    assert _value("step", one, person(stage=Stage.SHORT_ROLE)) == pytest.approx(0.45)
    assert np.isnan(_value("step", one, person(stage=None)))


def test_a_score_is_the_weighted_mean_of_what_is_known() -> None:
    who = person(interest=Meaning(), strength=Meaning(), stage=None)
    shown = match(build([activity()], as_of=TODAY), who).fits[0]
    values = {name: _value(name, activity(), who) for name in FACTORS}
    known = {name: value for name, value in values.items() if not np.isnan(value)}
    assert known.keys() == {"comfort", "pace", "company", "hours", "way", "ease"}
    whole = sum(WEIGHTS.of[name] for name in known)
    mean = sum(WEIGHTS.of[name] * value for name, value in known.items()) / whole
    lowest = min(known[name] for name in ("comfort", "hours", "way"))
    assert lowest < 1
    assert shown.score == pytest.approx(mean * (1 - 0.15 * (1 - lowest)), abs=1e-4)


def test_one_circumstance_that_hardly_suits_is_not_made_good_by_the_others() -> None:
    town = [
        activity(id="even", lat=35.706),
        activity(id="rare", openings=weekly(1, 840, 900, weeks=1)),
    ]
    index = build([town[0], replace(town[1], host="i")], as_of=TODAY)
    values = {each: FACTORS[each].score(consider(index, person())) for each in ("way", "hours")}
    assert values["hours"][1] < values["way"][0] < 1
    blind = replace(WEIGHTS, weakest=0.0)
    scores = [
        {p.activity: p.score for p in match(index, person(), weights=weights).fits}
        for weights in (blind, WEIGHTS)
    ]
    left = [scores[1][name] / scores[0][name] for name in ("even", "rare")]
    assert left[1] < left[0] < 1


@pytest.mark.parametrize("changes", [{"fee_yen": None}, {"fee_yen": None, "age": None}])
def test_open_questions_one_or_more_leave_nine_parts_of_ten(changes: Changes) -> None:
    who = person(money_max_yen=100)
    full = match(build([activity()], as_of=TODAY), who).fits[0].score
    asked = match(build([activity(**changes)], as_of=TODAY), who).ask_host[0].score
    assert asked == pytest.approx(full * 0.9, abs=2e-4)


def test_each_limit_to_arrange_for_leaves_seventeen_parts_of_twenty() -> None:
    bounds = (limit(LimitKind.MINUTES_AT_MOST, 45), limit(LimitKind.GROUP_AT_MOST, 5))
    long = activity(minutes=(60, 60), group_size=(2, 9))
    full = match(build([long], as_of=TODAY), person()).fits[0].score
    for number in (1, 2):
        found = match(build([long], as_of=TODAY), person(*bounds[:number])).adaptable[0]
        assert found.score == pytest.approx(full * 0.85**number, abs=2e-4)


def test_a_strong_place_to_arrange_for_takes_the_slot_of_a_weak_fit() -> None:
    wish = Meaning(liked={"plants": 1.0})
    wanted = activity(id="wanted", minutes=(60, 60), meaning=wish)
    town = [wanted, activity(id="unasked", host="i", meaning=Meaning(liked={"music": 1.0}))]
    who = person(limit(LimitKind.MINUTES_AT_MOST, 45), interest=wish, strength=Meaning())
    index = build(town, as_of=TODAY)
    assert [shown.activity for shown in match(index, who, limit=1).adaptable] == ["wanted"]
    both = match(index, who)
    assert both.order == ("wanted", "unasked")
    assert [shown.activity for shown in (*both.fits, *both.adaptable)] == ["unasked", "wanted"]


def test_without_any_known_factor_the_score_is_nothing_and_nobody_stumbles() -> None:
    only = Weights("only", {**dict.fromkeys(FACTORS, 0.0), "history": 1.0})
    shown = match(build([activity()], as_of=TODAY), person(), weights=only).fits[0]
    assert shown.score == 0.0
    assert shown.reasons == ()
