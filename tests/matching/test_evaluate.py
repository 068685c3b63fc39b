"""The measures, worked out by hand on small lists."""

from math import log2

import pytest

from catalogue.profiles import Hazard, LimitKind, Stage
from matching import Answer, Proposal, build, evaluate, match
from matching.answer import Start
from matching.evaluate import (  # type: ignore[attr-defined,unused-ignore]  # the package shows the function of this name
    BASELINES,
    figures,
    interval,
    ndcg,
    proposed,
    unsafe,
)
from tests.matching.made import TODAY, activity, limit, person

START = Start(None, "", (), None, None)


def _proposal(name: str) -> Proposal:
    return Proposal(name, 0.5, (), (), (), START)


def test_the_best_order_is_one_and_the_worst_is_less() -> None:
    grades = {"a": 3, "b": 2, "c": 0}
    assert ndcg(["a", "b", "c"], grades) == pytest.approx(1.0)
    best = 7 + 3 / log2(3)
    assert ndcg(["c", "b", "a"], grades) == pytest.approx((3 / log2(3) + 7 / 2) / best)


def test_what_is_not_judged_is_passed_over() -> None:
    assert ndcg(["x", "a", "y", "b"], {"a": 3, "b": 1}) == pytest.approx(1.0)


def test_what_is_missing_costs() -> None:
    assert ndcg(["b"], {"a": 3, "b": 1}) == pytest.approx(1 / (7 + 1 / log2(3)))


def test_where_nothing_is_worth_it_no_order_is_wrong() -> None:
    assert ndcg(["a"], {"a": 0}) == 1.0


def test_found_and_unwanted_look_at_the_first_five_of_the_whole_list() -> None:
    orders = {"p": ["u", "v", "w", "x", "z", "a"]}
    measured = figures(orders, {"p": {"a": 3, "u": 0, "z": 3}}, seed=1)
    assert measured.found == pytest.approx(0.5)
    assert measured.unwanted == pytest.approx(0.2)


def test_the_list_is_the_order_to_recommend_through_the_tiers() -> None:
    found = Answer(fits=(_proposal("a"),), adaptable=(_proposal("b"),), order=("b", "a"))
    assert proposed(found) == ("b", "a")


def test_the_interval_holds_the_mean_and_repeats_itself() -> None:
    values = [0.2, 0.5, 0.9, 0.4]
    low, high = interval(values, seed=3)
    assert low <= 0.5 <= high
    assert (low, high) == interval(values, seed=3)
    assert interval([], seed=3) == (0.0, 0.0)


def test_an_unsafe_proposal_is_listed() -> None:
    bees = activity(hazards=frozenset({Hazard.BEES.value}))
    who = person(limit(LimitKind.NO_HAZARD, ("bees",)))
    index = build([bees], as_of=TODAY)
    assert unsafe(index, who, ["a"]) == (("p", "a", "no_hazard"),)
    assert unsafe(index, who, proposed(match(index, who))) == ()


def test_held_people_count_for_safety_only() -> None:
    index = build([activity()], as_of=TODAY)
    held = person(stage=Stage.NOT_MET)
    grades = {"p": {"a": 0}}
    fine = evaluate(index, [held], {"p": match(index, held)}, grades)
    assert (fine.people, fine.not_held) == (0, ())
    wrong = evaluate(index, [held], {"p": Answer(fits=(_proposal("a"),), order=("a",))}, grades)
    assert wrong.not_held == ("p",)


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_orders_everything_and_repeats_itself(name: str) -> None:
    town = [activity(id=f"a{n}", fee_yen=n) for n in range(8)]
    index = build(town, as_of=TODAY)
    order = BASELINES[name](index, person(), seed=4)
    assert sorted(order) == sorted(one.id for one in town)
    assert order == BASELINES[name](index, person(), seed=4)


def test_limits_only_puts_the_forbidden_last() -> None:
    index = build([activity(id="a", fee_yen=100), activity(id="b")], as_of=TODAY)
    assert list(BASELINES["limits_only"](index, person(limit(LimitKind.NO_FEE)))) == ["b", "a"]
