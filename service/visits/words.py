"""The words for a visit and for how it felt, without blame."""

from enum import StrEnum
from typing import Final

from service.languages.ours import ours


class Outcome(StrEnum):
    CAME = "came"
    WAS_THERE = "was_there"
    LEFT_EARLY = "left_early"
    RESTED = "rested"
    HOST_CANCELLED = "host_cancelled"
    COMPANION_UNAVAILABLE = "companion_unavailable"
    MOVED = "moved"
    UNKNOWN = "unknown"


class Feeling(StrEnum):
    OK = "ok"
    TIRED = "tired"
    HARD = "hard"
    UNKNOWN = "unknown"


class Notice(StrEnum):
    TOLD = "told"
    NOT_TOLD = "not_told"
    UNKNOWN = "unknown"


OUTCOME_WORDS: Final[dict[Outcome, str]] = ours(
    {
        Outcome.CAME: "参加した",
        Outcome.WAS_THERE: "いるだけでいられた",
        Outcome.LEFT_EARLY: "早めに帰った",
        Outcome.RESTED: "休んだ",
        Outcome.HOST_CANCELLED: "受け入れ先の都合でなくなった",
        Outcome.COMPANION_UNAVAILABLE: "付きそいの都合でなくなった",
        Outcome.MOVED: "日を変えた",
        Outcome.UNKNOWN: "まだ分からない",
    }
)

FEELING_WORDS: Final[dict[Feeling, str]] = ours(
    {
        Feeling.OK: "だいじょうぶ",
        Feeling.TIRED: "つかれた",
        Feeling.HARD: "つらかった",
        Feeling.UNKNOWN: "まだ分からない",
    }
)

# A rest is told of beforehand, or it is not: both are a rest, and nobody asks why.
NOTICE_WORDS: Final[dict[Notice, str]] = ours(
    {
        Notice.TOLD: "前に知らせがあった",
        Notice.NOT_TOLD: "知らせはなかった",
        Notice.UNKNOWN: "まだ分からない",
    }
)
SAID_BEFORE: Final[dict[Notice, bool | None]] = {
    Notice.TOLD: True,
    Notice.NOT_TOLD: False,
    Notice.UNKNOWN: None,
}

# Whether somebody was there: only then are there minutes and pieces to write down.
TOOK_PART: Final[dict[Outcome, bool]] = {
    Outcome.CAME: True,
    Outcome.WAS_THERE: True,
    Outcome.LEFT_EARLY: True,
    Outcome.RESTED: False,
    Outcome.HOST_CANCELLED: False,
    Outcome.COMPANION_UNAVAILABLE: False,
    Outcome.MOVED: False,
    Outcome.UNKNOWN: False,
}

# What may be known before the day: a rest with notice, a cancelled or a moved day.
KNOWN_BEFORE: Final = frozenset(
    {
        Outcome.RESTED,
        Outcome.HOST_CANCELLED,
        Outcome.COMPANION_UNAVAILABLE,
        Outcome.MOVED,
    }
)
