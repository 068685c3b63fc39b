"""Many people and many places: as many as possible, the worst-off best, and never out of order."""

from dataclasses import replace
from itertools import permutations, product
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from catalogue.profiles import ActivityProfile, LimitKind, Load, PersonProfile, SharedWith, Stage
from matching import Proposal, Reason, build, match
from matching.assign import STEP, Assignment, assign, seats_of
from matching.solve import CLOSED, solve
from matching.standing import Tier, standing
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, limit, person

briefly = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOWNS = st.lists(activities(), min_size=1, max_size=4).map(
    lambda town: [replace(a, id="abcd"[at]) for at, a in enumerate(town)]
)
CROWDS = st.lists(people(), min_size=1, max_size=5).map(
    lambda crowd: [replace(who, id=f"p{at}") for at, who in enumerate(crowd)]
)
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        st.lists(
            st.lists(st.integers(CLOSED, 6), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        ),
        st.lists(st.integers(0, 2), min_size=shape[1], max_size=shape[1]),
    )
)


def places_of(made: Assignment) -> dict[str, str]:
    return {each.person: each.option.proposal.activity for each in made.given}


def everyone(made: Assignment) -> list[str]:
    held = [who for who, _ in made.held]
    return sorted([*places_of(made), *(each.person for each in made.unplaced), *held])


def alike(proposal: Proposal) -> Proposal:
    """The proposal without what is rounded: the last digit hangs on how many rows are summed."""
    return replace(proposal, score=0.0, factors=())


def outcome(worth: list[list[int]], chosen: tuple[int | None, ...]) -> tuple[int, int, int]:
    """Return (number placed, worst worth, total) of a choice of a place for each person."""
    got = [worth[at][place] for at, place in enumerate(chosen) if place is not None]
    return len(got), min(got, default=0), sum(got)


def best_by_trying(worth: list[list[int]], seats: list[int]) -> tuple[int, int, int]:
    options = [
        [None, *(place for place, value in enumerate(row) if value > CLOSED)] for row in worth
    ]
    allowed = (
        chosen
        for chosen in product(*options)
        if all(chosen.count(place) <= seat for place, seat in enumerate(seats))
    )
    return max(outcome(worth, chosen) for chosen in allowed)


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_the_solution_is_what_trying_everything_finds(
    table: tuple[list[list[int]], list[int]],
) -> None:
    worth, seats = table
    found = solve(np.array(worth), np.array(seats))
    chosen = tuple(found.get(at) for at in range(len(worth)))
    assert all(chosen.count(place) <= seat for place, seat in enumerate(seats))
    assert all(worth[at][place] > CLOSED for at, place in found.items())
    assert outcome(worth, chosen) == best_by_trying(worth, seats)


@briefly
@given(TOWNS, CROWDS, st.randoms(use_true_random=False))
def test_the_order_of_people_and_places_never_matters(
    town: list[ActivityProfile], crowd: list[PersonProfile], chance: Random
) -> None:
    places = {one.id: seats_of(one) for one in town}
    before = assign(build(town, as_of=TODAY), crowd, places)
    turned, turned_crowd, names = list(town), list(crowd), list(places)
    for each in (turned, turned_crowd, names):
        chance.shuffle(each)
    after = assign(build(turned, as_of=TODAY), turned_crowd, {n: places[n] for n in names})
    assert repr(after) == repr(before)


@briefly
@given(TOWNS, CROWDS)
def test_nobody_is_placed_where_the_match_would_not(
    town: list[ActivityProfile], crowd: list[PersonProfile]
) -> None:
    index = build(town, as_of=TODAY)
    made = assign(index, crowd)
    assert everyone(made) == [who.id for who in crowd]
    by_id = {who.id: who for who in crowd}
    for each in made.given:
        answer = match(index, by_id[each.person], limit=99)
        tier = getattr(answer, each.option.tier.name.lower())
        assert alike(each.option.proposal) in [alike(proposed) for proposed in tier]
    taken = list(places_of(made).values())
    assert all(taken.count(one.id) <= seats_of(one) for one in town)


@briefly
@given(TOWNS, CROWDS)
def test_as_many_are_placed_as_can_be(
    town: list[ActivityProfile], crowd: list[PersonProfile]
) -> None:
    index = build(town, as_of=TODAY)
    free = [who for who in crowd if who.shared_with is not SharedWith.NONE]
    pairs = np.zeros((len(free), sum(seats_of(one) for one in town)), dtype=np.bool_)
    seat_of = np.repeat(np.arange(index.size), [seats_of(one) for one in index.activities])
    for at, who in enumerate(free):
        pairs[at] = np.isin(seat_of, standing(index, who).rows)
    most = 0
    if pairs.size:
        most = int((maximum_bipartite_matching(csr_array(pairs), perm_type="column") >= 0).sum())
    assert len(assign(index, crowd).given) == most


FAR = replace(activity().meaning, liked={"music": 1.0}, tokens=("歌",))
DOGS = frozenset({"dogs"})


def people_named(*names: str, **changes: object) -> list[PersonProfile]:
    return [person(id=name, **changes) for name in names]


def test_whoever_has_one_place_only_gets_it() -> None:
    both = person(id="a_free")
    small = person(limit(LimitKind.NO_HAZARD, ("dogs",)), id="b_bound")
    town = [
        activity(id="near", places_left=1),
        activity(id="other", hazards=DOGS, own_pace=None, places_left=1),
    ]
    index = build(town, as_of=TODAY)
    assert match(index, both).fits[0].activity == "near"
    made = assign(index, [both, small])
    assert places_of(made) == {"a_free": "other", "b_bound": "near"}
    [why] = [each.why for each in made.given if each.person == "a_free"]
    assert why == Reason("needed_by_fewer_options", 2, 1)


