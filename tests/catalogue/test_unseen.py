"""Wishes and activities of another hand, whose words the vocabulary was not written beside."""

from pathlib import Path

import pytest

from tests.catalogue.recall import WISHES, Pair, in_forties, pairs, untick

UNSEEN = Path(__file__).parent / "unseen.yaml"


@pytest.fixture(scope="module")
def unseen() -> list[Pair]:
    return pairs(file=UNSEEN)


def test_raw_text_finds_three_in_four(unseen: list[Pair]) -> None:
    assert in_forties(untick(unseen), draws=4) >= 0.75


def test_facets_that_people_ticked_find_more_than_nine_in_ten(unseen: list[Pair]) -> None:
    assert in_forties(unseen, draws=4) >= 0.92


def test_they_are_enough_and_none_is_known_from_elsewhere(unseen: list[Pair]) -> None:
    known = pairs(file=WISHES)
    assert len(unseen) >= len(known) / 3
    assert not {pair.wish for pair in unseen} & {pair.wish for pair in known}
    assert all(pair.wish_facets and pair.activity_facets for pair in unseen)
