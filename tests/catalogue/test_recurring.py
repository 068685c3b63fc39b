"""Rules of recurrence: what is accepted, what is refused, and which days they name."""

from datetime import date, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from catalogue.recurring import ANCHOR, check_rule, read_rule, rule_dates

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU;WKST=SU",
        "FREQ=MONTHLY;BYDAY=2WE,4WE",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=4,8,12;BYDAY=2TU",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=28",
        "FREQ=WEEKLY;BYDAY=FR;UNTIL=20300101",
    ]
)


def test_every_second_and_fourth_wednesday() -> None:
    found = rule_dates("FREQ=MONTHLY;BYDAY=2WE,4WE", None, date(2026, 11, 20), date(2026, 12, 31))
    assert found == (date(2026, 11, 25), date(2026, 12, 9), date(2026, 12, 23))


def test_the_anchor_begins_every_period() -> None:
    assert (ANCHOR.weekday(), ANCHOR.day, ANCHOR.month) == (0, 1, 1)


def test_a_rule_without_a_first_day_counts_weeks_from_the_anchor() -> None:
    found = rule_dates("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", None, ANCHOR, date(2001, 2, 1))
    assert found == (ANCHOR, date(2001, 1, 15), date(2001, 1, 29))


def test_a_first_day_sets_the_phase_and_nothing_happens_before_it() -> None:
    found = rule_dates(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 11, 24), date(2026, 1, 1), date(2026, 12, 31)
    )
    assert found == (date(2026, 11, 24), date(2026, 12, 8), date(2026, 12, 22))


def test_a_first_day_says_what_the_rule_leaves_open() -> None:
    window = (date(2026, 1, 1), date(2027, 12, 31))
    first = date(2026, 10, 31)
    assert rule_dates("FREQ=WEEKLY", first, first, date(2026, 11, 14)) == (
        first,
        date(2026, 11, 7),
        date(2026, 11, 14),
    )
    assert rule_dates("FREQ=MONTHLY", first, first, date(2026, 12, 31)) == (
        first,
        date(2026, 12, 31),
    )
    assert rule_dates("FREQ=YEARLY", first, *window) == (first, date(2027, 10, 31))


def test_a_count_runs_from_the_first_day_whatever_the_window() -> None:
    rule, first = "FREQ=WEEKLY;BYDAY=MO;COUNT=4", date(2026, 11, 23)
    assert rule_dates(rule, first, date(2026, 12, 1), date(2027, 12, 1)) == (
        date(2026, 12, 7),
        date(2026, 12, 14),
    )


def test_until_is_the_last_day_in_japan() -> None:
    window = (date(2026, 11, 1), date(2026, 11, 30))
    rule = "FREQ=DAILY;UNTIL="
    assert rule_dates(rule + "20261103", None, *window)[-1] == date(2026, 11, 3)
    assert rule_dates(rule + "20261103T150000Z", None, *window)[-1] == date(2026, 11, 4)
    assert rule_dates(rule + "20261103T145959Z", None, *window)[-1] == date(2026, 11, 3)


def test_small_letters_are_understood() -> None:
    assert read_rule("freq=weekly;byday=mo") == read_rule("FREQ=WEEKLY;BYDAY=MO")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", "KEY=VALUE"),
        ("毎週水曜", "KEY=VALUE"),
        ("RRULE:FREQ=DAILY", "only the keys"),
        ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9", "only the keys"),
        ("FREQ=HOURLY", "DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("BYDAY=MO", "FREQ"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ once"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=x", "INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=3", "dtstart"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=2027-01-01", "YYYYMMDD"),
        ("FREQ=DAILY;UNTIL=20270231", "YYYYMMDD"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=2MO", "without numbers"),
        ("FREQ=WEEKLY;BYMONTHDAY=3;BYDAY=MO", "no BYMONTHDAY"),
        ("FREQ=WEEKLY;BYDAY=MO;WKST=1", "WKST"),
        ("FREQ=WEEKLY", "BYDAY or a first day"),
        ("FREQ=MONTHLY;BYDAY=6MO", "from 1 to 5"),
        ("FREQ=MONTHLY;BYDAY=0MO", "from 1 to 5"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "1 to 31"),
        ("FREQ=MONTHLY", "BYMONTHDAY or a first day"),
        ("FREQ=MONTHLY;BYMONTH=13;BYDAY=1MO", "1 to 12"),
        ("FREQ=DAILY;BYSETPOS=1", "beside BYSETPOS"),
        ("FREQ=YEARLY", "BYMONTH with"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "at most 29"),
        ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", "at most 30"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYDAY=1MO", "never does"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "never does"),
    ],
)
def test_an_impossible_rule_is_refused_with_what_was_expected(rule: str, expected: str) -> None:
    with pytest.raises(ValueError, match="expected") as refused:
        check_rule(rule, None)
    assert expected in str(refused.value)


def test_a_leap_day_on_a_given_weekday_is_rare_but_possible() -> None:
    check_rule("FREQ=YEARLY;BYMONTH=2;BYDAY=5SA", None)


def test_a_rule_that_ended_long_ago_is_no_fault() -> None:
    check_rule("FREQ=WEEKLY;BYDAY=MO;UNTIL=19990101", None)


@given(rule=RULES, first=DAYS, length=st.integers(0, 900), cut=st.integers(0, 900))
def test_two_halves_of_a_window_give_what_the_whole_gives(
    rule: str, first: date, length: int, cut: int
) -> None:
    last, middle = first + timedelta(days=length), first + timedelta(days=min(cut, length))
    whole = rule_dates(rule, None, first, last)
    halves = (
        *rule_dates(rule, None, first, middle),
        *rule_dates(rule, None, middle + timedelta(days=1), last),
    )
    assert whole == halves
    assert all(first <= day <= last for day in whole)
    assert list(whole) == sorted(set(whole))


@given(rule=RULES, begin=DAYS, skip=st.integers(0, 2000))
def test_starting_near_the_window_agrees_with_counting_from_the_first_day(
    rule: str, begin: date, skip: int
) -> None:
    first = begin + timedelta(days=skip)
    last = first + timedelta(days=400)
    naive = rrulestr(f"DTSTART:{begin:%Y%m%d}T000000\nRRULE:{rule}")
    expected = []
    for moment in naive:
        if moment.date() > last:
            break
        if moment.date() >= first:
            expected.append(moment.date())
    assert list(rule_dates(rule, begin, first, last)) == expected


@given(first=st.dates(), last=st.dates())
def test_any_window_is_answered(first: date, last: date) -> None:
    found = rule_dates("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", None, first, last)
    assert all(first <= day <= last for day in found)
