"""What may stand in a box of the month's grid: read kindly, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.visits.month.rules import (
    BY_SIGN,
    FIGURES,
    NO_SUCH_DAY,
    NOT_A_MARK,
    NOT_MEASURED,
    SIGNS,
    TOO_LONG,
    TYPED,
    Mark,
    before,
    days_of,
    following,
    read_day_of,
    read_mark,
)
from service.visits.rules import unfit
from service.visits.words import TOOK_PART, Outcome

NOVEMBER = date(2026, 11, 1)
FEBRUARY = date(2028, 2, 1)


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("1", Mark(Outcome.CAME)),
        ("２", Mark(Outcome.WAS_THERE)),
        (" 3 ", Mark(Outcome.LEFT_EARLY)),
        ("4", Mark(Outcome.RESTED)),
        ("5", Mark(Outcome.HOST_CANCELLED)),
        ("6", Mark(Outcome.COMPANION_UNAVAILABLE)),
        ("1 40", Mark(Outcome.CAME, 40)),
        ("１　４０", Mark(Outcome.CAME, 40)),
        ("2/15", Mark(Outcome.WAS_THERE, 15)),
        ("1 0", Mark(Outcome.CAME, 0)),
        ("来", Mark(Outcome.CAME)),
        ("来40分", Mark(Outcome.CAME, 40)),
        ("休", Mark(Outcome.RESTED)),
        ("3 1440", Mark(Outcome.LEFT_EARLY, 1440)),
    ],
)
def test_a_box_is_read_as_it_is_written(said: str, mark: Mark) -> None:
    assert read_mark(said) == mark


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("7", NOT_A_MARK),
        ("0", NOT_A_MARK),
        ("11", NOT_A_MARK),
        ("140", NOT_A_MARK),  # 1 and 40, or a slip: nobody can tell
        ("○", NOT_A_MARK),
        ("変", NOT_A_MARK),
        ("1 半", NOT_A_MARK),
        ("4 30", NOT_MEASURED),
        ("休30", NOT_MEASURED),
        ("1 1441", TOO_LONG),
        ("1 999999999", TOO_LONG),
    ],
)
def test_what_is_no_mark_is_said_and_not_guessed(said: str, sentence: str) -> None:
    assert read_mark(said) == sentence


@given(st.text(max_size=12))
def test_whatever_stands_there_is_a_mark_that_fits_or_a_sentence(said: str) -> None:
    read = read_mark(said)
    assert isinstance(read, str) or unfit(read.on(NOVEMBER)) is None


def test_every_word_has_its_sign_and_each_figure_one_word() -> None:
    assert set(FIGURES) == set(SIGNS) == set(Outcome)
    assert len(set(SIGNS.values())) == len(Outcome)
    assert sorted(TYPED) == ["1", "2", "3", "4", "5", "6"]
    assert {outcome for outcome in Outcome if TOOK_PART[outcome]} <= set(TYPED.values())
    assert set(BY_SIGN.values()) == set(TYPED.values())


@pytest.mark.parametrize(
    ("said", "day"),
    [("14", date(2026, 11, 14)), ("３日", date(2026, 11, 3)), ("30", date(2026, 11, 30))],
)
def test_a_day_of_the_month_is_read(said: str, day: date) -> None:
    assert read_day_of(NOVEMBER, said) == day


@pytest.mark.parametrize("said", ["31", "0", "-1", "十四", "1.5", "111", "11/3", "²"])
def test_a_day_that_the_month_lacks_is_none(said: str) -> None:
    # a small two in front of a line is a two to some readers: the days are looked up, not made
    expected = date(2026, 11, 2) if said == "²" else NO_SUCH_DAY
    assert read_day_of(NOVEMBER, said) == expected


def test_months_follow_one_another_over_a_leap_day_and_a_year() -> None:
    assert [day.day for day in days_of(FEBRUARY)] == list(range(1, 30))
    assert following(date(2026, 12, 31)) == date(2027, 1, 1)
    assert before(date(2027, 1, 31)) == date(2026, 12, 1)
    assert following(before(FEBRUARY)) == FEBRUARY
