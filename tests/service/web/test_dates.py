"""Days on pages bear their weekday and the year of the era."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.web.dates import (
    dated_words,
    day_words,
    month_words,
    opening_words,
    read_day,
    time_words,
)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "令和8年11月20日(金)"),
        (date(2019, 5, 1), "令和元年5月1日(水)"),
        (date(2019, 12, 31), "令和元年12月31日(火)"),
        (date(2020, 1, 1), "令和2年1月1日(水)"),
        (date(2019, 4, 30), "2019年4月30日(火)"),
        (date(2028, 2, 29), "令和10年2月29日(火)"),
    ],
)
def test_a_day_is_written_in_its_era(day: date, words: str) -> None:
    assert dated_words(day) == words


def test_a_month_bears_the_era_of_its_first_day() -> None:
    days = (date(2026, 11, 1), date(2019, 5, 1), date(2019, 4, 1))
    assert [month_words(day) for day in days] == ["令和8年11月", "令和元年5月", "2019年4月"]


def test_every_day_of_a_week_has_its_own_sign() -> None:
    monday = date(2026, 11, 16)
    signs = [day_words(monday + timedelta(days=n))[-2] for n in range(7)]
    assert "".join(signs) == "月火水木金土日"


def test_moments_are_shown_on_the_clock_of_japan() -> None:
    assert time_words(datetime(2026, 11, 20, 4, 30, tzinfo=UTC)) == "13:30"


def test_a_moment_from_the_database_without_a_zone_is_utc() -> None:
    naive = datetime(2026, 11, 20, 15, 30, tzinfo=UTC).replace(tzinfo=None)
    assert opening_words(naive) == "11月21日(土) 00:30"


def test_an_opening_is_read_from_the_exchange_format_too() -> None:
    assert opening_words("2026-12-08T13:30:00+09:00") == "12月8日(火) 13:30"


def in_its_era(day: date) -> str:
    """Write a day as a clerk would, by a table of first days of our own."""
    firsts = ((20190501, "令和"), (19890108, "平成"), (19261225, "昭和"), (19120730, "大正"))
    figure = int(f"{day:%Y%m%d}")
    first, era = next((each for each in firsts if figure >= each[0]), (18680125, "明治"))
    year = day.year - first // 10000 + 1
    return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def test_every_day_since_the_calendar_changed_is_read_as_it_is_written() -> None:
    first, last = date(1873, 1, 1), date(2039, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert len(days) == 167 * 365 + 40  # leap years from 1876 to 2036, without 1900
    assert [day for day in days if read_day(in_its_era(day)) != day] == []


@pytest.mark.parametrize(
    "said",
    ["令和8年11月20日", "令和８年１１月２０日", "R8.11.20", "r8/11/20", "2026-11-20", "2026/11/20",
     "2026年11月20日", " 令和 8年 11月 20日 "],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(said: str) -> None:
    assert read_day(said) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "said",
    ["平成31年5月1日", "昭和64年1月8日", "令和元年4月30日", "大正15年12月25日", "令和0年1月1日",
     "平成元年1月7日", "令和8年2月29日", "明治5年12月31日", "2026-13-01", "8-11-20", "きのう",
     "令和8年11月", "20261120"],
)  # fmt: skip
def test_a_day_that_its_era_or_the_calendar_lacks_is_none(said: str) -> None:
    with pytest.raises(ValueError, match=r"day|era|month|range"):
        read_day(said)
