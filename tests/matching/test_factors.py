"""What each factor prefers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from catalogue.profiles import (
    ActivityProfile,
    Company,
    LimitKind,
    Load,
    Meaning,
    OwnPace,
    PersonProfile,
    Reward,
    Setting,
    Stage,
    TravelMode,
    Tried,
    Window,
    WindowStrength,
)
from matching import WEIGHTS, build
from matching.case import consider
from matching.factors import FACTORS
from matching.factors.preferences import TRAITS
from matching.factors.step import BEST
from tests.matching.made import ALL_DAYS, TODAY, activity, limit, person, weekly


def value(name: str, one: ActivityProfile, who: PersonProfile) -> float:
    """Score one activity in a small town, so that facets can be rare or common."""
    others = [
        replace(activity(), id="x", meaning=Meaning(liked={"music": 1.0}, tokens=("歌",))),
        replace(activity(), id="y", meaning=Meaning(liked={"plants": 1.0}, tokens=("花",))),
    ]
    index = build([one, *others], as_of=TODAY)
    row = index.rows("id", one.id)
    return float(FACTORS[name].score(consider(index, who))[row][0])


def liking(**facets: float) -> PersonProfile:
    return person(interest=Meaning(liked=facets))


def test_every_factor_has_a_weight_that_is_not_negative() -> None:
    assert set(WEIGHTS.of) == set(FACTORS)
    assert min(WEIGHTS.of.values()) >= 0


def test_interest_finds_what_is_liked() -> None:
    garden = activity(meaning=Meaning(liked={"plants": 1.0}))
    assert value("interest", garden, liking(plants=1.0)) > value(
        "interest", garden, liking(music=1.0)
    )


def test_a_dislike_takes_away_and_an_unheard_wish_is_missing() -> None:
    both = activity(meaning=Meaning(liked={"plants": 1.0, "insects": 1.0}), hazards=None)
    keen = person(interest=Meaning(liked={"plants": 1.0}))
    torn = person(interest=Meaning(liked={"plants": 1.0}, disliked={"insects": 1.0}))
    assert value("interest", both, torn) < value("interest", both, keen)
    assert np.isnan(value("interest", both, person(interest=Meaning())))


def test_harmless_but_unrelated_is_no_reason() -> None:
    assert value("interest", activity(), liking(music=1.0)) == 0.0


def test_what_a_limit_shuts_out_cannot_be_a_wish() -> None:
    chat = activity(meaning=Meaning(liked={"chatting": 1.0}))
    wish = Meaning(liked={"chatting": 1.0})
    silent = person(limit(LimitKind.NO_TALKING_REQUIRED), interest=wish)
    assert value("interest", chat, silent) < value("interest", chat, person(interest=wish))


def test_a_hosts_own_statement_outweighs_a_word() -> None:
    unpaid = activity(meaning=Meaning(liked={"earning": 1.0}), reward=Reward.NONE)
    paid = activity(meaning=Meaning(liked={"earning": 1.0}), reward=Reward.WAGE)
    assert value("interest", paid, liking(earning=1.0)) > value(
        "interest", unpaid, liking(earning=1.0)
    )


def test_strength_finds_the_hosts_need() -> None:
    needy = activity(needs=Meaning(liked={"computer": 1.0}))
    who = person(strength=Meaning(liked={"computer": 1.0}))
    assert value("strength", needy, who) > value("strength", activity(), who)
    assert np.isnan(value("strength", needy, person(strength=Meaning())))


def test_words_need_more_than_a_trace() -> None:
    said = person(interest=Meaning(tokens=("紙",)), strength=Meaning())
    assert value("words", activity(), said) > 0
    assert value("words", activity(meaning=Meaning(tokens=("歌",))), said) == 0.0
    assert np.isnan(value("words", activity(), person(interest=Meaning(), strength=Meaning())))


def test_comfort_is_neither_at_the_edge_nor_idle() -> None:
    who = person(ceiling=Load(4, 4, 4, 4, 4))
    edge, easy, idle = (
        value("comfort", activity(load=Load(*[level] * 5)), who) for level in (4, 3, 0)
    )
    assert easy > edge > idle


def test_comfort_falls_with_a_stretch_and_misses_the_unknown() -> None:
    who = person(ceiling=Load(1, 1, 1, 1, 1))
    stretched = activity(load=Load(2, 1, 1, 1, 1))
    assert value("comfort", stretched, who) < value("comfort", activity(), who)
    assert np.isnan(value("comfort", activity(load=Load()), who))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"own_pace": OwnPace.YES}, {"own_pace": OwnPace.NO}),
        ({"minutes": (20, 60)}, {"minutes": (90, 120)}),
        ({"dose": "1袋"}, {"dose": "なし"}),
    ],
)
def test_pace_prefers_own_short_and_agreed(better: dict[str, Any], worse: dict[str, Any]) -> None:
    who = person(ceiling=Load(pressure=1))
    assert value("pace", activity(**better), who) > value("pace", activity(**worse), who)


def test_who_bears_pressure_minds_a_set_pace_less() -> None:
    fixed = activity(own_pace=OwnPace.NO)
    assert value("pace", fixed, person(ceiling=Load(pressure=4))) > value(
        "pace", fixed, person(ceiling=Load(pressure=0))
    )


def test_company_is_measured_by_what_one_bears() -> None:
    shy, sociable = person(ceiling=Load(social=1)), person(ceiling=Load(social=4))
    crowd, pair = activity(group_size=(5, 20)), activity(group_size=(1, 2))
    assert value("company", pair, shy) > value("company", crowd, shy)
    assert value("company", crowd, sociable) > value("company", pair, sociable)


def test_strangers_weigh_on_who_bears_few() -> None:
    shy = person(ceiling=Load(social=1))
    strangers = activity(company=frozenset({Company.UNKNOWN_ADULTS.value}))
    assert value("company", strangers, shy) < value("company", activity(), shy)


def test_hours_prefer_often_and_soon() -> None:
    rare = activity(openings=weekly(1, 840, 900, weeks=1))
    assert value("hours", activity(), person()) > value("hours", rare, person())
    arranged = activity(openings=(), by_arrangement=True)
    assert value("hours", arranged, person()) == pytest.approx(0.8)
    assert np.isnan(value("hours", activity(openings=()), person()))


def test_hours_count_only_what_fits() -> None:
    mixed = tuple(sorted(weekly(0, 600, 660) + weekly(1, 840, 900), key=lambda o: o.start))
    tuesdays = person(windows=(Window(frozenset({1}), 800, 960),))
    every_day = person(windows=(Window(ALL_DAYS, 0, 1440),))
    one = activity(openings=mixed)
    assert value("hours", one, tuesdays) < value("hours", one, every_day)


def test_the_shorter_way_is_better() -> None:
    near, far = activity(), activity(lat=35.715)
    assert value("way", near, person()) > value("way", far, person())
    assert np.isnan(value("way", near, person(modes=frozenset[TravelMode]())))


def test_history_remembers_without_holding_a_grudge_for_ever() -> None:
    long_ago = TODAY - timedelta(days=300)

    def after(outcome: str) -> float:
        return value("history", activity(), person(tried=(Tried("a", "h", outcome, long_ago),)))

    assert after("ended_well") > after("ended_badly")
    assert np.isnan(value("history", activity(), person()))
    known = person(knows=frozenset({"h"}))
    assert value("history", activity(), known) > value("history", activity(host="z"), known)


def test_ease_spares_the_host_asked_last() -> None:
    asked = activity(last_asked_on=TODAY - timedelta(days=2))
    rested = activity(last_asked_on=TODAY - timedelta(days=90))
    assert value("ease", rested, person()) > value("ease", asked, person())


def test_every_stage_has_a_part_that_suits() -> None:
    assert set(BEST) == set(Stage)


def test_a_place_to_be_suits_a_beginning_and_a_task_a_role() -> None:
    place = activity(tags=("place_to_be",))
    begins, steady = person(stage=Stage.AT_HOME), person(stage=Stage.REGULAR_ROLE)
    assert value("step", place, begins) == 1.0
    assert value("step", place, steady) < value("step", activity(), steady)


def test_teaching_is_early_for_who_just_begins_unless_it_is_their_strength() -> None:
    lead = activity(roles=("teacher",), meaning=Meaning(liked={"cooking": 1.0}))
    begins = person(stage=Stage.BEGINNING_TO_GO_OUT, strength=Meaning())
    cook = replace(begins, strength=Meaning(liked={"cooking": 1.0}))
    assert value("step", lead, begins) < value("step", lead, cook)


def test_home_keeps_in_who_already_goes_out() -> None:
    home = activity(setting=Setting.HOME)
    assert value("step", home, person(stage=Stage.SHORT_ROLE)) < 1.0
    assert value("step", home, person(stage=Stage.AT_HOME)) == 1.0


WISHES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "morning": ("朝がよい", {"openings": weekly(1, 540, 600)}, {}),
    "early": ("早朝なら", {"openings": weekly(1, 420, 480)}, {}),
    "afternoon": ("午後がよい", {}, {"openings": weekly(1, 540, 600)}),
    "evening": ("夜なら", {"openings": weekly(1, 1140, 1200)}, {}),
    "few_people": ("少人数で", {}, {"group_size": (10, 30)}),
    "lively": ("にぎやかな所", {"group_size": (10, 30)}, {}),
    "own_pace": ("自分のペースで", {}, {"own_pace": OwnPace.NO}),
    "no_talking": ("黙っていたい", {}, {"no_talk_ok": False}),
    "come_and_go": ("出入りが自由", {}, {"leave_any_time": False}),
    "fixed_dose": ("部数が先に分かる", {}, {"dose": "なし"}),
    "behind_the_scenes": ("人前に立たない", {}, {"roles": ("server",)}),
    "paid": ("お金をもらいたい", {"reward": Reward.WAGE}, {}),
    "steady": ("毎週ある所", {"per_month": 4}, {"per_month": 1}),
    "same_age": ("同年代と", {"company": frozenset({"young_people"})}, {}),
    "peers": ("同じ立場の人", {"company": frozenset({"peers"})}, {}),
    "no_blame": ("責めない所", {}, {"load": Load(1, 1, 1, 1, 4)}),
    "home": ("在宅で", {"tags": ("home",)}, {}),
    "outside": ("屋外がよい", {"setting": Setting.OUTDOOR}, {}),
    "seated": ("座ってしたい", {}, {"load": Load(3, 1, 1, 1, 1)}),
}


def test_every_circumstance_has_a_wish() -> None:
    assert set(WISHES) == set(TRAITS)


@pytest.mark.parametrize("name", TRAITS)
def test_a_circumstance_asked_for_is_preferred_where_it_is_found(name: str) -> None:
    said, better, worse = WISHES[name]
    who = person(preferences=(said,))
    assert value("preferences", activity(**better), who) > value(
        "preferences", activity(**worse), who
    )


def test_an_aversion_turns_a_circumstance_round() -> None:
    averse = person(own_words="朝は苦手")
    morning = activity(openings=weekly(1, 540, 600))
    assert value("preferences", morning, averse) < value("preferences", activity(), averse)


def test_no_circumstance_named_is_missing() -> None:
    assert np.isnan(value("preferences", activity(), person()))


def test_a_concept_on_both_sides_tells_apart_what_shares_a_facet() -> None:
    shogi = activity(meaning=Meaning(liked={"games": 1.0, "hands": 1.0}, tokens=("concept:shogi",)))
    bingo = activity(meaning=Meaning(liked={"games": 1.0, "hands": 1.0}, tokens=("concept:bingo",)))
    liked = {"games": 1.0, "music": 1.0, "plants": 1.0}
    wish = Meaning(liked=liked, tokens=("concept:shogi",))
    fond, good = person(interest=wish), person(strength=wish)
    assert value("interest", shogi, fond) > value("interest", bingo, fond)
    assert value("strength", shogi, good) > value("strength", bingo, good)


def test_a_hint_of_unknown_words_counts_but_less_than_a_word() -> None:
    garden = activity(meaning=Meaning(liked={"plants": 0.5, "hands": 1.0}))
    hinted = person(interest=Meaning(hinted={"plants": 0.6}))
    nothing = value("interest", garden, liking(music=1.0))
    assert (
        value("interest", garden, liking(plants=0.6)) > value("interest", garden, hinted) > nothing
    )


def test_a_hint_of_the_hosts_words_counts_but_less_than_a_word() -> None:
    hinted = activity(meaning=Meaning(hinted={"plants": 0.6}))
    said = activity(meaning=Meaning(liked={"plants": 0.6}))
    who = liking(plants=1.0, music=1.0)
    assert value("interest", said, who) > value("interest", hinted, who) > 0


def test_a_hint_alone_is_not_yet_a_wish_for_a_role() -> None:
    place = activity(tags=("place_to_be",))
    vague = person(
        stage=Stage.SHORT_ROLE, interest=Meaning(hinted={"plants": 0.6}), strength=Meaning()
    )
    assert value("step", place, vague) == 1.0


def test_outside_a_window_that_may_be_left_is_worth_less_and_is_no_reason() -> None:
    def hours_of(*windows: Window) -> tuple[float, tuple[object, object]]:
        case = consider(build([activity()], as_of=TODAY), person(windows=windows))
        rows = np.array([0])
        shown = FACTORS["hours"].evidence(case, rows, case.index.some(rows))
        return float(FACTORS["hours"].score(case)[0]), shown[0]

    inside = hours_of(Window(ALL_DAYS, 0, 1440))
    outside = hours_of(Window(ALL_DAYS, 0, 60, WindowStrength.RATHER_NOT))
    assert outside[0] < inside[0]
    assert inside[1] != (None, None)
    assert outside[1] == (None, None)
    assert hours_of()[1] == (None, None)  # nobody has asked yet when they can come


def test_company_is_told_by_how_many_usually_come() -> None:
    index = build([activity(group_size=(2, 4), usual_attendance=(6, 12))], as_of=TODAY)
    rows = np.array([0])
    told = FACTORS["company"].evidence(consider(index, person()), rows, index.some(rows))
    assert told == [((6, 12), None)]
