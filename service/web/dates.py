"""How a day is written on a page, and how people write one: with the year of its era or not."""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from service.languages.ours import both, ours, say

WEEKDAY_WORDS: Final = ours(("月", "火", "水", "木", "金", "土", "日"), "weekday")
REIWA_BEGINS: Final = date(2019, 5, 1)
# First day and name of every era since the calendar is the one of today (明治6年1月1日).
ERAS: Final = (
    (REIWA_BEGINS, "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
GREGORIAN_SINCE: Final = date(1873, 1, 1)
_OF_ERA: Final = re.compile(
    r"(令和|平成|昭和|大正|明治|[RHSTM])\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?",
    re.IGNORECASE,
)
_OF_WEST: Final = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_TOKYO: Final = ZoneInfo("Asia/Tokyo")


def read_day(said: str) -> date:
    """Read 令和8年11月20日, R8.11.20, 2026-11-20 or 2026/11/20; a day that its era lacks is none.

    Raises ValueError for whatever is no day.
    """
    plain = unicodedata.normalize("NFKC", said).strip()
    if of_west := _OF_WEST.fullmatch(plain):
        year, month, day = map(int, of_west.groups())
        return date(year, month, day)
    of_era = _OF_ERA.fullmatch(plain)
    if of_era is None:
        raise ValueError("no day")
    era, count, *rest = of_era.groups()
    return _in_era(era.upper(), 1 if count == "元" else int(count), *map(int, rest))


def _in_era(era: str, year: int, month: int, day: int) -> date:
    ends = date.max
    for begins, name, letter in ERAS:
        if era in {name, letter}:
            found = date(begins.year + year - 1, month, day)
            if year < 1 or not max(begins, GREGORIAN_SINCE) <= found < ends:
                raise ValueError("this era has no such day")
            return found
        ends = begins
    raise ValueError("no such era")


def day_words(day: date) -> str:
    """Return 11月20日(金), Fri 20 Nov: a day that is near."""
    said = f"{day.month}月{day.day}日({WEEKDAY_WORDS[day.weekday()]})"
    return both(said, partial(format_date, day, "EEE d MMM", locale="en"))


def dated_words(day: date) -> str:
    """Return 令和8年11月20日(金); before Reiwa, and in English, the year is the West's."""
    meant = partial(format_date, day, "EEE d MMM y", locale="en")
    return both(f"{_year_words(day)}{day_words(day)}", meant)


def month_words(day: date) -> str:
    """Return 令和8年11月: the month in which a day lies, by the era of that day."""
    meant = partial(format_date, day, "MMMM y", locale="en")
    return both(f"{_year_words(day)}{day.month}月", meant)


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
    return say("{day} {time}", day=day_words(_local(aware)), time=time_words(aware))


def moment_words(at: datetime) -> str:
    """Return 令和8年11月20日(金) 13:30, on Japan's clock."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return say("{day} {time}", day=dated_words(_local(aware)), time=time_words(aware))


def _local(aware: datetime) -> date:
    return aware.astimezone(_TOKYO).date()
