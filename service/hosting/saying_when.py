"""Read from the form when an activity takes people."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, Final

from catalogue.schedule import Holidays
from catalogue.terms import ScheduleItem
from service.hosting.days import NO_DATES, NO_MONTH_DAY, dates, month_days
from service.hosting.fields import LINES
from service.hosting.words import (
    HOLIDAY_WORDS,
    PATTERN_WORDS,
)
from service.hosts.choices import ORDINALS, Choice, Pattern, item_of
from service.languages.ours import ours
from service.web.filled import Filled

NO_DAY: Final = ours("曜日を選んでください")


NO_ORDINAL: Final = ours("第何週かを選んでください")


NO_HOURS: Final = ours("はじまりと終わりの時刻を書いてください")


BACKWARDS: Final = ours("終わりの時刻を、はじまりよりあとにしてください")


NO_FIRST: Final = ours("はじめの日を書いてください")


def lines(filled: Filled, today: date) -> Iterator[ScheduleItem | None]:
    for at in range(LINES):
        pattern = filled.choice(f"pattern-{at}", PATTERN_WORDS)
        if pattern is None:
            continue
        before = len(filled.mistakes)
        choice = _choice(filled, at, pattern, today)
        if len(filled.mistakes) == before:
            yield item_of(choice)


def _choice(filled: Filled, at: int, pattern: Pattern, today: date) -> Choice:
    if pattern is Pattern.ARRANGED:
        return Choice(pattern=pattern)
    start, end = _hours(filled, at)
    days = _numbers(filled, f"days-{at}", range(7))
    first = filled.day(f"first-{at}") if pattern is Pattern.OTHER_WEEK else None
    choice = Choice(
        pattern=pattern,
        days=() if pattern in {Pattern.MONTH_DAYS, Pattern.DATES} else days,
        ordinals=_numbers(filled, f"ordinals-{at}", ORDINALS) if pattern is Pattern.NTH else (),
        month_days=month_days(filled, at) if pattern is Pattern.MONTH_DAYS else (),
        dates=dates(filled, at, today) if pattern is Pattern.DATES else (),
        first=first,
        start=start,
        end=end,
        holidays=filled.choice(f"holidays-{at}", HOLIDAY_WORDS) or Holidays.OPEN,
    )
    _check(filled, at, choice)
    return choice


def _check(filled: Filled, at: int, choice: Choice) -> None:
    """Say which particular of a pattern is missing."""
    asked: dict[Pattern, tuple[tuple[str, object, str], ...]] = {
        Pattern.WEEKLY: (("days", choice.days, NO_DAY),),
        Pattern.OTHER_WEEK: (("days", choice.days, NO_DAY), ("first", choice.first, NO_FIRST)),
        Pattern.NTH: (("ordinals", choice.ordinals, NO_ORDINAL), ("days", choice.days, NO_DAY)),
        Pattern.MONTH_DAYS: (("month_days", choice.month_days, NO_MONTH_DAY),),
        Pattern.DATES: (("dates", choice.dates, NO_DATES),),
        Pattern.ARRANGED: (),
    }
    for name, value, sentence in asked[choice.pattern]:
        if not value:
            filled.mistakes.setdefault(f"{name}-{at}", sentence)


def _hours(filled: Filled, at: int) -> tuple[time | None, time | None]:
    start, end = filled.clock(f"start-{at}"), filled.clock(f"end-{at}")
    if not (start and end):
        filled.mistakes.setdefault(f"start-{at}" if not start else f"end-{at}", NO_HOURS)
        return None, None
    if end <= start:
        filled.mistakes[f"end-{at}"] = BACKWARDS
    return time.fromisoformat(start), time.fromisoformat(end)


def _numbers(filled: Filled, name: str, offered: Any) -> tuple[int, ...]:
    ticked = filled.ticked(name)
    return tuple(each for each in offered if str(each) in ticked)
