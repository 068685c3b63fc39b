"""Which day the form of a row names beforehand for the next contact. Pure."""

from datetime import date, timedelta
from typing import Final

from service.followup.cadence import Occasion
from service.followup.workdays import on_or_after
from service.placements.lifecycle import Side

# What a worker would usually promise, in days: to the person, and to the host.
NEXT: Final[dict[Occasion, tuple[int, int]]] = {
    Occasion.CONCERN: (2, 2),
    Occasion.BEFORE_FIRST: (7, 7),
    Occasion.AFTER_FIRST: (7, 14),
    Occasion.EARLY: (7, 14),
    Occasion.MIDDLE: (14, 30),
    Occasion.LATER: (30, 60),
    Occasion.YEARLY: (365, 365),
    Occasion.RESTED: (7, 7),
    Occasion.UNHEARD: (7, 7),
    Occasion.STEPPED_BACK: (7, 14),
    Occasion.TOLD_OF_REST: (30, 30),
    Occasion.RESTING: (30, 30),
    Occasion.EXIT: (30, 30),
    Occasion.AFTERWARDS: (60, 60),
    Occasion.ASKED: (7, 7),
    Occasion.WAITING: (30, 30),
    Occasion.AT_HOME: (30, 30),
    Occasion.CONSENT_ENDS: (14, 14),
    Occasion.UNCONFIRMED: (180, 180),
}


def next_day(occasion: Occasion, side: Side, today: date) -> date:
    """Return the working day that is named beforehand; the worker may name another."""
    person, host = NEXT[occasion]
    return on_or_after(today + timedelta(days=host if side is Side.HOST else person))
