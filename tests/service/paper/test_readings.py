"""Readings over kanji: what is proposed, what the list corrects, and what a person may write."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.paper.readings import LONGEST, Piece, mark, mistake, pieces, plain, unsigned

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


KANJI = re.compile("[々一-鿿]")


def unread(text: str) -> list[str]:
    """Return what has kanji and no reading over it."""
    return [
        piece.text for piece in pieces(mark(text)) if KANJI.search(piece.text) and not piece.reading
    ]


@pytest.mark.parametrize(
    "text",
    [
        "お寺の裏の竹やぶで、切った竹を運び、草を取ります。",
        "朝の畑で、その日の野菜をとって箱に並べます。",
        "部数と時間を先に決めるので、増えません。",
        "使わない着物をほどき、袋や小物に作りかえます。",
    ],
    ids=["bamboo", "field", "newsletter", "kimono"],
)
def test_no_kanji_of_a_usual_sentence_is_left_without_a_reading(text: str) -> None:
    assert unread(text) == []


def test_a_reading_is_never_put_over_kana_alone() -> None:
    for text in ("ろうかのそうじ", "コーヒーをいれる", "スマホ", "CSW", "10:30", ""):
        assert all(not piece.reading for piece in pieces(mark(text)))


def test_a_text_without_an_end_is_cut_where_the_dictionary_would_refuse() -> None:
    assert len(plain(mark("花" * (LONGEST + 50)))) == LONGEST


def test_readings_are_the_same_from_any_thread() -> None:
    texts = ["落ち葉を集める", "竹を運ぶ", "2人で歩く"] * 20
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(mark, texts)) == [mark(text) for text in texts]
