"""Numbers and days as people write them: half-width, full-width, with noughts in front. Pure."""

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from service.web.dates import WEEKDAY_WORDS, dated_words, day_words, opening_words, time_words
from service.web.filled import Filled

WIDE = str.maketrans("0123456789-/:", "０１２３４５６７８９－／：")
NUMBERS = st.integers(min_value=0, max_value=10_000_000)
REIWA = st.dates(min_value=date(2019, 5, 1), max_value=date(2118, 12, 31))


def filled(said: str) -> Filled:
    return Filled(FormData({"name": said}))


@given(NUMBERS, st.integers(min_value=0, max_value=30), st.booleans(), NUMBERS)
def test_a_number_is_its_value_however_it_is_written_and_never_past_its_bound(
    number: int, noughts: int, wide: bool, highest: int
) -> None:
    said = "0" * noughts + str(number)
    form = filled(said.translate(WIDE) if wide else said)
    found = form.number("name", highest=highest)
    assert found == (number if number <= highest else None)
    assert bool(form.mistakes) == (number > highest)


@given(st.text(max_size=60), st.integers(min_value=0, max_value=500))
def test_whatever_is_read_as_a_number_lies_within_its_bounds(said: str, highest: int) -> None:
    form = filled(said)
    found = form.number("name", lowest=5, highest=max(highest, 5))
    assert found is None or 5 <= found <= max(highest, 5)
    assert found is None or not form.mistakes


@pytest.mark.parametrize("said", ["①", "五", "²", "Ⅳ", "+5", "5.", "0x5", "5 5", "٥"])
def test_a_figure_that_nobody_counts_with_here_is_no_number_or_its_plain_value(said: str) -> None:
    plain = unicodedata.normalize("NFKC", said)
    form = filled(said)
    expected = int(plain) if plain.isascii() and plain.isdigit() else None
    assert form.number("name") == expected
    assert bool(form.mistakes) is (expected is None)


@given(st.dates(), st.booleans(), st.sampled_from("-/"))
def test_a_day_is_read_back_in_every_spelling(day: date, wide: bool, mark: str) -> None:
    said = day.isoformat().replace("-", mark)
    assert filled(said.translate(WIDE) if wide else said).day("name") == day


@given(st.times(), st.booleans())
def test_a_time_of_day_is_read_back_to_the_minute(at: object, wide: bool) -> None:
    said = f"{at:%H:%M}"
    for spelling in {said, said.removeprefix("0")}:
        form = filled(spelling.translate(WIDE) if wide else spelling)
        assert form.clock("name") == said
        assert form.mistakes == {}


@given(REIWA)
def test_a_day_of_reiwa_tells_its_year_month_day_and_weekday(day: date) -> None:
    words = dated_words(day)
    assert words.endswith(day_words(day))
    year = words.removeprefix("令和").partition("年")[0]
    assert (1 if year == "元" else int(year)) + 2018 == day.year
    assert words[-2] == WEEKDAY_WORDS[day.weekday()]


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - bounds of Hypothesis have no zone
def test_a_moment_is_shown_nine_hours_later_than_utc(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    there = naive + timedelta(hours=9)
    assert time_words(at) == f"{there:%H:%M}"
    assert opening_words(at) == f"{day_words(there.date())} {there:%H:%M}"
    assert opening_words(at.isoformat()) == opening_words(at) == opening_words(naive)
