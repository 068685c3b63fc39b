"""Days on pages bear their weekday and the year of the era."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.web.dates import dated_words, day_words, month_words, opening_words, time_words


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
