"""Forms are read leniently, and what cannot be read is named by its field."""

from datetime import date
from enum import StrEnum
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from service.web.filled import Filled


class Colour(StrEnum):
    GREEN = "green"
    BLUE = "blue"


WORDS = {Colour.GREEN: "みどり", Colour.BLUE: "あお"}


def filled(**fields: str) -> Filled:
    return Filled(FormData(fields))


def test_text_comes_without_the_space_around_it() -> None:
    assert filled(name="  花\r\n水やり ").text("name") == "花\n水やり"


def test_a_field_that_was_not_sent_is_empty_and_no_mistake() -> None:
    form = filled()
    assert (form.text("a"), form.number("b"), form.day("c"), form.clock("d")) == (
        "",
        None,
        None,
        "",
    )
    assert form.mistakes == {}


def test_a_text_that_is_too_long_is_a_mistake_that_says_how_long() -> None:
    form = filled(name="あ" * 12)
    assert form.text("name", longest=10) == "あ" * 10
    assert form.mistakes == {"name": "10字までで書いてください(いま12字です)"}


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\u200b", "\u202e", "\ufeff"])
def test_a_sign_that_nobody_sees_is_a_mistake_that_says_where_and_not_what(sign: str) -> None:
    form = filled(name=f"山{sign}田")
    assert form.text("name") == ""
    assert form.mistakes == {
        "name": "2文字目に、目に見えない文字があります。そこを消して、書きなおしてください"
    }


def test_line_ends_tabs_and_the_selectors_of_a_name_stay_as_they_were_written() -> None:
    said = "葛\U000e0100城\n\t神\ufe00"
    assert filled(name=said).text("name") == said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("料理、掃除", ["料理", "掃除"]),
        ("料理,掃除", ["料理", "掃除"]),
        ("料理\n、 掃除", ["料理", "掃除"]),
        ("、", []),
    ],
)
def test_lists_are_read_however_they_are_separated(said: str, words: list[str]) -> None:
    assert filled(name=said).words("name") == words


@pytest.mark.parametrize(("said", "number"), [("20", 20), ("２０", 20), (" 7 ", 7), ("0", 0)])
def test_numbers_are_read_also_in_full_width_figures(said: str, number: int) -> None:
    form = filled(name=said)
    assert form.number("name") == number
    assert form.mistakes == {}


@pytest.mark.parametrize("said", ["-1", "1000", "二十", "1.5", "9" * 40])
def test_what_is_no_number_within_its_bounds_is_a_mistake(said: str) -> None:
    form = filled(name=said)
    assert form.number("name") is None
    assert form.mistakes == {"name": "0から999までの数で書いてください"}


@pytest.mark.parametrize("said", ["2026-12-01", "2026/12/01", "２０２６-１２-０１"])
def test_days_are_read_in_their_usual_spellings(said: str) -> None:
    assert filled(name=said).day("name") == date(2026, 12, 1)


@pytest.mark.parametrize("said", ["2026-02-30", "あした", "12-01"])
def test_a_day_that_does_not_exist_is_a_mistake(said: str) -> None:
    form = filled(name=said)
    assert form.day("name") is None
    assert set(form.mistakes) == {"name"}


@pytest.mark.parametrize(
    ("said", "clock"), [("09:30", "09:30"), ("9:30", "09:30"), ("９：３０", "09:30")]
)
def test_times_are_read_as_hours_and_minutes(said: str, clock: str) -> None:
    assert filled(name=said).clock("name") == clock


def test_a_time_that_no_clock_shows_is_a_mistake() -> None:
    form = filled(name="25:00")
    assert form.clock("name") == ""
    assert set(form.mistakes) == {"name"}


def test_only_the_words_that_were_offered_can_be_chosen() -> None:
    assert filled(name="green").choice("name", WORDS) is Colour.GREEN
    assert filled(name="red").choice("name", WORDS) is None


def test_nothing_chosen_where_something_is_needed_is_a_mistake() -> None:
    form = filled()
    assert form.needed("name", WORDS, sentence="色を選んでください") is None
    assert form.mistakes == {"name": "色を選んでください"}


def test_ticked_boxes_keep_the_order_of_the_page() -> None:
    form = Filled(FormData([("day", "MO"), ("day", "WE"), ("other", "x")]))
    assert form.ticked("day") == ["MO", "WE"]


def test_an_id_that_is_none_is_nothing() -> None:
    known = uuid4()
    assert filled(name=str(known)).id("name") == known
    assert filled(name="not an id").id("name") is None


@given(st.text(max_size=300))
def test_reading_never_fails_whatever_was_written(said: str) -> None:
    form = filled(name=said)
    form.text("name")
    form.number("name")
    form.day("name")
    form.clock("name")
    form.words("name")
    form.choice("name", WORDS)
    form.id("name")
