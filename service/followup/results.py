"""What may be said along with a result, and when a row may not be left. Pure but for its words."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from service.contacts.tables import Channel, Direction, Result
from service.refusals import Kind, Refusal


class Leaves(StrEnum):
    """What a result does to its row."""

    ANSWERED = "answered"
    DEFERRED = "deferred"
    NOT_NEEDED = "not_needed"
    STAYS = "stays"


LEAVES: Final[dict[Result, Leaves]] = {
    Result.TALKED: Leaves.ANSWERED,
    Result.SAW: Leaves.ANSWERED,
    Result.LETTER: Leaves.ANSWERED,
    Result.THROUGH_FAMILY: Leaves.ANSWERED,
    Result.NOT_REACHED: Leaves.STAYS,
    Result.ASKED_TO_WAIT: Leaves.DEFERRED,
    Result.NOT_NEEDED: Leaves.NOT_NEEDED,
}


# Whoever is put off for longer is not waited for: that is "not needed", with its reason.
FURTHEST: Final = timedelta(days=366)


class UnfitResult(Refusal):
    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one try. ``until`` and ``why`` belong to asking to wait; ``why`` to no need."""

    result: Result
    channel: Channel
    direction: Direction = Direction.SENT
    occurred_on: date
    what: str = ""
    intention: str = ""
    small_change: str = ""
    next_on: date | None = None
    until: date | None = None
    why: str = ""


def unfit(outcome: Outcome, *, today: date) -> Refusal | None:
    """Say what is missing or does not belong: a row is never left without a reason."""
    waits = outcome.result is Result.ASKED_TO_WAIT
    leaves = waits or outcome.result is Result.NOT_NEEDED
    if leaves and not outcome.why.strip():
        return UnfitResult("please say why this row leaves the queue", field="why")
    if waits and (outcome.until is None or outcome.until <= today):
        return UnfitResult("please name a later day until which to wait", field="until")
    if waits and outcome.until is not None and outcome.until > today + FURTHEST:
        latest = (today + FURTHEST).isoformat()
        return UnfitResult("please wait a year at most", field="until", latest=latest)
    if outcome.until is not None and not waits:
        return UnfitResult("until goes with asked_to_wait only", field="until")
    if outcome.why and not leaves:
        return UnfitResult("why goes with asked_to_wait and not_needed only", field="why")
    return None


def leaves(outcome: Outcome, *, opens: date) -> Leaves:
    """Say what becomes of the row; what was before its window answers something else."""
    found = LEAVES[outcome.result]
    if found is Leaves.ANSWERED and outcome.occurred_on < opens:
        return Leaves.STAYS
    return found