def test_the_worst_off_is_lifted_before_the_total() -> None:
    worth = np.array([[STEP * 2, STEP * 2 - 1], [STEP * 2 - 1, 1]])
    assert solve(worth, np.array([1, 1])) == {0: 1, 1: 0}


def test_a_fit_is_worth_more_than_any_arrangement() -> None:
    soon = person(limit(LimitKind.MINUTES_AT_MOST, 20), id="p")
    town = [activity(id="a", minutes=(30, 60)), activity(id="b", minutes=(20, 60), meaning=FAR)]
    made = assign(build(town, as_of=TODAY), [soon])
    assert places_of(made) == {"p": "b"}
    assert made.given[0].option.tier is Tier.FITS
    assert [option.tier for option in made.given[0].further] == [Tier.ADAPTABLE]


def test_arrangements_and_questions_can_be_left_out() -> None:
    soon = person(limit(LimitKind.MINUTES_AT_MOST, 20), id="p")
    index = build([activity(id="a", minutes=(30, 60))], as_of=TODAY)
    assert places_of(assign(index, [soon])) == {"p": "a"}
    [left] = assign(index, [soon], adaptable=False).unplaced
    assert left.why == Reason("only_with_changes")
    unknown = build([activity(id="a", fee_yen=None)], as_of=TODAY)
    poor = person(id="p", money_max_yen=100)
    assert places_of(assign(unknown, [poor])) == {"p": "a"}
    [left] = assign(unknown, [poor], ask_host=False).unplaced
    assert left.why == Reason("only_with_changes")


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"proposals_paused": "休みたい"}, "paused"),
        ({"stage": Stage.NOT_MET}, "not_met"),
        ({"assessed": False}, "not_assessed"),
        ({"shared_with": SharedWith.NONE}, "no_consent"),
    ],
)
def test_who_is_held_or_has_agreed_to_nothing_is_not_placed(
    known: dict[str, object], code: str
) -> None:
    made = assign(build([activity()], as_of=TODAY), [person(id="p", **known)])
    assert not made.given
    assert not made.unplaced
    assert [(who, why.code) for who, why in made.held] == [("p", code)]


def test_seats_are_what_is_asked_for_and_never_more_than_are_left() -> None:
    index = build([activity(id="a", places_left=2)], as_of=TODAY)
    crowd = people_named("p", "q", "r")
    assert len(assign(index, crowd, {"a": 1}).given) == 1
    assert len(assign(index, crowd, {"a": 9}).given) == 2
    assert assign(index, crowd, {"a": 9}).given[0].option.seats_left == 0


@pytest.mark.parametrize(
    ("left", "capacity", "seats"), [(3, 5, 3), (None, 5, 5), (0, 5, 0), (None, None, 1)]
)
def test_unknown_places_are_never_many(left: int | None, capacity: int | None, seats: int) -> None:
    assert seats_of(activity(places_left=left, capacity=capacity)) == seats


def test_who_is_left_over_is_told_what_went_to_others() -> None:
    index = build([activity(id="a", places_left=1)], as_of=TODAY)
    made = assign(index, people_named("p", "q"))
    assert places_of(made) == {"p": "a"}
    [left] = made.unplaced
    assert left.why == Reason("shared_out")
    assert [option.proposal.activity for option in left.further] == ["a"]
    assert [option.seats_left for option in left.further] == [0]
    assert left.bound == ()


def test_who_has_nowhere_to_go_is_told_what_bound() -> None:
    alone = person(limit(LimitKind.NO_HAZARD, ("dogs",)), id="p")
    made = assign(build([activity(hazards=DOGS)], as_of=TODAY), [alone])
    [left] = made.unplaced
    assert left.why == Reason("nothing_suits")
    assert [one.code for one in left.bound] == ["no_hazard"]


def test_who_would_suit_less_is_told_so() -> None:
    musical = person(id="b", interest=FAR)
    town = [
        activity(id="song", meaning=FAR, places_left=1),
        activity(id="rest", meaning=FAR, places_left=1, load=Load(3, 3, 3, 3, 3)),
    ]
    made = assign(build(town, as_of=TODAY), [person(id="a", interest=FAR, strength=FAR), musical])
    assert {each.why.code for each in made.given} <= {
        "first_choice",
        "suits_another_better",
        "shared_out",
    }
    assert sum(each.why.code == "first_choice" for each in made.given) == 1


def test_no_more_than_two_further_options_are_told_the_best_first() -> None:
    town = [activity(id=name, host=name, group_size=(2, 2 + at)) for at, name in enumerate("abcde")]
    [given_] = assign(build(town, as_of=TODAY), [person(id="p")]).given
    assert len(given_.further) == 2
    scores = [option.proposal.score for option in (given_.option, *given_.further)]
    assert scores == sorted(scores, reverse=True)


def test_a_person_named_twice_is_one() -> None:
    made = assign(build([activity()], as_of=TODAY), people_named("p", "p"))
    assert everyone(made) == ["p"]


def test_without_people_or_places_nothing_is_proposed() -> None:
    assert assign(build([activity()], as_of=TODAY), []) == Assignment((), (), ())
    [left] = assign(build([], as_of=TODAY), people_named("p")).unplaced
    assert left.why == Reason("nothing_suits")


def test_a_place_that_is_not_in_the_index_is_an_error() -> None:
    with pytest.raises(KeyError):
        assign(build([activity()], as_of=TODAY), people_named("p"), {"elsewhere": 1})


@pytest.mark.parametrize("order", list(permutations("pqr")))
def test_equal_people_get_places_in_the_order_of_their_ids(order: tuple[str, ...]) -> None:
    index = build([activity(id="a", places_left=2)], as_of=TODAY)
    assert sorted(places_of(assign(index, people_named(*order)))) == ["p", "q"]
