"""Plain choices of when, and the lines they make: what can be said comes back as it was said."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.schedule import Holidays, occurrences
from catalogue.terms import ScheduleItem
from service.hosts.choices import LAST, ORDINALS, Choice, Pattern, choice_of, item_of

TEN, NOON = time(10), time(12)
HOURS = (
    st.tuples(st.times(), st.times())
    .map(lambda pair: tuple(each.replace(second=0, microsecond=0) for each in sorted(pair)))
    .filter(lambda pair: pair[0] < pair[1])
)
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
NEAR = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def in_order(numbers: set[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers, key=lambda number: (number < 0, number)))


def days_of(item: ScheduleItem, first: date, length: int) -> list[date]:
    found = occurrences(item.recurrence(), first=first, last=first + timedelta(days=length))
    return [opening.start.date() for opening in found]


PARTICULARS: dict[Pattern, st.SearchStrategy[Any]] = {
    Pattern.WEEKLY: st.fixed_dictionaries({"days": DAYS}),
    Pattern.OTHER_WEEK: st.fixed_dictionaries({"days": DAYS, "first": NEAR}),
    Pattern.NTH: st.fixed_dictionaries(
        {"days": DAYS, "ordinals": st.sets(st.sampled_from(ORDINALS), min_size=1).map(in_order)}
    ),
    Pattern.MONTH_DAYS: st.fixed_dictionaries(
        {
            "month_days": st.sets(
                st.one_of(st.integers(1, 31), st.just(LAST)), min_size=1, max_size=5
            ).map(in_order)
        }
    ),
    Pattern.DATES: st.fixed_dictionaries(
        {"dates": st.sets(NEAR, min_size=1, max_size=8).map(lambda days: tuple(sorted(days)))}
    ),
}


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """Draw anything that the form can say."""
    pattern = draw(st.sampled_from(sorted(Pattern)))
    if pattern is Pattern.ARRANGED:
        return Choice(pattern=pattern)
    start, end = draw(HOURS)
    said = draw(PARTICULARS[pattern])
    holidays = draw(st.sampled_from(sorted(Holidays)))
    return Choice(pattern=pattern, start=start, end=end, holidays=holidays, **said)


@given(choices())
def test_whatever_is_said_plainly_comes_back_as_it_was_said(choice: Choice) -> None:
    assert choice_of(item_of(choice)) == choice


def test_every_pattern_has_particulars_to_draw() -> None:
    assert {*PARTICULARS, Pattern.ARRANGED} == set(Pattern)


def test_the_second_and_fourth_wednesday_from_ten() -> None:
    said = Choice(pattern=Pattern.NTH, days=(2,), ordinals=(2, 4), start=TEN, end=NOON)
    made = item_of(said)
    assert made is not None
    assert made.rrule == "FREQ=MONTHLY;BYDAY=2WE,4WE"
    days = days_of(made, date(2026, 11, 20), 40)
    assert days == [date(2026, 11, 25), date(2026, 12, 9), date(2026, 12, 23)]


def test_every_second_week_begins_in_the_week_that_was_named() -> None:
    said = Choice(
        pattern=Pattern.OTHER_WEEK, days=(1,), first=date(2026, 11, 24), start=TEN, end=NOON
    )
    made = item_of(said)
    assert made is not None
    days = days_of(made, date(2026, 11, 20), 30)
    assert days == [date(2026, 11, 24), date(2026, 12, 8)]


@pytest.mark.parametrize(
    "line",
    [
        {"rrule": "FREQ=MONTHLY;BYDAY=1MO,3TU"},
        {"rrule": "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"},
        {"rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"},
        {"rrule": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20300101"},
        {"rrule": "FREQ=WEEKLY;BYDAY=MO;BYMONTH=4"},
        {"rrule": "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE"},
        {"rrule": "FREQ=MONTHLY;BYDAY=WE"},
        {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-2;BYDAY=MO"},
        {"rrule": "FREQ=DAILY"},
        {"rrule": "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1"},
        {"rrule": "FREQ=WEEKLY;BYDAY=TU", "except": ["2026-12-01"]},
        {"rrule": "FREQ=WEEKLY;BYDAY=TU", "also": ["2026-12-02"]},
        {"rrule": "FREQ=WEEKLY;BYDAY=TU", "dtstart": "2026-12-01"},
    ],
)
def test_what_no_plain_choice_says_whole_is_no_choice(line: dict[str, object]) -> None:
    item = ScheduleItem.model_validate({"start": "10:00", "end": "11:00"} | line)
    assert choice_of(item) is None


def test_another_spelling_of_the_same_rule_is_the_same_choice() -> None:
    item = ScheduleItem(rrule="byday=we,tu;freq=weekly;wkst=mo", start=TEN, end=NOON)
    assert choice_of(item) == Choice(pattern=Pattern.WEEKLY, days=(1, 2), start=TEN, end=NOON)


@pytest.mark.parametrize(
    "short",
    [
        Choice(pattern=Pattern.WEEKLY, start=TEN, end=NOON),
        Choice(pattern=Pattern.NTH, days=(2,), start=TEN, end=NOON),
        Choice(pattern=Pattern.MONTH_DAYS, start=TEN, end=NOON),
        Choice(pattern=Pattern.DATES, start=TEN, end=NOON),
        Choice(pattern=Pattern.WEEKLY, days=(1,), start=NOON, end=TEN),
        Choice(pattern=Pattern.WEEKLY, days=(1,)),
        Choice(pattern=Pattern.MONTH_DAYS, month_days=(32,), start=TEN, end=NOON),
    ],
)
def test_a_choice_that_says_too_little_makes_no_line(short: Choice) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any message
        item_of(short)
