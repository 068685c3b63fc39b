"""Working days: weekends, holidays, the turn of the year and the office's own closures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.followup.workdays import (
    add_working_days,
    is_working_day,
    on_or_after,
    on_or_before,
)
from tests.service.followup.cases import day

DATES = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("03-10", True),
        ("03-14", False),
        ("03-15", False),
        ("03-20", False),
        ("05-06", False),
        ("05-07", True),
        ("09-22", False),
        ("12-28", True),
        ("12-29", False),
        ("12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
        ("2028-02-29", True),
    ],
)
def test_the_office_works_on_weekdays_that_are_no_holidays(text: str, working: bool) -> None:
    assert is_working_day(day(text)) is working


def test_an_office_may_close_on_days_of_its_own() -> None:
    closed = frozenset({day("03-10"), day("03-11")})
    assert not is_working_day(day("03-10"), closed)
    assert on_or_after(day("03-10"), closed) == day("03-12")
    assert on_or_before(day("03-11"), closed) == day("03-09")
    assert add_working_days(day("03-09"), 1, closed) == day("03-12")


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("03-10", 0, "03-10"),
        ("03-14", 0, "03-16"),
        ("03-10", 2, "03-12"),
        ("03-13", 1, "03-16"),
        ("03-14", 2, "03-17"),
        ("05-01", 2, "05-08"),
        ("12-28", 1, "2027-01-04"),
        ("12-25", 2, "2027-01-04"),
        ("2028-02-28", 1, "2028-02-29"),
    ],
)
def test_working_days_are_counted_over_days_off(start: str, number: int, end: str) -> None:
    assert add_working_days(day(start), number) == day(end)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("05-04", "05-01", "05-07"),
        ("2027-01-01", "12-28", "2027-01-04"),
        ("03-21", "03-19", "03-23"),
        ("03-18", "03-18", "03-18"),
    ],
)
def test_a_day_off_gives_way_to_either_side(text: str, before: str, after: str) -> None:
    assert on_or_before(day(text)) == day(before)
    assert on_or_after(day(text)) == day(after)


@given(DATES, DATES)
def test_days_off_never_turn_two_days_round(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert on_or_after(first) <= on_or_after(second)
    assert on_or_before(first) <= on_or_before(second)
    assert on_or_before(first) <= first <= on_or_after(first)
