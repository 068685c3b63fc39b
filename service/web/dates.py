"""How a day is written on a page: with its weekday and the year of the era."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

WEEKDAY_WORDS: Final = "月火水木金土日"
REIWA_BEGINS: Final = date(2019, 5, 1)
_TOKYO: Final = ZoneInfo("Asia/Tokyo")


def day_words(day: date) -> str:
    """Return 11月20日(金): a day that is near."""
    return f"{day.month}月{day.day}日({WEEKDAY_WORDS[day.weekday()]})"


def dated_words(day: date) -> str:
    """Return 令和8年11月20日(金); before Reiwa the year is given as the West counts it."""
    return f"{_year_words(day)}{day_words(day)}"


def month_words(day: date) -> str:
    """Return 令和8年11月: the month in which a day lies, by the era of that day."""
    return f"{_year_words(day)}{day.month}月"


def _year_words(day: date) -> str:
    if day < REIWA_BEGINS:
        return f"{day.year}年"
    year = day.year - REIWA_BEGINS.year + 1
    return f"令和{'元' if year == 1 else year}年"


def time_words(at: datetime) -> str:
    """Return 13:30, on Japan's clock."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return f"{aware.astimezone(_TOKYO):%H:%M}"


def opening_words(start: str | datetime) -> str:
    """Return 12月8日(火) 13:30 of a moment, also when it is written as ISO 8601."""
    at = datetime.fromisoformat(start) if isinstance(start, str) else start
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return f"{day_words(aware.astimezone(_TOKYO).date())} {time_words(aware)}"


def moment_words(at: datetime) -> str:
    """Return 令和8年11月20日(金) 13:30, on Japan's clock."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return f"{dated_words(aware.astimezone(_TOKYO).date())} {time_words(aware)}"
