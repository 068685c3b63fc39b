"""Read a recurrence rule and tell its dates: pure, deterministic, over any window.

The grammar is the part of RFC 5545 section 3.3.10 that a calendar of places needs; times of day
stand beside the rule, never in it. A rule without a first day is phased by :data:`ANCHOR`, so that
"every second week" means the same weeks on every machine and in every window.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final, Literal

from dateutil import rrule as rr

from catalogue.profiles import WEEKDAYS

# A Monday, a first of the month and a first of January at once: every period begins here.
ANCHOR: Final = date(2001, 1, 1)
# Leap days and weekdays meet again within 28 years, 40 across a skipped leap year.
YEARS_TO_LOOK: Final = 56
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2399, 12, 31)
LONG_MONTHS: Final = frozenset({1, 3, 5, 7, 8, 10, 12})
FEBRUARY: Final = 2

FREQUENCIES: Final[Mapping[str, Literal[0, 1, 2, 3]]] = {
    "DAILY": rr.DAILY,
    "WEEKLY": rr.WEEKLY,
    "MONTHLY": rr.MONTHLY,
    "YEARLY": rr.YEARLY,
}
KEYS: Final = (
    "FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "UNTIL", "COUNT",
)  # fmt: skip
# How far an ordinal in BYDAY may reach; 0 means that none is allowed.
ORDINAL_TOP: Final[Mapping[str, int]] = {"DAILY": 0, "WEEKLY": 0, "MONTHLY": 5, "YEARLY": 53}

_DAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"([0-9]{8})(T[0-9]{6}Z?)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule taken apart; ``until`` is the last day, ``days`` are pairs (ordinal, weekday)."""

    frequency: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    until: date | None = None
    count: int | None = None


