"""The answer as a whole: order, spread, what is said, what is left out."""

from dataclasses import fields, replace

import pytest

from catalogue.profiles import LimitKind, Meaning, Stage
from matching import Answer, build, match
from matching.factors import FACTORS
from matching.weights import Weights
from tests.matching.made import TODAY, activity, answer, limit, person


def test_an_empty_catalogue_gives_an_empty_answer() -> None:
    assert match(build([], as_of=TODAY), person()) == Answer()


def test_two_activities_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        build([activity(), activity()], as_of=TODAY)


def test_equal_scores_stand_in_order_of_ids() -> None:
    twins = [activity(id=name, host=name) for name in "cab"]
    found = match(build(twins, as_of=TODAY), person())
    assert [one.activity for one in found.fits] == ["a", "b", "c"]


def test_the_better_stands_above_and_the_limit_bounds_the_whole_answer() -> None:
    far = activity(id="z", lat=35.71)
    town = [far, activity(id="b", host="i"), activity(id="c", host="j", age=None)]
    index = build(town, as_of=TODAY)
    found = match(index, person(), limit=1)
    assert [one.activity for one in found.fits] == ["b"]
    assert found.ask_host == ()
    found = match(index, person(), limit=3)
    assert [one.activity for one in found.fits] == ["b", "z"]
    assert [one.activity for one in found.ask_host] == ["c"]


def test_one_host_does_not_fill_the_list() -> None:
    same = [activity(id=f"a{n}", lat=35.7005) for n in range(5)]
    other = activity(id="z", host="other", tags=("music",), lat=35.6995)
    found = match(build([*same, other], as_of=TODAY), person())
    assert [one.activity for one in found.fits].index("z") < 5


def test_the_nearest_misses_stand_first() -> None:
    near = activity(id="n", fee_yen=100)
    far = activity(id="f", fee_yen=100, open=False)
    index = build([near, far], as_of=TODAY)
    who = person(limit(LimitKind.NO_FEE))
    left_out = match(index, who).excluded
    assert [left.activity for left in left_out] == ["n", "f"]
    assert [left.activity for left in left_out[:1]] == ["n"]
    assert len(left_out) == 2


def test_every_reason_of_an_exclusion_is_named() -> None:
    found = answer(activity(fee_yen=100, open=False), person(limit(LimitKind.NO_FEE)))
    assert [reason.code for reason in found.excluded[0].reasons] == ["closed", "no_fee"]


def test_reasons_are_only_what_entered_the_order() -> None:
    mute = person(interest=Meaning(), strength=Meaning(), stage=None)
    found = answer(activity(), mute).fits[0]
    shares = dict(found.factors)
    assert {reason.code for reason in found.reasons} <= shares.keys()
    assert {"interest", "strength", "step"}.isdisjoint(shares)
    assert ("not_known", "interest") in {(r.code, r.value) for r in found.to_check}


def test_shares_add_up_to_the_score() -> None:
    found = answer(activity(), person(stage=Stage.SHORT_ROLE)).fits[0]
    assert sum(share for _, share in found.factors) == pytest.approx(found.score, abs=0.002)
    assert [s for _, s in found.factors] == sorted((s for _, s in found.factors), reverse=True)


def test_other_weights_make_another_order() -> None:
    near = activity(id="near", meaning=Meaning(liked={"music": 1.0}))
    liked = activity(id="liked", lat=35.712, meaning=Meaning(liked={"plants": 1.0}))
    who = person(interest=Meaning(liked={"plants": 1.0}), strength=Meaning())
    index = build([near, liked], as_of=TODAY)
    only_way = Weights("way")
    walking = replace(only_way, of={**WEIGHTS_AT_ZERO, "way": 1.0})
    assert match(index, who).fits[0].activity == "liked"
    assert match(index, who, weights=walking).fits[0].activity == "near"


def test_the_answer_is_frozen_all_the_way() -> None:
    found = answer(activity(), person())
    lazy = {"held", "excluded"}
    assert all(
        isinstance(getattr(found, f.name), tuple) for f in fields(found) if f.name not in lazy
    )
    with pytest.raises(TypeError):
        found.excluded[0] = None  # type: ignore[index]  # the very thing that must not work
    assert hash(found) == hash(answer(activity(), person()))


WEIGHTS_AT_ZERO = dict.fromkeys(FACTORS, 0.0)
