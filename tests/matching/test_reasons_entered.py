"""A reason that is shown really entered the order; take its cause away, and it is gone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from catalogue.profiles import (
    ActivityProfile,
    LimitKind,
    Load,
    Meaning,
    OwnPace,
    PersonProfile,
    Stage,
    Tried,
)
from matching import WEIGHTS, Proposal, Reason, build, explain, match
from matching.factors import FACTORS, SILENT
from matching.propose import A_REASON, WORTH_ASKING
from matching.weights import Weights
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, answer, limit, person, weekly

Changes = dict[str, Any]
LONG_AGO = TODAY - timedelta(days=300)
WELL = Tried("a", "h", "ended_well", LONG_AGO)
PAPER = Meaning(liked={"hands": 1.0}, tokens=("紙",))
# factor -> (changes of the person that bring it about, changes of the activity that undo it)
CAUSES: dict[str, tuple[Changes, Changes]] = {
    "interest": ({}, {"meaning": Meaning(liked={"music": 1.0})}),
    "strength": ({}, {"needs": Meaning()}),
    "words": ({"interest": PAPER}, {"meaning": Meaning(liked={"hands": 1.0}, tokens=("歌",))}),
    "comfort": ({}, {"load": Load(4, 4, 4, 4, 4), "load_just_being": Load(0, 0, 0, 0, 0)}),
    "pace": ({"ceiling": Load(pressure=1)}, {"own_pace": OwnPace.NO, "minutes": (120, 120)}),
    "company": ({}, {"group_size": (20, 40)}),
    "hours": ({}, {"openings": weekly(1, 840, 900, weeks=60)[-1:]}),
    "way": ({}, {"lat": 35.715}),
    "preferences": ({"preferences": ("自分のペースで",)}, {"own_pace": OwnPace.PARTLY}),
    "history": ({"tried": (WELL,)}, {"id": "b", "host": "i"}),
    "ease": ({}, {"places_left": 1, "capacity": 9}),
    "step": ({"strength": Meaning()}, {"roles": ("teacher",)}),
}


def _shown(one: ActivityProfile, who: PersonProfile) -> Proposal:
    others = [
        activity(id="x", host="x", meaning=Meaning(liked={"music": 1.0}, tokens=("歌",))),
        activity(id="y", host="y", meaning=Meaning(liked={"plants": 1.0}, tokens=("花",))),
    ]
    found = match(build([one, *others], as_of=TODAY), who)
    everything = (*found.fits, *found.adaptable, *found.ask_host)
    (shown,) = [proposal for proposal in everything if proposal.activity == one.id]
    return shown


def _codes(shown: Proposal) -> set[str]:
    return {reason.code for reason in shown.reasons}


def _without(name: str) -> Weights:
    return Weights("without", {**WEIGHTS.of, name: 0.0})


def test_every_factor_that_can_be_a_reason_has_a_cause() -> None:
    assert set(CAUSES) == set(FACTORS) - SILENT


@pytest.mark.parametrize("name", CAUSES)
def test_a_reason_is_there_with_its_cause_and_gone_without_it(name: str) -> None:
    of_person, undone = CAUSES[name]
    who = person(**of_person)
    assert name in _codes(_shown(activity(), who))
    assert name not in _codes(_shown(activity(**undone), who))


@pytest.mark.parametrize("name", CAUSES)
def test_the_score_falls_with_the_cause_of_a_reason(name: str) -> None:
    of_person, undone = CAUSES[name]
    who = person(**of_person)
    with_cause = dict(_shown(activity(), who).factors)[name]
    assert dict(_shown(activity(**undone), who).factors).get(name, 0.0) < with_cause


@pytest.mark.parametrize("name", CAUSES)
def test_what_has_no_weight_is_no_reason(name: str) -> None:
    who = person(**CAUSES[name][0])
    index = build([activity()], as_of=TODAY)
    (weighed,) = match(index, who, weights=_without(name)).fits
    assert name not in _codes(weighed)
    assert dict(weighed.factors)[name] == 0.0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(activities(), people())
def test_reasons_come_from_known_factors_and_missing_ones_are_said(
    one: ActivityProfile, who: PersonProfile
) -> None:
    found = answer(one, who)
    for shown in (*found.fits, *found.adaptable, *found.ask_host):
        known = {name for name, _ in shown.factors}
        assert _codes(shown) <= known
        said = {reason.value for reason in shown.to_check if reason.code == "not_known"}
        assert said == set(WORTH_ASKING) - known
        assert len(shown.reasons) == len(_codes(shown)), "each factor speaks once"
        assert len(set(shown.to_check)) == len(shown.to_check)


def test_a_reason_needs_more_than_the_middle() -> None:
    # 2 places of at most 3 left, and asked 20 of 60 days ago: (1/3 + 2/3) / 2
    half = activity(last_asked_on=TODAY - timedelta(days=20))
    assert A_REASON > 0.5
    assert "ease" not in _codes(_shown(half, person()))


def test_the_weightiest_reason_stands_first() -> None:
    heavy = Weights("way", {**WEIGHTS.of, "way": 50.0})
    index = build([activity()], as_of=TODAY)
    assert match(index, person(), weights=heavy).fits[0].reasons[0].code == "way"


def test_what_came_of_the_activity_itself_is_told_before_its_host() -> None:
    later = Tried("other", "h", "ended_badly", TODAY - timedelta(days=100))
    reasons = {r.code: r for r in _shown(activity(), person(tried=(WELL, later))).reasons}
    assert reasons["history"].value == "ended_well"


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_attempts_the_last_one_is_told(order: int) -> None:
    earlier = Tried("a", "h", "passed", LONG_AGO - timedelta(days=90))
    who = person(tried=(earlier, WELL)[::order])
    reasons = {r.code: r for r in _shown(activity(), who).reasons}
    assert reasons["history"].value == "ended_well"


def test_a_known_host_is_told_as_known() -> None:
    reasons = {r.code: r for r in _shown(activity(), person(knows=frozenset({"h"}))).reasons}
    assert reasons["history"].value == "known"


def test_the_step_is_told_against_the_stage() -> None:
    reasons = {r.code: r for r in _shown(activity(), person(stage=Stage.SHORT_ROLE)).reasons}
    assert reasons["step"] == Reason("step", ("participant",), Stage.SHORT_ROLE)


def test_company_is_told_against_the_limit_that_was_named() -> None:
    bound = person(limit(LimitKind.GROUP_AT_MOST, 9))
    reasons = {r.code: r for r in _shown(activity(), bound).reasons}
    assert (reasons["company"].value, reasons["company"].limit) == ((2, 4), 9)
    free = {r.code: r for r in _shown(activity(), person()).reasons}
    assert free["company"].limit is None


def test_who_stands_above_by_turns_only_is_not_called_better() -> None:
    upper, lower = _shown(activity(), person()), _shown(activity(), person())
    turned = replace(upper, score=upper.score - 0.01, factors=(("way", 0.9), ("step", 0.1)))
    below = replace(lower, factors=(("way", 0.1), ("step", 0.95)))
    assert "順" in explain((turned, below))
    assert explain((turned, below), "en") == "Nearly equal: hosts and kinds take turns"


def test_less_to_arrange_is_told_before_any_factor() -> None:
    shorter = limit(LimitKind.MINUTES_AT_MOST, 45)
    town = [
        activity(id="one", minutes=(60, 60), host="i"),
        activity(id="two", minutes=(60, 60), group_size=(2, 9)),
    ]
    who = person(shorter, limit(LimitKind.GROUP_AT_MOST, 5))
    upper, lower = match(build(town, as_of=TODAY), who).adaptable
    assert (upper.activity, lower.activity) == ("one", "two")
    assert explain((upper, lower), "en") == "First: less has to be arranged"


def test_ties_stand_by_id_through_every_tier() -> None:
    kinds: list[Changes] = [{}, {"minutes": (60, 60)}, {"fee_yen": None}, {"fee_yen": 9}]
    town = [
        activity(id=f"{name}{at}", host=f"{name}{at}", tags=(f"{name}{at}",), **changes)
        for at, changes in enumerate(kinds)
        for name in "cab"
    ]
    who = person(limit(LimitKind.MINUTES_AT_MOST, 45), limit(LimitKind.NO_FEE))
    found = match(build(town, as_of=TODAY), who)
    for at, tier in enumerate((found.fits, found.adaptable, found.ask_host)):
        assert [shown.activity for shown in tier] == [f"a{at}", f"b{at}", f"c{at}"]
    assert [left.activity for left in found.excluded] == ["a3", "b3", "c3"]


@pytest.mark.parametrize(("bound", "shown"), [(0, 0), (1, 1), (3, 3), (99, 5)])
def test_a_tier_is_as_long_as_asked_or_as_there_is(bound: int, shown: int) -> None:
    town = [activity(id=f"a{n}", host=f"h{n}") for n in range(5)]
    found = match(build(town, as_of=TODAY), person(), limit=bound)
    assert len(found.fits) == shown


def test_a_longer_list_begins_like_a_shorter_one() -> None:
    town = [activity(id=f"a{n}", host=f"h{n}", lat=35.7 + n / 1000) for n in range(8)]
    index = build(town, as_of=TODAY)
    names = [shown.activity for shown in match(index, person(), limit=8).fits]
    for bound in range(1, 8):
        short = match(index, person(), limit=bound).fits
        assert [shown.activity for shown in short] == names[:bound]
