"""The measures by kind of person, and who gets no proposal."""

import pytest

from catalogue.profiles import LimitKind, PersonProfile, Stage, TravelMode
from matching import Answer, build, match
from matching.fairness import AGES, GROUPS, TRANSPORT, UNKNOWN, by_group, without_proposal
from tests.matching.made import TODAY, activity, limit, person


@pytest.mark.parametrize(
    ("ages", "group"),
    [
        (None, UNKNOWN),
        ((17, 17), "under 25"),
        ((30, 39), "25-39"),
        ((40, 49), "40-64"),
        ((70, 79), "65-79"),
        ((84, 120), "80 or older"),
    ],
)
def test_ages_are_grouped_by_their_middle(ages: tuple[int, int] | None, group: str) -> None:
    assert GROUPS["age"](person(ages=ages)) == group


@pytest.mark.parametrize(
    ("modes", "group"),
    [
        (frozenset[TravelMode](), "stays at home"),
        (frozenset({TravelMode.WALK}), "on foot only"),
        (frozenset({TravelMode.WALK, TravelMode.BICYCLE}), "bicycle"),
        (frozenset({TravelMode.WALK, TravelMode.TRAIN}), "bus or train"),
        (frozenset({TravelMode.TAXI, TravelMode.BUS}), "lift or taxi"),
        (frozenset({TravelMode.CAR, TravelMode.WHEELCHAIR}), "wheelchair"),
    ],
)
def test_transport_is_named_by_what_reaches_furthest(
    modes: frozenset[TravelMode], group: str
) -> None:
    assert GROUPS["transport"](person(modes=modes)) == group


def test_every_way_to_travel_has_a_group() -> None:
    assert {mode for mode, _ in TRANSPORT} == set(TravelMode)
    assert [least for least, _ in AGES] == sorted(least for least, _ in AGES)


def _three() -> list[PersonProfile]:
    return [
        person(id="young", ages=(20, 20), area="north"),
        person(id="old", ages=(80, 80), area="north"),
        person(id="away", stage=Stage.NOT_MET),
    ]


def test_each_group_is_measured_alone() -> None:
    index = build([activity(id="a", host="h"), activity(id="b", host="i")], as_of=TODAY)
    people = _three()
    answers = {each.id: match(index, each) for each in people}
    grades = {"young": {"a": 3, "b": 0}, "old": {"a": 0, "b": 3}, "away": {"a": 3}}
    found = by_group(people, answers, grades)
    assert found["area", "north"].people == 2
    ages = [found["age", group] for group in ("under 25", "80 or older")]
    assert [each.people for each in ages] == [1, 1]
    assert ages[0].ndcg > ages[1].ndcg
    assert not any(group == Stage.NOT_MET for _, group in found)


def test_who_gets_nothing_is_counted_with_the_reason() -> None:
    index = build([activity(fee_yen=500)], as_of=TODAY)
    people = [
        person(),
        person(stage=Stage.NOT_MET),
        person(limit(LimitKind.NO_FEE)),
        person(limit(LimitKind.NO_FEE), max_minutes=60),
    ]
    found = without_proposal(match(index, each) for each in people)
    assert found == (("nothing fits: no_fee", 2), ("held: not_met", 1))


def test_an_empty_town_is_a_reason_of_its_own() -> None:
    assert without_proposal([Answer()]) == (("no activity", 1),)
