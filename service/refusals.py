"""Why the service says no. Rules and actions raise these; only the app knows HTTP."""

from enum import StrEnum
from typing import Any, ClassVar


class Kind(StrEnum):
    UNKNOWN_CALLER = "unknown_caller"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    CONFLICT = "conflict"
    UNSEEN = "unseen"
    STALE = "stale"
    MALFORMED = "malformed"
    TOO_OFTEN = "too_often"
    UNAVAILABLE = "unavailable"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A clear no. ``facts`` go into the answer beside the sentence; never personal data."""

    kind: ClassVar[Kind]

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(sentence)
        self.facts = facts