@lru_cache(maxsize=4096)
def read_rule(text: str) -> Rule:
    """Take a rule such as ``FREQ=MONTHLY;BYDAY=2WE,4WE`` apart.

    Raises:
        ValueError: the text is no rule; the message says what was expected.

    """
    parts = _parts(text.strip().upper())
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        raise ValueError(f"expected FREQ to be one of {', '.join(FREQUENCIES)}")
    if "UNTIL" in parts and "COUNT" in parts:
        raise ValueError("expected UNTIL or COUNT, not both")
    rule = Rule(
        frequency=frequency,
        interval=_whole("INTERVAL", parts.get("INTERVAL", "1"), 1, 999),
        days=_days(parts, frequency),
        month_days=_numbers("BYMONTHDAY", parts, 31, signed=True),
        months=_numbers("BYMONTH", parts, 12, signed=False),
        positions=_numbers("BYSETPOS", parts, 366, signed=True),
        week_start=_week_start(parts.get("WKST", "MO")),
        until=_until(parts.get("UNTIL")),
        count=_whole("COUNT", parts["COUNT"], 1, 9999) if "COUNT" in parts else None,
    )
    _check_together(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        key, sign, value = piece.partition("=")
        if not sign or not value:
            raise ValueError(f"expected KEY=VALUE pairs joined by ';', found {piece[:40]!r}")
        if key not in KEYS:
            raise ValueError(f"expected only the keys {', '.join(KEYS)}, found {key[:40]!r}")
        if key in parts:
            raise ValueError(f"expected {key} once")
        parts[key] = value
    return parts


def _whole(key: str, text: str, lowest: int, highest: int) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not lowest <= int(text) <= highest:
        raise ValueError(f"expected {key} to be a whole number from {lowest} to {highest}")
    return int(text)


def _numbers(key: str, parts: Mapping[str, str], top: int, *, signed: bool) -> tuple[int, ...]:
    if key not in parts:
        return ()
    pieces = parts[key].split(",")
    form = r"[+-]?[0-9]{1,3}" if signed else r"[0-9]{1,2}"
    if not all(re.fullmatch(form, piece) and 1 <= abs(int(piece)) <= top for piece in pieces):
        span = f"1 to {top} or -1 to -{top}" if signed else f"1 to {top}"
        raise ValueError(f"expected {key} to be whole numbers, {span}, joined by ','")
    return tuple(sorted({int(piece) for piece in pieces}))


def _days(parts: Mapping[str, str], frequency: str) -> tuple[tuple[int, int], ...]:
    if "BYDAY" not in parts:
        return ()
    top = 5 if "BYMONTH" in parts and frequency == "YEARLY" else ORDINAL_TOP[frequency]
    return tuple(sorted({_day(piece, top) for piece in parts["BYDAY"].split(",")}))


def _day(piece: str, top: int) -> tuple[int, int]:
    found = _DAY.fullmatch(piece)
    if not found:
        raise ValueError(f"expected BYDAY to name days as {','.join(WEEKDAYS)} or 2WE, -1FR")
    ordinal = int(found[1]) if found[1] else 0
    if found[1] and not 1 <= abs(ordinal) <= top:
        raise ValueError(
            f"expected the number before a day in BYDAY to be from 1 to {top} (or -1 to -{top})"
            if top
            else "expected BYDAY without numbers when FREQ is DAILY or WEEKLY"
        )
    return ordinal, WEEKDAYS.index(found[2])


def _week_start(text: str) -> int:
    if text not in WEEKDAYS:
        raise ValueError(f"expected WKST to be one of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(text)


def _until(text: str | None) -> date | None:
    if text is None:
        return None
    found = _UNTIL.fullmatch(text)
    try:
        moment = datetime.strptime(found[1], "%Y%m%d") if found else None  # noqa: DTZ007 - a day
    except ValueError:
        moment = None
    if moment is None or found is None:
        raise ValueError("expected UNTIL to be a day as YYYYMMDD (or YYYYMMDDTHHMMSSZ)")
    # 15:00 in UTC is already the next day in Japan.
    late = (found[2] or "").endswith("Z") and found[2] >= "T150000Z"
    # The calendar's last day stands for no end; there is no day after it.
    return min(moment.date(), date.max - timedelta(days=late)) + timedelta(days=late)


def _check_together(rule: Rule) -> None:
    if rule.month_days and rule.frequency == "WEEKLY":
        raise ValueError("expected no BYMONTHDAY when FREQ is WEEKLY")
    if rule.positions and not (rule.days or rule.month_days or rule.months):
        raise ValueError("expected BYDAY, BYMONTHDAY or BYMONTH beside BYSETPOS")
    months = rule.months or range(1, 13)
    longest = max(31 if month in LONG_MONTHS else 30 - (month == FEBRUARY) for month in months)
    if rule.month_days and min(map(abs, rule.month_days)) > longest:
        raise ValueError(f"expected BYMONTHDAY to be at most {longest} in the months of BYMONTH")


def _lacks_a_day(rule: Rule) -> str:
    """Name what a rule without a first day has to say itself; empty when it says enough."""
    if rule.count is not None:
        return "a first day (dtstart) beside COUNT"
    if rule.frequency == "WEEKLY" and not rule.days:
        return "BYDAY or a first day (dtstart) beside FREQ=WEEKLY"
    if rule.frequency == "MONTHLY" and not (rule.days or rule.month_days):
        return "BYDAY, BYMONTHDAY or a first day (dtstart) beside FREQ=MONTHLY"
    if rule.frequency == "YEARLY" and not (rule.days or (rule.months and rule.month_days)):
        return "BYMONTH with BYDAY or BYMONTHDAY, or a first day (dtstart), beside FREQ=YEARLY"
    return ""


@lru_cache(maxsize=4096)
def check_rule(text: str, first_day: date | None) -> None:
    """Refuse a rule that is malformed, says too little, or can never happen.

    Raises:
        ValueError: says what was expected.

    """
    rule = read_rule(text)
    if first_day and not EARLIEST <= first_day <= LATEST:
        raise ValueError("expected a first day (dtstart) from the years 1900 to 2399")
    lacking = "" if first_day else _lacks_a_day(rule)
    if lacking:
        raise ValueError(f"expected {lacking}")
    begin = first_day or (EARLIEST if rule.until else ANCHOR)
    end = date(min(begin.year + YEARS_TO_LOOK, LATEST.year), 12, 31)
    end = min(max(end, rule.until), LATEST) if rule.until else end
    if next(_generate(rule, first_day, begin, end), None) is None:
        raise ValueError("expected a rule that happens at least once; this one never does")


def rule_dates(text: str, first_day: date | None, first: date, last: date) -> tuple[date, ...]:
    """List the days of a rule from first to last, both included, in order.

    Days before ``first_day`` are left out. Windows are cut to the years 1900 to 2399.

    Raises:
        ValueError: the rule is malformed.

    """
    rule = read_rule(text)
    return tuple(_generate(rule, first_day, max(first, EARLIEST), min(last, LATEST)))


def _generate(rule: Rule, first_day: date | None, first: date, last: date) -> Iterator[date]:
    last = min(last, rule.until) if rule.until else last
    lowest = max(first, first_day) if first_day else first
    if lowest > last:
        return iter(())
    # A count runs from the first day; everything else may start near the window.
    begin = _period_start(rule, first_day, first_day if first_day and rule.count else lowest)
    found = rr.rrule(
        FREQUENCIES[rule.frequency],
        dtstart=_midnight(begin),
        interval=rule.interval,
        wkst=rule.week_start,
        until=_midnight(last),
        bysetpos=rule.positions or None,
        bymonth=_months(rule, first_day) or None,
        bymonthday=_month_days(rule, first_day) or None,
        byweekday=[rr.weekday(day, ordinal or None) for ordinal, day in _weekdays(rule, first_day)]
        or None,
    )
    days = (moment.date() for moment in found)
    counted = islice((day for day in days if not first_day or day >= first_day), rule.count)
    return (day for day in counted if day >= lowest)


def _midnight(day: date) -> datetime:
    # Only days matter here, so moments without a zone serve.
    return datetime.combine(day, time.min)


def _weekdays(rule: Rule, first_day: date | None) -> tuple[tuple[int, int], ...]:
    """Let the first day say what a rule leaves open, as RFC 5545 does."""
    if rule.days or rule.frequency != "WEEKLY" or not first_day:
        return rule.days
    return ((0, first_day.weekday()),)


def _month_days(rule: Rule, first_day: date | None) -> tuple[int, ...]:
    if rule.month_days or rule.days or rule.frequency in {"DAILY", "WEEKLY"} or not first_day:
        return rule.month_days
    return (first_day.day,)


def _months(rule: Rule, first_day: date | None) -> tuple[int, ...]:
    silent = not (rule.months or rule.days or rule.month_days)
    return (
        (first_day.month,) if silent and rule.frequency == "YEARLY" and first_day else rule.months
    )


def _period_start(rule: Rule, first_day: date | None, day: date) -> date:
    """Begin the last period, in step with the rule's phase, that begins on or before day."""
    phase, step = first_day or ANCHOR, rule.interval
    if rule.frequency == "DAILY":
        return day - timedelta(days=(day - phase).days % step)
    if rule.frequency == "WEEKLY":
        first, own = _week(phase, rule.week_start), _week(day, rule.week_start)
        return own - timedelta(days=(own - first).days % (7 * step))
    if rule.frequency == "YEARLY":
        return date(day.year - (day.year - phase.year) % step, 1, 1)
    months = day.year * 12 + day.month - 1
    months -= (months - phase.year * 12 - phase.month + 1) % step
    return date(months // 12, months % 12 + 1, 1)


def _week(day: date, week_start: int) -> date:
    return day - timedelta(days=(day.weekday() - week_start) % 7)
