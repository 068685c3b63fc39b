"""Which occasions a placement passes on each side, by its status; and why some have none. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from service.followup.cadence import Occasion
from service.followup.facts import Days, PlacementFacts
from service.placements.lifecycle import Side, Status


class Silence(StrEnum):
    """Why nobody is owed a contact."""

    NOT_ASKED = "not_asked"
    NEVER_BEGAN = "never_began"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Course:
    """The occasions of both sides in their order; ``silence``: why a side has none."""

    person: tuple[Occasion, ...] = ()
    host: tuple[Occasion, ...] = ()
    silence: Silence = Silence.COMPLETE


@dataclass(frozen=True, slots=True)
class Road:
    """One side's occasions, the day from which they count, and a day agreed beforehand."""

    occasions: tuple[Occasion, ...]
    start: date
    promised: date | None = None


_RHYTHM: Final = (Occasion.EARLY, Occasion.MIDDLE, Occasion.LATER, Occasion.YEARLY)
_TAKING_PART: Final = (Occasion.AFTER_FIRST, *_RHYTHM)
_AGREED: Final = (Occasion.BEFORE_FIRST, *_TAKING_PART)

_UNDECIDED: Final = Course(person=(Occasion.WAITING,), silence=Silence.NOT_ASKED)
_BEGUN: Final = Course(person=_TAKING_PART, host=_TAKING_PART)
_NO_DAY_YET: Final = Course(person=(Occasion.WAITING,), host=(Occasion.WAITING,))

COURSES: Final[dict[Status, Course]] = {
    Status.PROPOSED: _UNDECIDED,
    Status.WANTED: _UNDECIDED,
    Status.ASKED: Course(person=(Occasion.WAITING,), host=(Occasion.ASKED,)),
    Status.AGREED: Course(person=_AGREED, host=_AGREED),
    Status.TRYING: _BEGUN,
    Status.CONTINUING: _BEGUN,
    Status.RESTING: Course(
        person=(Occasion.RESTING,), host=(Occasion.TOLD_OF_REST, Occasion.RESTING)
    ),
    Status.ENDED: Course(person=(Occasion.EXIT, Occasion.AFTERWARDS), host=(Occasion.EXIT,)),
    Status.PASSED: Course(silence=Silence.NEVER_BEGAN),
    Status.SUPERSEDED: Course(silence=Silence.NEVER_BEGAN),
}

# From which day a status counts; where that day was not written down, the proposal's.
_SINCE: Final[dict[Status, Callable[[Days], date | None]]] = {
    Status.PROPOSED: lambda days: days.proposed_on,
    Status.WANTED: lambda days: days.proposed_on,
    Status.ASKED: lambda days: days.asked_on,
    Status.AGREED: lambda days: days.first_on or days.agreed_on,
    Status.TRYING: lambda days: days.begun_on or days.first_on,
    Status.CONTINUING: lambda days: days.begun_on or days.first_on,
    Status.RESTING: lambda days: days.rested_on,
    Status.ENDED: lambda days: days.closed_on,
    Status.PASSED: lambda days: days.closed_on,
    Status.SUPERSEDED: lambda days: days.closed_on,
}


def road_of(facts: PlacementFacts, side: Side) -> Road | Silence:
    """Return what a side of a placement passes from here, or why it passes nothing."""
    course, start = _course_of(facts)
    occasions = course.host if side is Side.HOST else course.person
    if not occasions:
        return course.silence
    return Road(occasions, start, _promised(facts, side))


def _course_of(facts: PlacementFacts) -> tuple[Course, date]:
    days, status = facts.days, facts.status
    since = _SINCE[status](days) or days.proposed_on
    if status is Status.AGREED and (came := _first_visit(facts, since=days.agreed_on)):
        return _BEGUN, came
    if status is Status.AGREED and days.first_on is None:
        return _NO_DAY_YET, since
    if status in {Status.TRYING, Status.CONTINUING}:
        return _BEGUN, _first_visit(facts, since=since) or max(since, days.first_on or since)
    return COURSES[status], since


def _first_visit(facts: PlacementFacts, *, since: date | None) -> date | None:
    came = (visit.on for visit in facts.visits if visit.took_part)
    return min((on for on in came if since is None or on >= since), default=None)


def _promised(facts: PlacementFacts, side: Side) -> date | None:
    """Return the day that was named with the move itself: to ask again, or to answer by."""
    if facts.status is Status.RESTING and side is Side.PERSON:
        return facts.days.ask_again_on
    if facts.status is Status.ASKED and side is Side.HOST:
        return facts.days.asked_until
    return None
