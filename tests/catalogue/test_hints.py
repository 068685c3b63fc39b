"""Concepts among the tokens, and what only the characters of an unknown word suggest."""

import pytest

from catalogue.portrait import ticked
from catalogue.profiles import Meaning
from catalogue.words import FACETS, read
from catalogue.words.characters import SEEN, SHARE, hints, leanings
from catalogue.words.gathering import CONCEPT, HINT, Gathered
from catalogue.words.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("word", "facet"),
    [("漁網", "sea_and_hills"), ("縫合", "sewing"), ("苗床", "plants"), ("楽師", "music")],
)
def test_kanji_of_an_unknown_word_lean_to_facets(word: str, facet: str) -> None:
    assert SHARE <= hints(word)[facet] < 1
    assert read(word).hinted.get(facet, 0.0) <= HINT


@pytest.mark.parametrize("word", ["ズンドコ", "abc", "", "、"])
def test_other_characters_suggest_nothing(word: str) -> None:
    assert hints(word) == {}


def test_leanings_are_shares_of_known_facets() -> None:
    for shares in leanings().values():
        assert shares.keys() <= FACETS.keys()
        assert all(SHARE <= share < 1 for share in shares.values())


def test_a_character_of_one_expression_says_nothing() -> None:
    words = [word for concept in vocabulary().concepts.values() for word in concept.words]

    assert all(sum(kanji in word for word in words) >= SEEN for kanji in sorted(leanings())[:40])


def test_a_hint_is_never_a_liking_and_never_contradicts() -> None:
    meaning = read("漁網", "海は苦手")

    assert meaning.liked == {}
    assert "sea_and_hills" in meaning.disliked
    assert not meaning.hinted.keys() & meaning.disliked.keys()


def test_a_hint_that_is_no_surer_than_a_liking_is_left_out() -> None:
    meaning = read("縫合と縫い物")

    assert meaning.liked["sewing"] == 1.0
    assert "sewing" not in meaning.hinted


def test_a_dislike_hints_at_its_opposite() -> None:
    meaning = read("にぎやかな場所は頭が痛くなる")

    assert meaning.liked == {}
    assert meaning.hinted["quiet"] == pytest.approx(meaning.disliked["lively"] / 2)


def test_an_expression_that_denies_does_not_speak_of_what_it_denies() -> None:
    meaning = read("話さなくてもいい")

    assert "quiet" in meaning.liked
    assert "chatting" not in meaning.hinted
    assert "話す" not in meaning.tokens


def test_what_is_ticked_leaves_no_hint_beside_it() -> None:
    guessed = Meaning(hinted={"music": 0.3, "games": 0.2})

    assert ticked(guessed, ["music"], ["games"]).hinted == {}
    assert ticked(guessed, ["plants"]).hinted == guessed.hinted


def test_liked_concepts_stand_among_the_tokens() -> None:
    tokens = read("将棋が好き。電話は苦手").tokens

    assert CONCEPT + "board_games" in tokens
    assert CONCEPT + "phone" not in tokens


def test_meanings_are_gathered_once_a_facet() -> None:
    gathered = Gathered()
    gathered.add(Meaning({"music": 0.4}, {"games": 0.9}, ("歌",), ("歌う",), {"art": 0.2}))
    gathered.add(Meaning({"music": 0.8, "games": 0.3}, {}, ("曲",), ("",), {"games": 0.3}))
    meaning = gathered.meaning()

    assert meaning.liked == {"music": 0.8}
    assert meaning.disliked == {"games": 0.9}
    assert meaning.hinted == {"art": 0.2}
    assert meaning.tokens == ("歌", "曲")
    assert meaning.said == ("歌う",)
