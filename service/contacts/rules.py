"""The words of contacts, and on which days they can have been. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from service.refusals import Kind, Refusal


class Channel(StrEnum):
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    MESSAGE = "message"
    LETTER = "letter"
    FAX = "fax"
    FAMILY = "family"


class Direction(StrEnum):
    """受信 or 発信: whether it came in or went out."""

    RECEIVED = "received"
    SENT = "sent"


class Result(StrEnum):
    TALKED = "talked"
    SAW = "saw"
    LETTER = "letter"
    THROUGH_FAMILY = "through_family"
    NOT_REACHED = "not_reached"
    ASKED_TO_WAIT = "asked_to_wait"
    NOT_NEEDED = "not_needed"


CHANNEL_WORDS: Final[dict[Channel, str]] = {
    Channel.CALL: "電話",
    Channel.VISIT: "訪問",
    Channel.MEETING: "面談",
    Channel.MESSAGE: "メッセージ",
    Channel.LETTER: "手紙",
    Channel.FAX: "ファクス",
    Channel.FAMILY: "家族を通して",
}

DIRECTION_WORDS: Final[dict[Direction, str]] = {
    Direction.RECEIVED: "受信",
    Direction.SENT: "発信",
}

RESULT_WORDS: Final[dict[Result, str]] = {
    Result.TALKED: "話せた",
    Result.SAW: "会えた",
    Result.LETTER: "手紙を届けた",
    Result.THROUGH_FAMILY: "家族から聞いた",
    Result.NOT_REACHED: "つながらなかった",
    Result.ASKED_TO_WAIT: "待ってほしいと言われた",
    Result.NOT_NEEDED: "今は要らない",
}

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
