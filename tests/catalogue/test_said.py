"""What is kept of the texts themselves, for measures that see no negation."""

import pytest

from catalogue import words
from catalogue.portrait import ticked

LIKES = "庭の手入れが好きです。静かな所がいい。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIKES, (LIKES,)),
        ("庭の手入れが好き。料理は苦手です。", ("庭の手入れが好き",)),
        ("料理は苦手です", ()),
        ("料理はしたくない。\n歌はすき", ("歌はすき",)),
        ("", ()),
    ],
)
def test_sentences_in_which_something_is_disliked_are_left_out(
    text: str, said: tuple[str, ...]
) -> None:
    assert words.read(text).said == said


def test_a_text_without_dislikes_is_kept_as_it_came_and_not_copied() -> None:
    assert words.read(LIKES).said[0] is LIKES


def test_several_texts_are_kept_in_their_order_and_empty_ones_not() -> None:
    assert words.read("花", "", "料理は苦手", "歌").said == ("花", "歌")


def test_what_is_ticked_leaves_the_texts_alone() -> None:
    assert ticked(words.read("花"), liked=["料理"]).said == ("花",)
