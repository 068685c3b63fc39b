"""Looking for activities: however a word is written, and without hiding what nobody has asked."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from service.hosts.finding import Listed, Look, look_for, unknown_loads

EAST, WEST = UUID(int=1), UUID(int=2)


def listed(number: int, title: str, **changes: Any) -> Listed:
    plain = Listed(
        id=UUID(int=number),
        title=title,
        plain_title="",
        description="",
        tags=(),
        host="髙橋農園",
        area_id=EAST,
        open=True,
        when="",
        just_being=False,
        loads={},
        weekdays=frozenset({1}),
        by_arrangement=False,
        place=None,
    )
    return replace(plain, **changes)


LEAVES = listed(1, "落ち葉をあつめる", description="お寺の庭です", loads={"social": 1})
COFFEE = listed(2, "コーヒー豆をより分ける", area_id=WEST, host="ひのき食堂", loads={"social": 3})
TEA = listed(
    3, "お茶の時間", weekdays=frozenset(), by_arrangement=True, just_being=True, open=False
)
ALL = (COFFEE, TEA, LEAVES)


def titles(**look: Any) -> list[str]:
    return [row.title for row in look_for(Look(**look), ALL).rows]


def test_without_a_word_everything_is_listed_and_what_rests_stands_last() -> None:
    assert titles() == [COFFEE.title, LEAVES.title, TEA.title]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ｺｰﾋｰ", [COFFEE.title]),
        ("こーひー豆", [COFFEE.title]),
        ("コーヒイ豆", [COFFEE.title]),
        ("高橋", [LEAVES.title, TEA.title]),
        ("お寺", [LEAVES.title]),
        ("落ち葉 お寺", [LEAVES.title]),
        ("zzzzzz", []),
    ],
)
def test_a_word_is_found_however_it_is_written(words: str, found: list[str]) -> None:
    assert titles(words=words) == found


def test_a_wish_in_other_words_finds_what_means_the_same_and_says_so() -> None:
    found = look_for(Look(words="カフェの飲みもの"), ALL)
    assert found.near
    assert [row.title for row in found.rows] == [COFFEE.title, TEA.title]
    assert not look_for(Look(words="お寺"), ALL).near
    assert look_for(Look(words="落ち葉 食堂"), ALL).near  # no one place has both words


def test_a_day_finds_what_is_open_then_or_by_arrangement() -> None:
    assert titles(day=1) == [COFFEE.title, LEAVES.title, TEA.title]
    assert titles(day=2) == [TEA.title]


def test_a_load_that_nobody_has_asked_about_is_told_and_not_hidden() -> None:
    look = Look(most={"social": 1})
    assert titles(most={"social": 1}) == [LEAVES.title, TEA.title]
    assert unknown_loads(look, TEA) == ["人といる"]
    assert unknown_loads(look, LEAVES) == []
    assert unknown_loads(Look(), TEA) == []


def test_an_area_is_where_one_goes_or_from_where_one_walks() -> None:
    assert titles(area_id=WEST) == [COFFEE.title]
    near, far = replace(LEAVES, minutes=4), replace(COFFEE, minutes=16)
    rows = look_for(Look(area_id=WEST, within=15), [near, far, TEA]).rows
    assert [row.title for row in rows] == [LEAVES.title, TEA.title]  # no way is known to the tea


def test_just_being_there_is_only_where_the_host_said_so() -> None:
    assert titles(just_being=True) == [TEA.title]


def test_only_what_narrows_counts_as_narrowing() -> None:
    assert not Look().narrows()
    for look in (Look(words="a"), Look(day=0), Look(within=5), Look(most={"social": 0})):
        assert look.narrows()
