"""When a step up may be proposed, and which; and how far a step back goes. Pure.

A step up is proposed and never applied: after four visits at this level over three weeks without
a concern, one dimension, one step, duration first and then how often. Days on which somebody was
not there enter nowhere: they are neither counted nor held against anybody.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from service.languages.ours import ours, say
from service.placements.lifecycle import Status

VISITS: Final = 4
WEEKS: Final = timedelta(weeks=3)
# Each rung is one step of duration, in minutes.
RUNGS: Final = (10, 15, 20, 30, 45, 60, 90, 120, 150, 180, 240)
# Each rung is one step of how often: an agreed number in a unit, and how often a month that is.
RHYTHMS: Final = (
    *(("年", number, number / 12) for number in (1, 2, 3, 4, 6)),
    *(("月", number, float(number)) for number in (1, 2, 3)),
    *(("週", number, number * 4.3) for number in (1, 2, 3, 4, 5)),
)
OFTEN: Final = ours({"年": "年に{number}回", "月": "月に{number}回", "週": "週に{number}回"})
_SAID: Final = re.compile(r"(年|月|週)に?([0-9]+)回")
_UNIT_STEP: Final = str.maketrans("０１２３４５６７８９", "0123456789")


class Dimension(StrEnum):
    DURATION = "duration"
    FREQUENCY = "frequency"


class NotNow(StrEnum):
    """Why nothing is proposed; none of them speaks of what somebody did not do."""

    NOT_GOING = "not_going"
    CONCERN = "concern"
    NOT_YET = "not_yet"
    ENOUGH = "enough"


# From where a step up can be made at all.
STEPPING: Final[dict[Status, bool]] = {
    Status.PROPOSED: False,
    Status.WANTED: False,
    Status.ASKED: False,
    Status.AGREED: False,
    Status.TRYING: True,
    Status.CONTINUING: True,
    Status.RESTING: False,
    Status.ENDED: False,
    Status.PASSED: False,
    Status.SUPERSEDED: False,
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which somebody was there; ``well`` unless it was hard, or they left early."""

    on: date
    well: bool = True


@dataclass(frozen=True, slots=True)
class Level:
    """What is agreed and since when; what the place has room for, where that is known."""

    status: Status
    since: date
    minutes: int | None = None
    dose: str = ""
    longest: int | None = None
    per_month: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one dimension, in the words of the agreement."""

    dimension: Dimension
    now: str
    then: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """What may be proposed, and the minutes of one step back."""

    up: Step | NotNow
    back: int | None


def step_up(level: Level, days: Iterable[Day], worried: Sequence[date]) -> Step | NotNow:
    """Return the one step that may be proposed, or why there is none.

    ``worried`` are the days on which a concern was raised that is open, or was raised at this
    level. After a hard day, or one that was too long, the four visits begin anew.
    """
    if not STEPPING[level.status]:
        return NotNow.NOT_GOING
    if worried:
        return NotNow.CONCERN
    here = sorted((day for day in days if day.on >= level.since), key=lambda day: day.on)
    hard = [day.on for day in here if not day.well]
    well = [day.on for day in here if day.well and (not hard or day.on > hard[-1])]
    if len(well) < VISITS or well[-1] - well[0] < WEEKS:
        return NotNow.NOT_YET
    return _longer(level) or _oftener(level) or NotNow.ENOUGH


def step_back(minutes: int | None) -> int | None:
    """Return the minutes of one step back; None where there is nothing shorter to say."""
    return max((rung for rung in RUNGS if minutes and rung < minutes), default=None)


def _longer(level: Level) -> Step | None:
    if level.minutes is None or level.longest is None:
        return None  # what the place has room for is asked, not guessed
    then = next((rung for rung in RUNGS if rung > level.minutes), None)
    if then is None or then > level.longest:
        return None
    return Step(
        Dimension.DURATION,
        say("{minutes}分", minutes=level.minutes),
        say("{minutes}分", minutes=then),
        then,
    )


def _oftener(level: Level) -> Step | None:
    said = _SAID.search(level.dose.translate(_UNIT_STEP))
    if said is None or level.per_month is None:
        return None
    unit, number = said[1], int(said[2])
    for now, then in pairwise(RHYTHMS):
        if now[:2] == (unit, number) and then[2] <= level.per_month + 0.5:
            return Step(Dimension.FREQUENCY, _words(*now[:2]), _words(*then[:2]))
    return None


def _words(unit: str, number: int) -> str:
    return say(OFTEN[unit], number=number)
