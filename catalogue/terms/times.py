"""Days and times of day as exchange format 1 writes them: 2026-11-20 and 09:30."""

import re
from datetime import date, time
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

CLOCK_EXPECTED: Final = "expected a time of day as HH:MM, from 00:00 to 23:59"
DAY_EXPECTED: Final = "expected a day as YYYY-MM-DD"

_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(:00)?", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def read_clock(value: Any) -> time:
    """Read a time of day such as ``09:30``.

    Raises:
        ValueError: it is none.

    """
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise ValueError(CLOCK_EXPECTED)
    return time(int(found[1]), int(found[2]))


def clock_text(value: time) -> str:
    """Write a time of day as ``09:30``."""
    return value.strftime("%H:%M")


def read_day(value: Any) -> date:
    """Read a day such as ``2026-11-20``.

    Raises:
        ValueError: it is none.

    """
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(DAY_EXPECTED)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(DAY_EXPECTED) from None


Clock = Annotated[
    time,
    BeforeValidator(read_clock),
    PlainSerializer(clock_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}),
]
Day = Annotated[date, BeforeValidator(read_day)]
