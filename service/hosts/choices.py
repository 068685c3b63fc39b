"""Plain choices of when, as one says them on the telephone, and the schedule's lines they make.

Whatever the choices cannot say (a line from a file, say) is no choice: it is told in words and
kept as it is.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from catalogue.profiles import WEEKDAYS
from catalogue.recurring import Rule, read_rule
from catalogue.schedule import Holidays
from catalogue.terms import ScheduleItem

LAST: Final = -1
ORDINALS: Final = (1, 2, 3, 4, 5, LAST)
EVERY_WEEK: Final = 1
OTHER_WEEK: Final = 2


class Pattern(StrEnum):
    """How somebody says when: each asks for other particulars."""

    WEEKLY = "weekly"
    NTH = "nth"
    OTHER_WEEK = "other_week"
    MONTH_DAYS = "month_days"
    DATES = "dates"
    ARRANGED = "arranged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to "when"; what another pattern asks for stays empty.

    ``days`` count from Monday, 0; ``ordinals`` and ``month_days`` know -1, the last one.
    """

    pattern: Pattern
    days: tuple[int, ...] = ()
    ordinals: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    first: date | None = None
    start: time | None = None
    end: time | None = None
    holidays: Holidays = Holidays.OPEN


def item_of(choice: Choice) -> ScheduleItem | None:
    """Return the line of a schedule that a choice means; None: any time by arrangement.

    Raises:
        ValueError: the choice says too little, or ends before it begins.

    """
    if choice.pattern is Pattern.ARRANGED:
        return None
    said = {
        "rrule": _rule(choice),
        "dtstart": choice.first,
        "also": list(choice.dates),
        "start": choice.start,
        "end": choice.end,
        "holidays": choice.holidays,
    }
    return ScheduleItem.model_validate(said)


def _rule(choice: Choice) -> str | None:
    days = ",".join(WEEKDAYS[day] for day in choice.days)
    match choice.pattern:
        case Pattern.WEEKLY:
            return f"FREQ=WEEKLY;BYDAY={days}"
        case Pattern.OTHER_WEEK:
            return f"FREQ=WEEKLY;INTERVAL={OTHER_WEEK};BYDAY={days}"
        case Pattern.NTH:
            named = (f"{nth}{WEEKDAYS[day]}" for nth in choice.ordinals for day in choice.days)
            return f"FREQ=MONTHLY;BYDAY={','.join(named)}"
        case Pattern.MONTH_DAYS:
            return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, choice.month_days))}"
        case _:
            return None


def choice_of(item: ScheduleItem | None) -> Choice | None:
    """Return the choice that says all of a line and nothing else, if there is one."""
    if item is None:
        return Choice(pattern=Pattern.ARRANGED)
    guess = _guess(item)
    try:
        made = item_of(guess) if guess else None
    except ValueError:
        return None
    return guess if made and _meaning(made) == _meaning(item) else None


def _guess(item: ScheduleItem) -> Choice | None:
    """Say what a line may mean; whether it is all of it has to be seen by making it again."""
    rule = read_rule(item.rrule) if item.rrule is not None else None
    pattern = _pattern(rule)
    if pattern is None:
        return None
    return Choice(
        pattern=pattern,
        days=_sorted({day for _, day in rule.days}) if rule else (),
        ordinals=_in_order({nth for nth, _ in rule.days if nth}) if rule else (),
        month_days=_in_order(rule.month_days) if rule else (),
        dates=tuple(sorted(set(item.also))) if pattern is Pattern.DATES else (),
        first=item.dtstart if pattern is Pattern.OTHER_WEEK else None,
        start=item.start,
        end=item.end,
        holidays=item.holidays,
    )


def _pattern(rule: Rule | None) -> Pattern | None:
    if rule is None:
        return Pattern.DATES
    if rule.frequency == "WEEKLY":
        weeks = {EVERY_WEEK: Pattern.WEEKLY, OTHER_WEEK: Pattern.OTHER_WEEK}
        return weeks.get(rule.interval)
    if rule.frequency == "MONTHLY":
        return Pattern.MONTH_DAYS if rule.month_days else Pattern.NTH
    return None


def _meaning(item: ScheduleItem) -> tuple[object, ...]:
    """Return what a line says, however it is written."""
    rule = read_rule(item.rrule) if item.rrule is not None else None
    bent = (sorted(set(item.except_)), sorted(set(item.also)))
    return (rule, item.dtstart, item.start, item.end, item.holidays, *bent)


def _sorted(numbers: set[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers))


def _in_order(numbers: set[int] | tuple[int, ...]) -> tuple[int, ...]:
    """Put the last one behind the others."""
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))
