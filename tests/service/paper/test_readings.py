"""Readings over kanji: what is proposed, what the list corrects, and what a person may write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.paper.readings import Piece, mark, mistake, pieces, plain, unsigned

TEXTS = st.text(alphabet="落ち葉を2人で水曜3日20分第・(火)神髙々ヶ木あア a-！\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("集める", "集《あつ》める"),
        ("落ち葉", "落《お》ち葉《ば》"),
        ("ろうか", "ろうか"),
        ("2人で", "｜2人《ふたり》で"),
        ("5人で", "5人《にん》で"),
        ("3日", "｜3日《みっか》"),
        ("13日", "13日《にち》"),
        ("20分", "20分《ぷん》"),
        ("15分", "15分《ふん》"),
        ("1時間", "1時間《じかん》"),
        ("一度だけ", "一度《いちど》だけ"),
        ("社協", "社協《しゃきょう》"),
        ("月・木曜", "月《げつ》・木曜《もくよう》"),
        ("月〜土曜", "月《げつ》〜土曜《どよう》"),
        ("第1日曜", "第《だい》1日曜《にちよう》"),
        ("(火)", "(火《か》)"),
        ("", ""),
    ],
    ids=lambda text: text if len(text) < 4 else text[:4],
)
def test_readings_are_proposed_as_one_says_them(text: str, marked: str) -> None:
    assert mark(text) == marked


def test_marked_text_is_cut_into_what_has_a_reading_and_what_has_none() -> None:
    assert pieces("｜2人《ふたり》で落《お》ち葉《ば》") == [
        Piece("2人", "ふたり"),
        Piece("で"),
        Piece("落", "お"),
        Piece("ち"),
        Piece("葉", "ば"),
    ]


@given(text=TEXTS)
def test_the_text_under_the_readings_is_the_text_that_was_given(text: str) -> None:
    assert plain(mark(text)) == unsigned(text)
    assert mistake(mark(text), text) is None


@given(text=st.text(alphabet="《》｜落葉2あ", max_size=20))
def test_signs_of_the_notation_in_a_text_lead_nobody_astray(text: str) -> None:
    assert plain(mark(text)) == unsigned(text)


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("落《お》ち葉《ば》とり", "読みだけ"),
        ("落《o》ち葉《ば》", "ひらがな"),
        ("落《お》ち葉《ば", "書き方"),
        ("落《》ち葉《ば》", "書き方"),
    ],
    ids=["other words", "Latin", "open bracket", "nothing in it"],
)
def test_what_is_no_reading_of_the_text_is_named(marked: str, says: str) -> None:
    said = mistake(marked, "落ち葉")
    assert said is not None
    assert says in said
