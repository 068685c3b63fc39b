"""Where lines may break: between phrases, and nowhere in a word."""

import pytest

from service.paper.phrases import is_whole, phrases
from service.paper.readings import Piece, mark, pieces

SENTENCE = "自分の早さで、境内の落ち葉をほうきで集めます。話さなくてかまいません。"


def texts(marked: str) -> list[str]:
    return ["".join(piece.text for piece in phrase) for phrase in phrases(pieces(marked))]


def test_a_sentence_is_cut_into_phrases_and_nothing_is_lost() -> None:
    found = texts(mark(SENTENCE))
    assert "".join(found) == SENTENCE
    assert "落ち葉を" in found
    assert len(found) > 5


def test_no_phrase_begins_with_a_stop_or_a_small_kana() -> None:
    assert not [each for each in texts(mark(SENTENCE)) if each[0] in "、。っゃゅょー)」"]


def test_a_reading_stays_with_its_word_whatever_a_phrase_would_cut() -> None:
    (phrase,) = phrases([Piece("今日は晴れ", "きょうははれ")])
    assert phrase == (Piece("今日は晴れ", "きょうははれ"),)


@pytest.mark.parametrize("marked", ["", "あ", "123", "https://deban.example/a/1234567890"])
def test_whatever_is_cut_is_whole_again(marked: str) -> None:
    assert "".join(texts(marked)) == marked


def test_a_phrase_that_would_fill_a_line_may_break_anywhere() -> None:
    assert is_whole((Piece("落ち葉を", ""),))
    assert not is_whole((Piece("あ" * 15, ""),))
