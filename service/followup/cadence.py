"""How soon each side is contacted again, as one table of windows. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from service.placements.lifecycle import Side


class Occasion(StrEnum):
    """Why somebody is contacted."""

    CONCERN = "concern"
    BEFORE_FIRST = "before_first"
    AFTER_FIRST = "after_first"
    EARLY = "early"
    MIDDLE = "middle"
    LATER = "later"
    YEARLY = "yearly"
    RESTED = "rested"
    UNHEARD = "unheard"
    STEPPED_BACK = "stepped_back"
    TOLD_OF_REST = "told_of_rest"
    RESTING = "resting"
    EXIT = "exit"
    AFTERWARDS = "afterwards"
    ASKED = "asked"
    WAITING = "waiting"
    AT_HOME = "at_home"
    CONSENT_ENDS = "consent_ends"
    UNCONFIRMED = "unconfirmed"


class Count(StrEnum):
    """What the figures of a window count, and to which side they give way on a day off."""

    ONWARD = "onward"
    BACKWARD = "backward"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from a beginning: no sooner than, aimed at, no later than.

    ``every``: once answered, the next one counts from the answer. ``named``: the figure that names
    it, where the office aims at another day; what was said about it outlives the change.
    """

    earliest: int
    due: int
    late: int
    every: bool = False
    count: Count = Count.ONWARD
    named: int | None = None

    def __post_init__(self) -> None:
        if not self.earliest <= self.due <= self.late:
            raise ValueError("expected earliest <= due <= late")
        if self.every and self.earliest < 1:
            raise ValueError("expected what comes again to begin after the last answer")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cadence. ``ends``: how many days after the first visit its phase is over."""

    occasion: Occasion
    person: tuple[Window, ...] = ()
    host: tuple[Window, ...] = ()
    ends: int | None = None

    def windows(self, side: Side) -> tuple[Window, ...]:
        return self.host if side is Side.HOST else self.person


@dataclass(frozen=True)
class Cadence:
    """An office's lines, one for each occasion, and the days on which it is closed."""

    lines: tuple[Line, ...]
    closures: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if sorted(line.occasion for line in self.lines) != sorted(Occasion):
            raise ValueError("expected one line for each occasion")

    def line(self, occasion: Occasion) -> Line:
        return next(line for line in self.lines if line.occasion is occasion)


def _before(earliest: int, due: int, late: int) -> Window:
    return Window(earliest, due, late, count=Count.BACKWARD)


def _every(days: int, sooner: int, later: int | None = None) -> Window:
    late = days + (sooner if later is None else later)
    return Window(days - sooner, days, late, every=True)


def _around(day: int, span: int) -> Window:
    return Window(day - span, day, day + span)


_TWO_WORKING_DAYS: Final = (Window(0, 2, 2, count=Count.WORKING),)
_YEARLY: Final = (_every(365, 30),)
_ASK_PERSON: Final = (Window(0, 2, 4),)
_ASK_HOST: Final = (Window(0, 1, 2),)

STANDARD: Final = Cadence(
    (
        Line(Occasion.CONCERN, person=_TWO_WORKING_DAYS, host=_TWO_WORKING_DAYS),
        Line(Occasion.BEFORE_FIRST, person=(_before(-7, -1, -1),), host=(_before(-7, -3, -1),)),
        Line(Occasion.AFTER_FIRST, person=(Window(0, 1, 3),), host=(Window(0, 1, 4),)),
        Line(Occasion.EARLY, person=(_every(7, 3),), host=(_around(14, 4),), ends=28),
        Line(Occasion.MIDDLE, person=(_every(14, 5),), host=(_around(42, 7),), ends=91),
        Line(
            Occasion.LATER,
            person=(_every(30, 10),),
            host=(_around(91, 14), _around(182, 14), _around(365, 14)),
            ends=365,
        ),
        Line(Occasion.YEARLY, person=_YEARLY, host=_YEARLY),
        Line(Occasion.RESTED, person=_ASK_PERSON, host=_ASK_HOST),
        Line(Occasion.UNHEARD, person=_ASK_PERSON, host=_ASK_HOST),
        Line(Occasion.STEPPED_BACK, person=(Window(0, 7, 7),)),
        Line(Occasion.TOLD_OF_REST, host=(Window(0, 0, 1),)),
        Line(Occasion.RESTING, person=(_every(30, 10, 0),), host=(_every(30, 10),)),
        Line(Occasion.EXIT, person=(Window(0, 3, 3),), host=(Window(0, 7, 7),)),
        Line(Occasion.AFTERWARDS, person=(_around(30, 7), _around(90, 14))),
        Line(Occasion.ASKED, host=(_every(7, 0, 3),)),
        Line(Occasion.WAITING, person=(_every(30, 10),), host=(_every(30, 10),)),
        Line(Occasion.AT_HOME, person=(_every(30, 10),)),
        Line(Occasion.CONSENT_ENDS, person=(_before(-21, -14, -1),)),
        Line(Occasion.UNCONFIRMED, host=(_every(180, 0, 30),)),
    )
)
