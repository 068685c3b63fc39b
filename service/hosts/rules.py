"""What a link of a host is for: one thing each. Pure."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_TOKYO: Final = ZoneInfo("Asia/Tokyo")


class LinkPurpose(StrEnum):
    """A card or packet to look at, one question to answer, or an activity to register."""

    CARD = "card"
    PACKET = "packet"
    BEFORE = "before"
    AFTER = "after"
    OWN = "own"
    QUESTION = "question"
    REGISTER = "register"


def closes_at(day: date, *, days: int) -> datetime:
    """Return when a link closes: at the end of a day, so many days after the one it is about."""
    return datetime.combine(day + timedelta(days=days + 1), time(), _TOKYO)
