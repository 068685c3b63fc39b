"""What a contact tells, whether it reached somebody, and on which days it can have been. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from service.contacts.words import Channel, Direction, Result
from service.refusals import Kind, Refusal

# Whether somebody was reached: only then is what was due answered.
REACHED: Final[dict[Result, bool]] = {
    Result.TALKED: True,
    Result.SAW: True,
    Result.LETTER: True,
    Result.THROUGH_FAMILY: True,
    Result.NOT_REACHED: False,
    Result.ASKED_TO_WAIT: True,
    Result.NOT_NEEDED: False,
}


class UnfitContact(Refusal):
    kind: ClassVar = Kind.MALFORMED


class NotYet(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was done, and what it was meant to bring about (動きとその意図)."""

    occurred_on: date
    channel: Channel
    direction: Direction
    result: Result
    what: str = ""
    intention: str = ""
    small_change: str = ""
    next_on: date | None = None


def mistimed(story: Story, *, today: date) -> Refusal | None:
    """Say why these days cannot be."""
    if story.occurred_on > today:
        latest = today.isoformat()
        return NotYet("what has not happened yet cannot be recorded", latest=latest)
    if story.next_on is not None and story.next_on < story.occurred_on:
        return UnfitContact("the next date lies before this contact")
    return None
