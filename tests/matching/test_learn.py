"""Learning from grades: it finds what the grades follow, stays near the prior, and looks aside."""

from dataclasses import replace

import numpy as np
import pytest

from catalogue.profiles import Meaning, PersonProfile
from matching import WEIGHTS, Index, build
from matching.factors import FACTORS
from matching.learn import MOST, apart, learn, lesson
from tests.matching.made import TODAY, activity, person

NEAR_AND_FAR = {"near": 3, "middle": 1, "far": 0}


def _town() -> Index:
    places = {"near": (35.7, "music"), "middle": (35.705, "plants"), "far": (35.71, "plants")}
    town = [
        activity(id=name, host=name, lat=lat, meaning=Meaning(liked={facet: 1.0}))
        for name, (lat, facet) in places.items()
    ]
    return build(town, as_of=TODAY)


def _who(name: str = "p") -> PersonProfile:
    return person(id=name, interest=Meaning(liked={"plants": 1.0}), strength=Meaning())


def test_what_the_grades_follow_grows_and_what_they_defy_shrinks() -> None:
    taught = lesson(_town(), _who(), NEAR_AND_FAR)
    assert taught is not None
    learned = learn([taught] * 40)
    assert learned.of["way"] > WEIGHTS.of["way"]
    assert learned.of["interest"] < WEIGHTS.of["interest"]


def test_few_grades_move_little_and_none_moves_nothing() -> None:
    taught = lesson(_town(), _who(), NEAR_AND_FAR)
    assert taught is not None
    moved = [abs(learn([taught] * n).of["way"] - WEIGHTS.of["way"]) for n in (0, 1, 10, 100)]
    assert moved[0] == 0
    assert moved == sorted(moved)


def test_no_weight_turns_round_or_leaves_its_bounds() -> None:
    taught = lesson(_town(), _who(), NEAR_AND_FAR)
    assert taught is not None
    learned = learn([taught] * 500)
    assert set(learned.of) == set(FACTORS)
    for name, prior in WEIGHTS.of.items():
        assert prior / MOST - 1e-3 <= learned.of[name] <= prior * MOST + 1e-3


def test_proposed_weights_carry_the_number_of_grades_in_their_name() -> None:
    taught = lesson(_town(), _who(), NEAR_AND_FAR)
    assert taught is not None
    assert learn([taught, taught]).version == f"{WEIGHTS.version}-learned-6"


@pytest.mark.parametrize("grades", [{}, {"near": 0, "far": 0}, {"elsewhere": 3}])
def test_grades_that_praise_nothing_here_teach_nothing(grades: dict[str, int]) -> None:
    assert lesson(_town(), _who(), grades) is None


def test_what_is_not_known_of_a_row_is_left_out_of_its_lesson() -> None:
    index = build([replace(activity(id="near"), group_size=None)], as_of=TODAY)
    taught = lesson(index, _who(), {"near": 3})
    assert taught is not None
    company = list(FACTORS).index("company")
    assert taught.known[company].tolist() == [0.0]
    assert not np.isnan(taught.values).any()


def test_nobody_is_judged_by_weights_that_saw_their_grades() -> None:
    people = [_who(f"p{n}") for n in range(6)]
    same = {each.id: NEAR_AND_FAR for each in people}
    found = apart(_town(), people, same, folds=3, seed=1)
    assert set(found) == set(same)
    other = same | {"p0": {"near": 0, "middle": 1, "far": 3}}
    turned = apart(_town(), people, other, folds=3, seed=1)
    assert turned["p0"] == found["p0"]
    assert any(turned[name] != found[name] for name in found)


def test_folds_repeat_themselves() -> None:
    people = [_who(f"p{n}") for n in range(5)]
    grades = {each.id: NEAR_AND_FAR for each in people[:4]}
    found = apart(_town(), people, grades, folds=2, seed=7)
    assert found == apart(_town(), people, grades, folds=2, seed=7)
    assert "p4" not in found
