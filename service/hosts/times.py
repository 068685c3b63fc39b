"""Any line of a schedule in words, also one that no plain choice can say; and its next days."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from catalogue.recurring import Rule, read_rule
from catalogue.schedule import Holidays, holiday_name, occurrences
from catalogue.terms import ScheduleItem
from service.web.dates import WEEKDAY_WORDS, dated_words, day_words

ARRANGED: Final = "日と時間は、相談して決める"
RESTS: Final = "祝日と年末年始は休み"
HORIZON: Final = timedelta(days=186)
SHOWN: Final = 6
UNITS: Final = {
    "DAILY": ("毎日", "{}日に1回"),
    "WEEKLY": ("毎週", "{}週に1回"),
    "MONTHLY": ("毎月", "{}か月に1回"),
    "YEARLY": ("毎年", "{}年に1回"),
}


class NextDay(NamedTuple):
    """A day on which a line would be open; a holiday has its name, and may be off."""

    day: date
    start: time
    holiday: str
    opens: bool


def said(item: ScheduleItem | None) -> str:
    """Say a line in one piece, for instance 毎月 第2・第4水曜 10:00〜11:30."""
    if item is None:
        return ARRANGED
    days = [each for each in (_rule_words(item), _dates_words(item.also, "も")) if each]
    hours = f"{item.start:%H:%M}〜{item.end:%H:%M}"
    parts = [f"{'、'.join(days)} {hours}"]
    if item.rrule is None:
        parts = [f"{_dates_words(item.also, '')} {hours}"]
    if item.except_:
        parts.append(_dates_words(item.except_, "は休み"))
    if item.holidays is Holidays.CLOSED:
        parts.append(RESTS)
    return "。".join(parts)


def _rule_words(item: ScheduleItem) -> str:
    if item.rrule is None:
        return ""
    rule = read_rule(item.rrule)
    once, every = UNITS[rule.frequency]
    pace = once if rule.interval == 1 else every.format(rule.interval)
    told = [pace, _months(rule), _days(rule), _positions(rule)]
    since = f"({dated_words(item.dtstart)}から)" if item.dtstart else ""
    return " ".join(filter(None, told)) + since + _ending(rule)


def _months(rule: Rule) -> str:
    return "・".join(f"{month}月" for month in rule.months)


def _days(rule: Rule) -> str:
    """Name the weekdays: those that share their numbers together, as in 第1・第3 月・火曜."""
    numbers: dict[int, list[int]] = {}
    for nth, day in rule.days:
        numbers.setdefault(day, []).append(nth)
    alike = sorted((tuple(_ordered(nths)), day) for day, nths in numbers.items())
    named = []
    for nths, group in groupby(alike, key=lambda pair: pair[0]):
        words = "・".join(WEEKDAY_WORDS[day] for _, day in group)
        named.append(f"{'・'.join(filter(None, map(_nth, nths)))}{words}曜")
    days = "と".join(named)
    if rule.month_days:
        days = "・".join(map(_month_day, _ordered(rule.month_days))) + (
            f"にあたる{days}" if days else ""
        )
    return days


def _ordered(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: (number < 0, abs(number)))


def _nth(number: int) -> str:
    if number == 0:
        return ""
    if number > 0:
        return f"第{number}"
    return f"{_position(number)}の"


def _month_day(number: int) -> str:
    if number > 0:
        return f"{number}日"
    return "月末の日" if number == -1 else f"月末から{-number}日目"


def _positions(rule: Rule) -> str:
    if not rule.positions:
        return ""
    named = (_position(number) for number in _ordered(rule.positions))
    return f"(そのうち{'・'.join(named)}の日)"


def _position(number: int) -> str:
    if number > 0:
        return f"{number}番目"
    return "最後" if number == -1 else f"最後から{-number}番目"


def _ending(rule: Rule) -> str:
    if rule.until is not None:
        return f"({dated_words(rule.until)}まで)"
    return f"(全部で{rule.count}回)" if rule.count is not None else ""


def _dates_words(days: Iterable[date], ending: str) -> str:
    named = "・".join(dated_words(day) for day in sorted(set(days)))
    return f"{named}{ending}" if named else ""


def next_days(items: Sequence[ScheduleItem], *, today: date, most: int = SHOWN) -> list[NextDay]:
    """Return the next days of some lines, with those that fall on a holiday and are off."""
    found = []
    for item in items:
        usual = item.recurrence()
        taken = occurrences(usual, first=today, last=today + HORIZON)
        kept = {opening.start.date() for opening in taken}
        every = replace(usual, holidays=Holidays.OPEN)
        for opening in occurrences(every, first=today, last=today + HORIZON):
            day = opening.start.date()
            found.append(NextDay(day, opening.start.time(), holiday_name(day), opens=day in kept))
    return sorted(found)[:most]


def day_said(each: NextDay) -> str:
    """Say one of the next days, for instance 11月23日(月) 10:00 勤労感謝の日・お休み."""
    words = f"{day_words(each.day)} {each.start:%H:%M}"
    if not each.holiday:
        return words
    return f"{words} {each.holiday}" + ("" if each.opens else "・お休み")
