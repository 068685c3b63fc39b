"""Working days of an office: not weekends, public holidays, the turn of the year, own closures."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Final

from catalogue.schedule import is_holiday

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


def is_working_day(day: date, closures: AbstractSet[date] = frozenset()) -> bool:
    """Say whether somebody is in the office on this day."""
    return day.weekday() < _SATURDAY and day not in closures and not is_holiday(day)


def shifted(day: date, number: int) -> date:
    """Count days on or back; at the ends of the calendar there is nowhere further to go."""
    try:
        return day + timedelta(number)
    except OverflowError:
        return date.max if number > 0 else date.min


def on_or_after(day: date, closures: AbstractSet[date] = frozenset()) -> date:
    """Return the first working day that is not before this one."""
    while day < date.max and not is_working_day(day, closures):
        day += _DAY
    return day


def on_or_before(day: date, closures: AbstractSet[date] = frozenset()) -> date:
    """Return the last working day that is not after this one."""
    while day > date.min and not is_working_day(day, closures):
        day -= _DAY
    return day


def add_working_days(day: date, number: int, closures: AbstractSet[date] = frozenset()) -> date:
    """Count working days onward; none at all is the first working day from here."""
    if number == 0:
        return on_or_after(day, closures)
    for _ in range(number):
        day = on_or_after(shifted(day, 1), closures)
    return day
