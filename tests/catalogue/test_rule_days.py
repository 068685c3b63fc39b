"""Days of rules, recomputed by plain counting; and the ends of what a calendar can hold."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import WEEKDAYS
from catalogue.recurring import ANCHOR, EARLIEST, LATEST, check_rule, read_rule, rule_dates

DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2065, 12, 31))
LENGTHS = st.integers(0, 500)
WEEKDAY_SETS = st.sets(st.integers(0, 6), min_size=1)


def window(first: date, length: int) -> Iterator[date]:
    return (first + timedelta(days=at) for at in range(length + 1))


def named(weekdays: set[int]) -> str:
    return ",".join(WEEKDAYS[day] for day in sorted(weekdays))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@given(weekdays=WEEKDAY_SETS, step=st.integers(1, 9), first=DAYS, length=LENGTHS)
def test_every_nth_week_is_counted_in_whole_weeks_from_the_anchor(
    weekdays: set[int], step: int, first: date, length: int
) -> None:
    rule = f"FREQ=WEEKLY;INTERVAL={step};BYDAY={named(weekdays)}"
    counted = [
        day
        for day in window(first, length)
        if day.weekday() in weekdays and (monday_of(day) - ANCHOR).days // 7 % step == 0
    ]
    assert list(rule_dates(rule, None, first, first + timedelta(days=length))) == counted


@given(step=st.integers(1, 400), begin=DAYS, first=DAYS, length=LENGTHS)
def test_every_nth_day_is_counted_from_the_first_day(
    step: int, begin: date, first: date, length: int
) -> None:
    counted = [
        day for day in window(first, length) if day >= begin and (day - begin).days % step == 0
    ]
    found = rule_dates(f"FREQ=DAILY;INTERVAL={step}", begin, first, first + timedelta(days=length))
    assert list(found) == counted


@given(ordinal=st.integers(1, 5), weekday=st.integers(0, 6), first=DAYS, length=LENGTHS)
def test_the_nth_weekday_of_a_month_lies_in_its_own_seven_days(
    ordinal: int, weekday: int, first: date, length: int
) -> None:
    rule = f"FREQ=MONTHLY;BYDAY={ordinal}{WEEKDAYS[weekday]}"
    counted = [
        day
        for day in window(first, length)
        if day.weekday() == weekday and (day.day - 1) // 7 == ordinal - 1
    ]
    assert list(rule_dates(rule, None, first, first + timedelta(days=length))) == counted


@given(back=st.integers(1, 31), first=DAYS, length=LENGTHS)
def test_a_day_counted_from_the_end_of_the_month_skips_months_too_short(
    back: int, first: date, length: int
) -> None:
    counted = [
        day
        for day in window(first, length)
        if monthrange(day.year, day.month)[1] - day.day + 1 == back
    ]
    found = rule_dates(
        f"FREQ=MONTHLY;BYMONTHDAY=-{back}", None, first, first + timedelta(days=length)
    )
    assert list(found) == counted


@given(begin=DAYS, count=st.integers(1, 30), weekdays=WEEKDAY_SETS)
def test_a_count_gives_exactly_so_many_days_over_a_window_that_is_long_enough(
    begin: date, count: int, weekdays: set[int]
) -> None:
    rule = f"FREQ=WEEKLY;BYDAY={named(weekdays)};COUNT={count}"
    found = rule_dates(rule, begin, begin, begin + timedelta(weeks=count + 1))
    assert len(found) == count
    assert rule_dates(rule, begin, found[-1] + timedelta(days=1), LATEST) == ()


@pytest.mark.parametrize(
    ("week_start", "days"),
    [
        ("MO", [(11, 1), (11, 10), (11, 15), (11, 24), (11, 29)]),
        ("SU", [(11, 1), (11, 3), (11, 15), (11, 17), (11, 29)]),
    ],
)
def test_where_a_week_begins_decides_which_sundays_belong_to_it(
    week_start: str, days: list[tuple[int, int]]
) -> None:
    # 1 November 2026 is a Sunday: the last day of one week, or the first of another.
    rule = f"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST={week_start}"
    found = rule_dates(rule, date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 30))
    assert [(day.month, day.day) for day in found] == days


def test_the_last_working_day_of_a_month_is_found_by_position() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    # 31 October 2026 and 28 February 2027 fall on a weekend.
    found = rule_dates(rule, None, date(2026, 10, 1), date(2027, 2, 28))
    assert found == (
        date(2026, 10, 30),
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 29),
        date(2027, 2, 26),
    )


def test_a_yearly_leap_day_happens_in_leap_years_only() -> None:
    found = rule_dates(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, date(2095, 1, 1), date(2105, 12, 31)
    )
    # 2100 is no leap year.
    assert found == (date(2096, 2, 29), date(2104, 2, 29))


@pytest.mark.parametrize("end", ["T000000Z", "T145959Z", "T150000Z", "T235959Z", ""])
def test_the_last_day_of_the_calendar_may_stand_for_no_end(end: str) -> None:
    rule = f"FREQ=WEEKLY;BYDAY=MO;UNTIL=99991231{end}"
    check_rule(rule, None)
    assert read_rule(rule).until == date(9999, 12, 31)


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2400, 1, 1), date.max])
def test_a_first_day_beyond_the_calendar_of_places_is_refused(day: date) -> None:
    for rule in ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU;WKST=SU", "FREQ=MONTHLY", "FREQ=YEARLY"):
        with pytest.raises(ValueError, match=r"first day .*1900.*2399"):
            check_rule(rule, day)


@pytest.mark.parametrize("day", [EARLIEST, LATEST])
def test_the_first_and_the_last_day_of_the_calendar_are_in_it(day: date) -> None:
    check_rule("FREQ=DAILY", day)
    assert rule_dates("FREQ=DAILY", day, day, day) == (day,)


def test_a_window_that_ends_before_it_begins_is_empty() -> None:
    assert rule_dates("FREQ=DAILY", None, date(2026, 11, 21), date(2026, 11, 20)) == ()


def test_a_rule_that_ends_before_its_first_day_is_refused() -> None:
    with pytest.raises(ValueError, match="never does"):
        check_rule("FREQ=DAILY;UNTIL=20261119", date(2026, 11, 20))
    check_rule("FREQ=DAILY;UNTIL=20261120", date(2026, 11, 20))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=２WE",
        "FREQ=DAILY;INTERVAL=２",
        "FREQ=DAILY;UNTIL=２０２７０１０１",
        "FREQ=MONTHLY;BYMONTHDAY=１５",
        "FREQ=YEARLY;BYMONTH=４;BYDAY=1MO",
        "ＦＲＥＱ=DAILY",
        "FREQ＝DAILY",
        "FREQ=WEEKLY；BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO、TU",
        "FREQ=WEEKLY;BYDAY=月",
    ],
)
def test_full_width_signs_are_refused_everywhere_in_a_rule(rule: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        check_rule(rule, None)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;",
        ";FREQ=DAILY",
        "FREQ=",
        "FREQ=DAILY;INTERVAL=1.5",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=WEEKLY;BYDAY=MO,",
        "FREQ=WEEKLY;BYDAY=MO TU",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=1,,2",
        "FREQ=MONTHLY;BYDAY=-6FR",
        "FREQ=YEARLY;BYMONTH=-1;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=6MO",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367",
        "FREQ=DAILY;COUNT=10000",
        "FREQ=DAILY;UNTIL=20261301",
        "FREQ=DAILY\nCOUNT=1",
    ],
)
def test_a_rule_that_is_nearly_right_is_still_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        check_rule(rule, date(2026, 11, 20))


@given(text=st.text(alphabet="FREQ=DAILYWKMONTHBSP;,0123456789-+UNTIZ １月", max_size=60))
def test_any_text_is_a_rule_or_is_refused_with_what_was_expected(text: str) -> None:
    try:
        check_rule(text, date(2026, 11, 20))
    except ValueError as refused:
        assert str(refused).startswith("expected")  # noqa: PT017 - most texts are no rules


def test_doubled_and_unordered_values_mean_the_same_rule() -> None:
    one = read_rule("FREQ=MONTHLY;BYDAY=4WE,2WE,2WE;BYMONTH=12,4,4")
    other = read_rule(" BYMONTH=4,12;BYDAY=+2WE,4WE;FREQ=MONTHLY ")
    assert one == other


def test_a_long_refused_piece_is_not_repeated_in_full() -> None:
    with pytest.raises(ValueError, match="KEY=VALUE") as refused:
        read_rule("X" * 10_000)
    assert len(str(refused.value)) < 120
