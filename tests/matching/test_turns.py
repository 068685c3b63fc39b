"""What went before and whose turn it is: each moves the order, and gone, the order is another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from catalogue.profiles import ActivityProfile, Meaning, PersonProfile, Tried
from matching import WEIGHTS, build, match
from matching.weights import Weights
from tests.matching.made import TODAY, activity, person

LONG_AGO = TODAY - timedelta(days=300)
NO_TURNS = replace(WEIGHTS, same_host=0.0, same_kind=0.0)


def _order(
    town: Sequence[ActivityProfile], who: PersonProfile, weights: Weights = WEIGHTS
) -> list[str]:
    found = match(build(town, as_of=TODAY), who, limit=5, weights=weights)
    return [shown.activity for shown in found.fits]


def _two() -> list[ActivityProfile]:
    return [activity(id="a", host="g"), activity(id="b", host="h")]


def _likes_plants() -> PersonProfile:
    return person(interest=Meaning(liked={"plants": 1.0}), strength=Meaning())


def _garden(name: str, *, host: str, kind: str, sure: float = 1.0) -> ActivityProfile:
    meaning = Meaning(liked={"plants": sure, "music": 1.0 - sure})
    return activity(id=name, host=host, tags=(kind,), meaning=meaning)


def test_one_host_does_not_take_all_five_places() -> None:
    busy = [_garden(f"a{n}", host="busy", kind=f"k{n}") for n in range(5)]
    others = [_garden(f"b{n}", host=f"h{n}", kind=f"m{n}", sure=0.8) for n in range(3)]
    order = _order([*busy, *others], _likes_plants())
    assert 2 <= sum(name.startswith("a") for name in order) <= 3
    assert order[:2] == ["a0", "a1"]  # two of one host may both be right
    assert _order([*busy, *others], _likes_plants(), NO_TURNS) == [f"a{n}" for n in range(5)]


def test_one_kind_does_not_take_all_five_places() -> None:
    alike = [_garden(f"a{n}", host=f"g{n}", kind="garden") for n in range(5)]
    others = [_garden(f"b{n}", host=f"h{n}", kind=f"m{n}", sure=0.9) for n in range(3)]
    order = _order([*alike, *others], _likes_plants())
    assert order[:3] == ["a0", "a1", "a2"]
    assert any(name.startswith("b") for name in order)
    assert _order([*alike, *others], _likes_plants(), NO_TURNS) == [f"a{n}" for n in range(5)]


def test_the_host_asked_longest_ago_comes_first() -> None:
    town = _two()
    assert _order(town, person()) == ["a", "b"]
    asked = [replace(town[0], last_asked_on=TODAY - timedelta(days=3)), town[1]]
    rested = [asked[0], replace(town[1], last_asked_on=TODAY - timedelta(days=90))]
    assert _order(rested, person()) == ["b", "a"]


@pytest.mark.parametrize(
    ("outcome", "first"),
    [("ended_well", "b"), ("ended_badly", "a"), ("passed", "a")],
)
def test_what_came_of_a_place_moves_it(outcome: str, first: str) -> None:
    tried = (Tried("b", "h", outcome, LONG_AGO),)
    assert _order(_two(), person(tried=tried))[0] == first
    other = (Tried("a", "g", outcome, LONG_AGO),)
    assert _order(_two(), person(tried=other))[0] != first


def test_an_ending_speaks_for_the_hosts_other_places_too() -> None:
    town = [*_two(), activity(id="c", host="h")]
    well = (Tried("b", "h", "ended_well", LONG_AGO),)
    badly = (Tried("b", "h", "ended_badly", LONG_AGO),)
    assert _order(town, person(tried=well)) == ["b", "c", "a"]
    assert _order(town, person(tried=badly)) == ["a", "c", "b"]


def test_a_host_whom_one_knows_comes_first_and_is_named_for_it() -> None:
    index = build(_two(), as_of=TODAY)
    found = match(index, person(knows=frozenset({"h"}))).fits
    assert [shown.activity for shown in found] == ["b", "a"]
    named = [{reason.code for reason in shown.reasons} for shown in found]
    assert "history" in named[0]
    assert "history" not in named[1]
    assert all("history" not in {r.code for r in p.reasons} for p in match(index, person()).fits)
