"""Nearness: the factor that vectors from outside give, and that is not there without them."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from catalogue.profiles import ActivityProfile, Meaning, PersonProfile
from matching import WEIGHTS, Index, build, explain, match
from matching.case import consider
from matching.factors import FACTORS, SILENT
from matching.factors.nearness import FLOOR, FULL
from matching.vectors import Vectors, directed, text_of, words_of
from matching.weights import Weights
from tests.matching.made import TODAY, activity, person

GIVEN = {"葉": (1.0, 0.0), "紙": (0.0, 1.0), "庭": (1.0, 1.0), "茶": (-1.0, 0.0)}
ONLY = Weights("only", {**dict.fromkeys(FACTORS, 0.0), "nearness": 1.0})


class Letters:
    """The mean of the vectors of the characters that it knows."""

    version = "letters"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.floating]:
        self.asked += texts
        known = [[GIVEN[letter] for letter in text if letter in GIVEN] for text in texts]
        return np.array([np.mean(found or [(0.0, 0.0)], axis=0) for found in known])


def says(**texts: str) -> ActivityProfile:
    """Make activities that differ in what they say, by their ids."""
    (name, text), *more = texts.items()
    assert not more
    return activity(id=name, host=name, meaning=Meaning(said=(text,)), needs=Meaning())


def wants(*texts: str) -> PersonProfile:
    return person(interest=Meaning(said=texts), strength=Meaning())


def index_of(*activities: ActivityProfile, embed: Letters | None = None) -> Index:
    return build(activities, as_of=TODAY, embed=embed or Letters())


def nearness(index: Index, who: PersonProfile) -> list[float]:
    found: list[float] = FACTORS["nearness"].score(consider(index, who)).tolist()
    return found


def expected(cosine: float) -> float:
    return min(max((cosine - FLOOR) / (FULL - FLOOR), 0.0), 1.0)


@pytest.mark.parametrize(
    ("text", "cosine"),
    [
        ("葉", 1.0),
        ("葉と紙", sqrt(0.5)),
        ("庭", sqrt(0.5)),
        ("葉と庭", 2 / sqrt(5)),
        ("紙", 0.0),
        ("茶", -1.0),
    ],
)
def test_what_lies_nearer_counts_more_and_below_the_floor_nothing(text: str, cosine: float) -> None:
    assert nearness(index_of(says(a=text)), wants("葉")) == [pytest.approx(expected(cosine))]


def test_below_the_floor_a_row_has_nothing_and_above_the_top_all() -> None:
    assert expected(FLOOR) == 0.0
    assert expected(FULL) == expected(1.0) == 1.0
    assert pytest.approx(0.3) == FLOOR


@pytest.mark.parametrize(("said", "wish"), [("石", "葉"), ("葉", "石"), ("", "葉")])
def test_where_no_word_is_known_nothing_is_known(said: str, wish: str) -> None:
    assert np.isnan(nearness(index_of(says(a=said)), wants(wish))).all()


def test_who_has_said_nothing_is_not_near_to_anything_and_nothing_is_asked() -> None:
    embed = Letters()
    index = index_of(says(a="葉"), embed=embed)
    embed.asked.clear()
    assert np.isnan(nearness(index, wants())).all()
    assert embed.asked == []


def test_without_vectors_there_is_no_nearness_and_every_answer_is_the_same() -> None:
    rows = [says(a="葉"), says(b="紙")]
    plain = build(rows, as_of=TODAY)
    assert plain.vectors is None
    assert np.isnan(nearness(plain, wants("紙"))).all()
    unweighed = Weights("unweighed", {**WEIGHTS.of, "nearness": 0.0})
    found = match(plain, wants("紙"))
    assert found == match(plain, wants("紙"), weights=unweighed)
    assert "nearness" not in dict(found.fits[0].factors)


@pytest.mark.parametrize(("wish", "first"), [("葉", "a"), ("紙", "b")])
def test_the_nearer_of_two_like_activities_stands_first(wish: str, first: str) -> None:
    index = index_of(says(a="葉"), says(b="紙"))
    shown = match(index, wants(wish)).fits
    assert shown[0].activity == first
    assert dict(shown[0].factors)["nearness"] > dict(shown[1].factors)["nearness"] == 0.0


def test_nearness_is_never_a_reason_and_never_asked_about() -> None:
    index = index_of(says(a="葉"), says(b="石"))
    for shown in match(index, wants("葉"), weights=ONLY).fits:
        assert shown.reasons == ()
        assert "nearness" not in {reason.value for reason in shown.to_check}
    assert {"nearness"} == SILENT


def test_why_one_stands_above_the_other_is_said_as_it_is() -> None:
    upper, lower = match(index_of(says(a="葉"), says(b="紙")), wants("葉")).fits
    assert explain((upper, lower), "ja") == "ことばの近さの面でより合うので先です"
    assert "nearness" in explain((upper, lower), "en")


def test_its_weight_is_the_smallest_of_what_speaks_of_words() -> None:
    assert 0 < WEIGHTS.of["nearness"] < WEIGHTS.of["words"] < WEIGHTS.of["interest"]


def test_nearness_cannot_bring_back_what_a_limit_excludes() -> None:
    closed = replace(says(a="葉"), age=(80, 90))
    found = match(index_of(closed, says(b="紙")), wants("葉"))
    assert [shown.activity for shown in found.fits] == ["b"]


def test_a_person_is_read_once_however_often_they_are_matched() -> None:
    embed = Letters()
    index = index_of(says(a="葉"), says(b="紙"), embed=embed)
    first = match(index, wants("葉"))
    asked = list(embed.asked)
    assert match(index, wants("葉")) == first
    assert embed.asked == asked
    assert asked.count("葉") == 2  # the activity's and the person's


def test_a_part_of_an_index_has_its_rows_directions() -> None:
    index = index_of(says(a="葉"), says(b="紙"), says(c="庭"))
    whole = nearness(index, wants("庭"))
    at = np.array([0, 2])
    assert nearness(index.part(at), wants("庭")) == [whole[0], whole[2]]
    assert nearness(index.part(at).part(np.array([1])), wants("庭")) == [whole[2]]


def test_an_empty_catalogue_asks_for_nothing() -> None:
    embed = Letters()
    assert directed([], embed).of.shape == (0, 0)
    assert match(index_of(embed=embed), wants("葉")).fits == ()
    assert embed.asked == []


def test_directions_have_length_one_in_few_bytes() -> None:
    found = directed([says(a="葉と庭"), says(b="庭")], Letters())
    assert isinstance(found, Vectors)
    assert found.of.dtype == np.float32
    assert np.linalg.norm(found.of, axis=1) == pytest.approx([1.0, 1.0])


def test_texts_are_what_both_sides_say() -> None:
    one = activity(meaning=Meaning(said=("庭はき", "落ち葉を集める")), needs=Meaning(said=("手",)))
    assert text_of(one) == "庭はき。落ち葉を集める。手"
    who = person(interest=Meaning(said=("花",)), strength=Meaning(said=("力仕事",)))
    assert words_of(who) == "花。力仕事"


def test_the_vectorised_nearness_equals_a_plain_loop() -> None:
    dice = np.random.default_rng(7)
    texts = ["".join(dice.choice([*GIVEN, "石"], size=4)) for _ in range(60)]
    index = index_of(*(says(**{f"a{at:02}": text}) for at, text in enumerate(texts)))
    for wish in texts[:10]:
        found = nearness(index, wants(wish))
        for text, value in zip(texts, found, strict=True):
            assert value == pytest.approx(_plain(text, wish), abs=1e-5, nan_ok=True)


def _plain(text: str, wish: str) -> float:
    one, other = (
        [sum(column) for column in zip(*(GIVEN[c] for c in words if c in GIVEN), strict=True)]
        for words in (text, wish)
    )
    lengths = sqrt(sum(x * x for x in one)) * sqrt(sum(x * x for x in other))
    if not lengths:
        return float("nan")
    return expected(sum(x * y for x, y in zip(one, other, strict=True)) / lengths)
