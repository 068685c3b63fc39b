"""The words of contacts."""

from enum import StrEnum
from typing import Final

from service.languages.ours import ours


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


CHANNEL_WORDS: Final[dict[Channel, str]] = ours(
    {
        Channel.CALL: "電話",
        Channel.VISIT: "訪問",
        Channel.MEETING: "面談",
        Channel.MESSAGE: "メッセージ",
        Channel.LETTER: "手紙",
        Channel.FAX: "ファクス",
        Channel.FAMILY: "家族を通して",
    }
)

DIRECTION_WORDS: Final[dict[Direction, str]] = ours(
    {
        Direction.RECEIVED: "受信",
        Direction.SENT: "発信",
    }
)

RESULT_WORDS: Final[dict[Result, str]] = ours(
    {
        Result.TALKED: "話せた",
        Result.SAW: "会えた",
        Result.LETTER: "手紙を届けた",
        Result.THROUGH_FAMILY: "家族から聞いた",
        Result.NOT_REACHED: "つながらなかった",
        Result.ASKED_TO_WAIT: "待ってほしいと言われた",
        Result.NOT_NEEDED: "今は要らない",
    }
)
