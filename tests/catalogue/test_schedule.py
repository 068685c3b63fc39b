"""Openings: times, exceptions, added days, holidays, seasons and closures."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.schedule import (
    YEAR_TURN,
    Holidays,
    Recurrence,
    Season,
    is_holiday,
    merged,
    occurrences,
    per_month,
)

NINE, TEN = time(9), time(10)
MONDAYS = Recurrence(start=NINE, end=TEN, rrule="FREQ=WEEKLY;BYDAY=MO")
DAILY = Recurrence(start=NINE, end=TEN, rrule="FREQ=DAILY")
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


def days_of(recurrence: Recurrence, first: date, last: date) -> list[date]:
    return [opening.start.date() for opening in occurrences(recurrence, first=first, last=last)]


def test_an_opening_is_in_japanese_time() -> None:
    (opening,) = occurrences(MONDAYS, first=date(2026, 11, 23), last=date(2026, 11, 29))
    assert opening.start.isoformat() == "2026-11-23T09:00:00+09:00"
    assert opening.end.isoformat() == "2026-11-23T10:00:00+09:00"


def test_holidays_are_open_unless_the_place_says_closed() -> None:
    labour_thanks = date(2026, 11, 23)
    closed = Recurrence(start=NINE, end=TEN, rrule="FREQ=WEEKLY;BYDAY=MO", holidays=Holidays.CLOSED)
    assert labour_thanks in days_of(MONDAYS, labour_thanks, labour_thanks)
    assert days_of(closed, labour_thanks, labour_thanks) == []


def test_the_turn_of_the_year_counts_as_holidays() -> None:
    turn = [date(2026, 12, 28) + timedelta(days=at) for at in range(8)]
    closed = Recurrence(start=NINE, end=TEN, rrule="FREQ=DAILY", holidays=Holidays.CLOSED)
    assert days_of(closed, turn[0], turn[-1]) == [date(2026, 12, 28), date(2027, 1, 4)]
    assert len(YEAR_TURN) == 6


def test_a_substitute_holiday_is_a_holiday() -> None:
    assert is_holiday(date(2026, 5, 6))  # 3 May 2026 is a Sunday
    assert not is_holiday(date(2026, 5, 7))


def test_an_exception_takes_a_day_away_and_an_added_day_comes_in() -> None:
    bent = Recurrence(
        start=NINE,
        end=TEN,
        rrule="FREQ=WEEKLY;BYDAY=MO",
        except_=(date(2026, 11, 30),),
        also=(date(2026, 12, 2),),
    )
    assert days_of(bent, date(2026, 11, 24), date(2026, 12, 8)) == [
        date(2026, 12, 2),
        date(2026, 12, 7),
    ]


def test_added_days_alone_make_a_schedule() -> None:
    once = Recurrence(start=NINE, end=TEN, also=(date(2026, 12, 5), date(2027, 3, 6)))
    assert days_of(once, date(2026, 11, 1), date(2026, 12, 31)) == [date(2026, 12, 5)]
    assert per_month(once) == pytest.approx(2 / 12, abs=0.001)


def test_a_season_may_run_over_new_year() -> None:
    winter = Season("11-15", "02-28")
    assert winter.holds(date(2026, 11, 15))
    assert winter.holds(date(2027, 2, 28))
    assert not winter.holds(date(2027, 3, 1))
    assert not winter.holds(date(2026, 11, 14))


def test_a_season_of_dates_happens_once() -> None:
    once = Season("2026-04-01", "2026-05-31")
    assert once.holds(date(2026, 4, 1))
    assert not once.holds(date(2027, 4, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [("04-01", "2026-05-01"), ("04-31", "05-01"), ("spring", "autumn"), ("", "")],
)
def test_a_season_needs_two_days_of_one_kind(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="expected two days"):
        Season(first, last)


def test_a_season_of_dates_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Season("2026-05-31", "2026-04-01")


def test_out_of_season_only_added_days_are_open() -> None:
    summer = Recurrence(
        start=NINE,
        end=TEN,
        rrule="FREQ=WEEKLY;BYDAY=SA",
        season=Season("05-01", "09-30"),
        also=(date(2026, 12, 5),),
    )
    assert days_of(summer, date(2026, 11, 1), date(2027, 5, 2)) == [
        date(2026, 12, 5),
        date(2027, 5, 1),
    ]


def test_a_closure_shuts_added_days_too_and_ends_with_its_last_day() -> None:
    shut = Recurrence(
        start=NINE,
        end=TEN,
        rrule="FREQ=DAILY",
        also=(date(2026, 12, 1),),
        closed_until=date(2026, 12, 3),
    )
    assert days_of(shut, date(2026, 11, 30), date(2026, 12, 5)) == [
        date(2026, 12, 4),
        date(2026, 12, 5),
    ]


def test_a_slot_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="end after the start"):
        Recurrence(start=TEN, end=TEN, rrule="FREQ=DAILY")


def test_a_day_cannot_be_both_added_and_taken_away() -> None:
    day = date(2026, 12, 1)
    with pytest.raises(ValueError, match="both except and also"):
        Recurrence(start=NINE, end=TEN, rrule="FREQ=DAILY", except_=(day,), also=(day,))


def test_an_impossible_rule_makes_no_recurrence() -> None:
    with pytest.raises(ValueError, match="never does"):
        Recurrence(start=NINE, end=TEN, rrule="FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYDAY=1MO")


def test_slots_are_merged_in_time_and_keep_their_names() -> None:
    afternoon = Recurrence(start=time(14), end=time(15), rrule="FREQ=WEEKLY;BYDAY=MO,TU")
    found = merged(
        (("1", afternoon), ("0", MONDAYS)), first=date(2026, 11, 23), last=date(2026, 11, 24)
    )
    assert [(opening.slot, opening.start.day, opening.start.hour) for opening in found] == [
        ("0", 23, 9),
        ("1", 23, 14),
        ("1", 24, 14),
    ]


def test_equal_schedules_share_their_openings() -> None:
    twin = Recurrence(start=NINE, end=TEN, rrule="FREQ=WEEKLY;BYDAY=MO")
    window = {"first": date(2026, 11, 20), "last": date(2027, 11, 20)}
    assert merged((("0", MONDAYS),), **window) is merged((("0", twin),), **window)


@pytest.mark.parametrize(
    ("rule", "usual"),
    [
        ("FREQ=DAILY", 365.25 / 12),
        ("FREQ=WEEKLY;BYDAY=TU", 365.25 / 7 / 12),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 365.25 / 14 / 12),
        ("FREQ=MONTHLY;BYDAY=2WE,4WE", 2),
        ("FREQ=YEARLY;BYMONTH=4,8,12;BYDAY=2TU", 3 / 12),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20250101", 365.25 / 7 / 12),
    ],
)
def test_how_often_a_month_is_a_mean_over_usual_years(rule: str, usual: float) -> None:
    found = per_month(Recurrence(start=NINE, end=TEN, rrule=rule))
    assert found == pytest.approx(usual, rel=0.01)


def test_how_often_a_month_minds_the_season_and_not_the_count() -> None:
    half = Recurrence(
        start=NINE, end=TEN, rrule="FREQ=MONTHLY;BYDAY=1MO", season=Season("04-01", "09-30")
    )
    course = Recurrence(
        start=NINE,
        end=TEN,
        rrule="FREQ=MONTHLY;BYDAY=1MO;COUNT=3",
        dtstart=date(2026, 11, 2),
    )
    assert per_month(half) == pytest.approx(0.5)
    assert per_month(course) == pytest.approx(1.0)


def test_an_added_day_that_the_rule_names_anyway_is_counted_once() -> None:
    announced = Recurrence(
        start=NINE,
        end=TEN,
        rrule="FREQ=MONTHLY;BYDAY=1MO",
        also=(date(2026, 12, 7), date(2026, 12, 12)),
    )
    assert per_month(announced) == pytest.approx(1 + 1 / 12, abs=0.001)
    assert len(days_of(announced, date(2026, 12, 1), date(2026, 12, 31))) == 2


@given(
    first=DAYS,
    length=st.integers(0, 400),
    missing=st.sets(DAYS, max_size=6),
    added=st.sets(DAYS, max_size=6),
    holidays=st.sampled_from(Holidays),
    shut=st.none() | DAYS,
)
def test_openings_keep_their_promises(
    *,
    first: date,
    length: int,
    missing: set[date],
    added: set[date],
    holidays: Holidays,
    shut: date | None,
) -> None:
    last = first + timedelta(days=length)
    bent = Recurrence(
        start=NINE,
        end=TEN,
        rrule="FREQ=WEEKLY;BYDAY=MO,TU,FR",
        except_=tuple(sorted(missing)),
        also=tuple(sorted(added - missing)),
        holidays=holidays,
        closed_until=shut,
    )
    found = days_of(bent, first, last)
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
    assert not set(found) & missing
    assert all(shut is None or day > shut for day in found)
    assert {day for day in added - missing if first <= day <= last} - set(found) <= {
        day for day in added if shut is not None and day <= shut
    }
    usual = [day for day in found if day not in added]
    assert holidays is Holidays.OPEN or not any(map(is_holiday, usual))
    half = first + timedelta(days=length // 2)
    assert found == days_of(bent, first, half) + days_of(bent, half + timedelta(days=1), last)
