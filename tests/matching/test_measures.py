"""The figures of the evaluation, worked out by hand on the smallest towns."""

from dataclasses import replace
from datetime import timedelta
from math import log2
from typing import Any

import pytest

from catalogue.profiles import LimitKind, Meaning, PersonProfile, Stage, Tried
from matching import Answer, Proposal, build, evaluate, match
from matching.answer import Start
from matching.evaluate import (  # type: ignore[attr-defined,unused-ignore]  # the package shows the function of this name
    BASELINES,
    figures,
    interval,
    ndcg,
    unsafe,
)
from matching.limits import SAFETY
from tests.matching.made import TODAY, activity, limit, person

START = Start(None, "", (), None, None)
TOWN = build([activity(id=name, host=name) for name in "abc"], as_of=TODAY)


def _list(*names: str) -> Answer:
    fits = tuple(Proposal(name, 0.5, (), (), (), START) for name in names)
    return Answer(fits=fits, order=tuple(proposal.activity for proposal in fits))


def test_only_the_first_five_judged_places_count() -> None:
    grades = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 3}
    ideal = 7 + sum(1 / log2(place + 1) for place in (2, 3, 4, 5))
    given = sum(1 / log2(place + 1) for place in (1, 2, 3, 4, 5))
    assert ndcg("abcdef", grades) == pytest.approx(given / ideal)
    assert ndcg("fabcde", grades) == pytest.approx(1.0)


def test_an_exchange_of_equal_grades_costs_nothing() -> None:
    grades = {"a": 2, "b": 2, "c": 1}
    assert ndcg("abc", grades) == ndcg("bac", grades) == pytest.approx(1.0)


def test_an_empty_list_is_worth_nothing_where_something_was_worth_it() -> None:
    assert ndcg([], {"a": 3}) == 0.0
    assert ndcg([], {"a": 0}) == 1.0
    assert ndcg([], {}) == 1.0


def test_moving_a_better_one_up_never_lowers_the_measure() -> None:
    grades = {"a": 0, "b": 1, "c": 2, "d": 3}
    steps = ["abcd", "abdc", "adbc", "dabc", "dacb", "dcab", "dcba"]
    values = [ndcg(order, grades) for order in steps]
    assert values == sorted(values)
    assert values[-1] == pytest.approx(1.0)


def test_the_figures_are_means_over_people() -> None:
    orders = {"p": ["a", "b"], "q": ["b", "a"], "r": list[str]()}
    grades = {"p": {"a": 3, "b": 0}, "q": {"a": 3, "b": 0}, "r": {"a": 3}}
    measured = figures(orders, grades, seed=1)
    assert measured.people == 3
    assert measured.ndcg == pytest.approx((1 + 1 / log2(3) + 0) / 3)
    assert measured.found == pytest.approx((1 + 1 + 0) / 3)
    assert measured.unwanted == pytest.approx((0.5 + 0.5 + 0) / 3)


def test_people_without_a_first_choice_do_not_weigh_on_what_was_found() -> None:
    orders = {"p": ["a"], "q": ["a"]}
    measured = figures(orders, {"p": {"a": 3}, "q": {"a": 2}}, seed=1)
    assert measured.found == 1.0


def test_what_nobody_judged_is_not_unwanted_but_takes_a_place() -> None:
    measured = figures({"p": list("uvwxya")}, {"p": {"a": 3}}, seed=1)
    assert measured.unwanted == 0.0
    assert measured.found == 0.0, "it stands sixth"
    assert measured.ndcg == 1.0, "of what was judged it stands first"


def test_people_whom_nobody_judged_are_left_out() -> None:
    measured = figures({"p": ["a"], "q": ["a"]}, {"p": {"a": 3}, "q": {}}, seed=1)
    assert (measured.people, measured.ndcg) == (1, 1.0)


def test_without_any_judgement_the_figures_are_nothing() -> None:
    measured = figures({}, {}, seed=1)
    assert (measured.people, measured.ndcg, measured.interval) == (0, 0.0, (0.0, 0.0))


def test_where_everybody_is_served_alike_there_is_nothing_to_doubt() -> None:
    assert interval([0.5] * 7, seed=2) == (0.5, 0.5)


def test_more_people_narrow_the_interval() -> None:
    few, many = interval([0.0, 1.0] * 3, seed=2), interval([0.0, 1.0] * 300, seed=2)
    assert many[1] - many[0] < few[1] - few[0]


