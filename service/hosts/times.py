"""Any line of a schedule in words, also one that no plain choice can say; and its next days."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from catalogue.recurring import Rule, read_rule
from catalogue.schedule import Holidays, holiday_name, occurrences
from catalogue.terms import ScheduleItem
from service.languages.ours import joined, ours, say
from service.web.dates import WEEKDAY_WORDS, dated_words, day_words

ARRANGED: Final = ours("日と時間は、相談して決める")
RESTS: Final = ours("祝日と年末年始は休み")
HORIZON: Final = timedelta(days=186)
SHOWN: Final = 6
UNITS: Final = ours(
    {
        "DAILY": ("毎日", "{number}日に1回"),
        "WEEKLY": ("毎週", "{number}週に1回"),
        "MONTHLY": ("毎月", "{number}か月に1回"),
        "YEARLY": ("毎年", "{number}年に1回"),
    }
)
NTH: Final = ours({1: "第1", 2: "第2", 3: "第3", 4: "第4", 5: "第5"})
MONTHS: Final = ours(
    ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
)


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
    days = [each for each in (_rule_words(item), _dates_words(item.also, ours("{days}も"))) if each]
    hours = say("{start}〜{end}", start=f"{item.start:%H:%M}", end=f"{item.end:%H:%M}")
    parts = [joined(" ", [joined("、", days), hours])]
    if item.rrule is None:
        parts = [joined(" ", [_dates_words(item.also, "{days}"), hours])]
    if item.except_:
        parts.append(_dates_words(item.except_, ours("{days}は休み")))
    if item.holidays is Holidays.CLOSED:
        parts.append(RESTS)
    return joined("。", parts)


def _rule_words(item: ScheduleItem) -> str:
    if item.rrule is None:
        return ""
    rule = read_rule(item.rrule)
    once, every = UNITS[rule.frequency]
    pace = once if rule.interval == 1 else say(every, number=rule.interval)
    told = [pace, _months(rule), _days(rule), _positions(rule)]
    since = say("({dtstart}から)", dtstart=dated_words(item.dtstart)) if item.dtstart else ""
    return joined("", [joined(" ", list(filter(None, told))), since, _ending(rule)])


def _months(rule: Rule) -> str:
    return joined("・", [MONTHS[month - 1] for month in rule.months])


def _days(rule: Rule) -> str:
    """Name the weekdays: those that share their numbers together, as in 第1・第3 月・火曜."""
    numbers: dict[int, list[int]] = {}
    for nth, day in rule.days:
        numbers.setdefault(day, []).append(nth)
    alike = sorted((tuple(_ordered(nths)), day) for day, nths in numbers.items())
    named = []
    for nths, group in groupby(alike, key=lambda pair: pair[0]):
        words = joined("・", [WEEKDAY_WORDS[day] for _, day in group])
        each = joined("・", list(filter(None, map(_nth, nths))))
        named.append(say("{nths}{days}曜" if each else "{days}曜", nths=each, days=words))
    days = joined("と", named)
    if rule.month_days:
        dates = joined("・", list(map(_month_day, _ordered(rule.month_days))))
        days = say("{dates}にあたる{days}", dates=dates, days=days) if days else dates
    return days


def _ordered(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: (number < 0, abs(number)))


def _nth(number: int) -> str:
    if number == 0:
        return ""
    if number > 0:
        return NTH.get(number) or say("第{number}", number=number)
    return say("{position}の", position=_position(number))


def _month_day(number: int) -> str:
    if number > 0:
        return say("{number}日", number=number)
    return ours("月末の日") if number == -1 else say("月末から{number}日目", number=-number)


def _positions(rule: Rule) -> str:
    if not rule.positions:
        return ""
    named = (_position(number) for number in _ordered(rule.positions))
    return say("(そのうち{days}の日)", days=joined("・", list(named)))


def _position(number: int) -> str:
    if number > 0:
        return say("{number}番目", number=number)
    return ours("最後") if number == -1 else say("最後から{number}番目", number=-number)


def _ending(rule: Rule) -> str:
    if rule.until is not None:
        return say("({until}まで)", until=dated_words(rule.until))
    return say("(全部で{count}回)", count=rule.count) if rule.count is not None else ""


def _dates_words(days: Iterable[date], sentence: str) -> str:
    named = joined("・", [dated_words(day) for day in sorted(set(days))])
    return say(sentence, days=named) if named else ""


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
    words = say("{day} {time}", day=day_words(each.day), time=f"{each.start:%H:%M}")
    if not each.holiday:
        return words
    named = "{words} {holiday}" if each.opens else ours("{words} {holiday}・お休み")
    return say(named, words=words, holiday=each.holiday)
