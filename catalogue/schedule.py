"""When a slot is open: a recurrence as a value, and its dated openings over any window.

Pure. Openings are memoised by value: a hundred thousand activities share few distinct schedules.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import jpholiday

from catalogue.profiles import Opening
from catalogue.recurring import check_rule, rule_dates

TOKYO: Final = ZoneInfo("Asia/Tokyo")
# Most offices and places rest over the turn of the year; the law on public holidays names only
# 1 January (offices: Act 91 of 1988, article 1, 29 December to 3 January).
YEAR_TURN: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
PER_MONTH_YEARS: Final = 4
MONTH_DAY_LENGTH: Final = len("04-01")


class Holidays(StrEnum):
    """What a public holiday, and the turn of the year, does to a slot."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Season:
    """The part of the year, or the one period, in which a slot is open; both ends included.

    ``first`` and ``last`` are both month-days (``04-01``, every year, may run over New Year) or
    both dates (``2026-04-01``, once).

    Raises:
        ValueError: the two are of different kinds, are no days, or end before they begin.

    """

    first: str
    last: str

    def __post_init__(self) -> None:
        if len(self.first) != len(self.last) or not (_is_day(self.first) and _is_day(self.last)):
            raise ValueError("expected two days, both as MM-DD or both as YYYY-MM-DD")
        if self.first > self.last and len(self.first) != MONTH_DAY_LENGTH:
            raise ValueError("expected a season that ends on or after the day on which it begins")

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the season."""
        key = day.isoformat()[-len(self.first) :]
        if self.first <= self.last:
            return self.first <= key <= self.last
        return key >= self.first or key <= self.last


def _is_day(text: str) -> bool:
    # 2000 is a leap year, so 02-29 is a month-day.
    full = f"2000-{text}" if len(text) == MONTH_DAY_LENGTH else text
    try:
        return date.fromisoformat(full).isoformat() == full
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a slot is open: a rule, its times of day in Japan, and what bends it.

    ``rrule`` None means only the days of ``also``. ``dtstart`` is the rule's first day and phase.
    ``except_`` takes days away and ``also`` adds days, even on holidays and out of season.
    ``closed_until`` is the last day on which everything is closed, added days too.

    Raises:
        ValueError: it ends before it begins, contradicts itself or can never happen; the message
            says what was expected.

    """

    start: time
    end: time
    rrule: str | None = None
    dtstart: date | None = None
    except_: tuple[date, ...] = ()
    also: tuple[date, ...] = ()
    holidays: Holidays = Holidays.OPEN
    season: Season | None = None
    closed_until: date | None = None

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("expected an end after the start, on the same day")
        if set(self.except_) & set(self.also):
            raise ValueError("expected no day in both except and also")
        if self.rrule is not None:
            check_rule(self.rrule, self.dtstart)


@lru_cache(maxsize=16384)
def is_holiday(day: date) -> bool:
    """Say whether a day is a Japanese public holiday (jpholiday) or in the turn of the year."""
    return (day.month, day.day) in YEAR_TURN or bool(jpholiday.is_holiday(day))


def holiday_name(day: date) -> str:
    """Name the public holiday of a day, or the turn of the year; nothing on any other day."""
    named = jpholiday.is_holiday_name(day)
    if named:
        return str(named)
    return "年末年始" if is_holiday(day) else ""


@lru_cache(maxsize=8192)
def occurrences(recurrence: Recurrence, *, first: date, last: date) -> tuple[Opening, ...]:
    """List the openings on the days from first to last, both included, in order (Asia/Tokyo)."""
    return tuple(
        Opening(
            start=datetime.combine(day, recurrence.start, TOKYO),
            end=datetime.combine(day, recurrence.end, TOKYO),
        )
        for day in _days(recurrence, first, last)
    )


def _days(recurrence: Recurrence, first: date, last: date) -> list[date]:
    regular = (
        rule_dates(recurrence.rrule, recurrence.dtstart, first, last) if recurrence.rrule else ()
    )
    days = {day for day in regular if _is_usual(recurrence, day)}
    days |= {day for day in recurrence.also if first <= day <= last}
    days -= set(recurrence.except_)
    shut = recurrence.closed_until
    return sorted(day for day in days if shut is None or day > shut)


def _is_usual(recurrence: Recurrence, day: date) -> bool:
    if recurrence.season and not recurrence.season.holds(day):
        return False
    return not (recurrence.holidays is Holidays.CLOSED and is_holiday(day))


@lru_cache(maxsize=8192)
def merged(
    slots: tuple[tuple[str, Recurrence], ...], *, first: date, last: date
) -> tuple[Opening, ...]:
    """Join the openings of several slots in order of time; each opening names its slot."""
    found = [
        replace(opening, slot=name)
        for name, recurrence in slots
        for opening in occurrences(recurrence, first=first, last=last)
    ]
    return tuple(sorted(found, key=lambda opening: (opening.start, opening.end, opening.slot)))


@lru_cache(maxsize=8192)
def per_month(recurrence: Recurrence) -> float:
    """Say how often a month it is open, as a mean over four usual years.

    UNTIL, COUNT, single days off and a present closure are left out: they do not change how often
    the place is open while it is. Added days count as what one year announces.
    """
    kept = [
        part
        for part in (recurrence.rrule or "").split(";")
        if part.partition("=")[0].strip().upper() not in {"", "UNTIL", "COUNT"}
    ]
    begin = date((recurrence.dtstart or date(2024, 1, 1)).year + 1, 1, 1)
    end = date(begin.year + PER_MONTH_YEARS - 1, 12, 31)
    days = rule_dates(";".join(kept), recurrence.dtstart, begin, end) if kept else ()
    usual = sum(_is_usual(recurrence, day) for day in days)
    added = sum(not _follows_rule(recurrence, day) for day in recurrence.also)
    return round(usual / (12 * PER_MONTH_YEARS) + added / 12, 3)


def _follows_rule(recurrence: Recurrence, day: date) -> bool:
    rule = recurrence.rrule
    return rule is not None and day in rule_dates(rule, recurrence.dtstart, day, day)