UNSAFE: dict[str, tuple[dict[str, Any], PersonProfile]] = {
    "no_hazard": ({"alcohol": "served"}, person(limit(LimitKind.NO_HAZARD, ("alcohol",)))),
    "no_children": (
        {"company": frozenset({"children"})},
        person(limit(LimitKind.NO_COMPANY, ("children",))),
    ),
    "age": ({"age": (60, 99)}, person()),
    "alcohol_age": ({"alcohol": "served"}, person(ages=(15, 15))),
    "not_again": ({}, person(not_again=frozenset({"a"}))),
    "cooling_off": ({}, person(tried=(Tried("a", "h", "passed", TODAY - timedelta(days=1)),))),
}


@pytest.mark.parametrize("code", UNSAFE)
def test_each_breach_of_safety_is_counted_once_and_by_name(code: str) -> None:
    changes, who = UNSAFE[code]
    index = build([activity(**changes), activity(id="z", host="z")], as_of=TODAY)
    measured = evaluate(index, [who], {"p": _list("z", "a")}, {"p": {"a": 3}})
    assert code in SAFETY
    assert measured.unsafe == (("p", "a", code),)


def test_what_is_only_said_or_asked_is_no_breach() -> None:
    index = build([activity(hazards=None, alcohol=None)], as_of=TODAY)
    young = person(limit(LimitKind.NO_HAZARD, ("bees",)), ages=(17, 17))
    assert unsafe(index, young, ["a"]) == ()


def test_a_proposal_outside_the_town_and_a_stranger_are_passed_over() -> None:
    measured = evaluate(TOWN, [person()], {"p": _list("gone"), "nobody": _list("a")}, {})
    assert (measured.people, measured.unsafe, measured.not_held) == (0, (), ())


@pytest.mark.parametrize(
    "changes", [{"stage": Stage.NOT_MET}, {"assessed": False}, {"proposals_paused": ""}]
)
def test_a_list_for_who_is_held_is_a_fault_and_not_a_figure(changes: dict[str, Any]) -> None:
    held, other = person(**changes), person(id="q")
    answers = {"p": _list("a"), "q": _list("b")}
    grades = {"p": {"a": 0}, "q": {"b": 3}}
    measured = evaluate(TOWN, [held, other], answers, grades)
    assert (measured.people, measured.ndcg, measured.not_held) == (1, 1.0, ("p",))


def test_the_order_in_which_people_come_never_matters() -> None:
    people = [person(id=name) for name in "pqr"]
    answers = {"p": _list("a", "b"), "q": _list("b", "a"), "r": _list("c")}
    grades = {name: {"a": 3, "b": 1, "c": 2} for name in "pqr"}
    forward = evaluate(TOWN, people, answers, grades, seed=9)
    backward = dict(reversed(answers.items()))
    assert evaluate(TOWN, people[::-1], backward, grades, seed=9) == forward


def test_the_keyword_baseline_looks_at_words_only() -> None:
    town = [
        activity(id="far", lat=36.5, meaning=Meaning(tokens=("花", "水"))),
        activity(id="near", meaning=Meaning(tokens=("歌",))),
        activity(id="none", meaning=Meaning()),
    ]
    who = person(interest=Meaning(tokens=("花",)), strength=Meaning(tokens=("水",)))
    assert BASELINES["keyword"](build(town, as_of=TODAY), who)[0] == "far"


def test_the_baseline_of_limits_counts_them() -> None:
    town = [
        activity(id="a", fee_yen=100, open=False),
        activity(id="b", fee_yen=100),
        activity(id="c"),
    ]
    who = person(limit(LimitKind.NO_FEE))
    assert list(BASELINES["limits_only"](build(town, as_of=TODAY), who)) == ["c", "b", "a"]


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_of_an_empty_town_is_empty(name: str) -> None:
    assert list(BASELINES[name](build([], as_of=TODAY), person(), seed=1)) == []


def test_what_matching_answers_is_measured_as_it_stands() -> None:
    near = activity(id="near", host="i")
    far = activity(id="far", lat=35.715)
    index = build([near, far], as_of=TODAY)
    who = replace(person(), id="p")
    right = evaluate(index, [who], {"p": match(index, who)}, {"p": {"near": 3, "far": 1}})
    wrong = evaluate(index, [who], {"p": match(index, who)}, {"p": {"near": 1, "far": 3}})
    assert right.ndcg == 1.0
    assert wrong.ndcg == pytest.approx((1 + 7 / log2(3)) / (7 + 1 / log2(3)))
