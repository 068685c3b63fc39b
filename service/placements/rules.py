"""When things may have happened, and how long a place is kept. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from service.placements.lifecycle import HOLDS, Hold, Status
from service.placements.terms import Terms
from service.refusals import Kind, Refusal

ASK_AGAIN_WITHIN: Final = timedelta(days=30)  # a rest is never left unasked for longer
REST_AT_MOST: Final = timedelta(days=366)  # a place that is kept for longer is nobody's
ASKED_AT_MOST: Final = timedelta(days=30)  # a host who has not answered by then has not been asked


class OutOfTime(Refusal):
    kind: ClassVar = Kind.CONFLICT


def mistimed(on: date, *, today: date, first_move_on: date | None) -> Refusal | None:
    """Say why this cannot be the day on which it happened."""
    if on > today:
        return OutOfTime("what has not happened yet cannot be recorded", latest=today.isoformat())
    if first_move_on and on < first_move_on:
        first = first_move_on.isoformat()
        return OutOfTime("this lies before the placement's first move", earliest=first)
    return None


@dataclass(frozen=True, slots=True)
class Rest:
    """How long the place is kept, and when to ask again, without pressing."""

    until: date
    ask_again_on: date


def rest_of(terms: Terms, *, on: date, weeks: int) -> Rest:
    """Fill in the usual rest where nothing was said, or refuse one that asks too late."""
    until = terms.rest_until or on + timedelta(weeks=weeks)
    ask = terms.ask_again_on or min(on + ASK_AGAIN_WITHIN, until)
    if not on < ask <= on + ASK_AGAIN_WITHIN:
        latest = (on + ASK_AGAIN_WITHIN).isoformat()
        raise OutOfTime("a rest is asked about after it began, within 30 days", latest=latest)
    if not on < until <= on + REST_AT_MOST:
        latest = (on + REST_AT_MOST).isoformat()
        raise OutOfTime("a rest ends after it began, within a year", latest=latest)
    return Rest(until, ask)


def soft_hold_of(terms: Terms, *, on: date, days: int) -> date:
    """Return the day until which an asked place is shown as being asked."""
    until = terms.asked_until or on + timedelta(days=days)
    if not on <= until <= on + ASKED_AT_MOST:
        latest = (on + ASKED_AT_MOST).isoformat()
        raise OutOfTime("a host is given between that day and thirty days", latest=latest)
    return until


def held(status: Status, *, asked_until: date | None, holds_place: bool, on: date) -> Hold:
    """Say how the place stands on a day: a soft hold lapses, and a long rest may have lost it."""
    hold = HOLDS[status]
    if hold is Hold.SOFT and asked_until is not None and on > asked_until:
        return Hold.NONE
    if hold is Hold.FIRM and not holds_place:
        return Hold.NONE
    return hold
