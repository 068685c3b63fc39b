"""What a host may answer to what, and what an answer has to say. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from service.hosts.rules import LinkPurpose
from service.placements.lifecycle import CLOSED, Status
from service.refusals import Kind, Refusal


class Answer(StrEnum):
    CAN = "can"
    OTHER_DAY = "other_day"
    NOT_NOW = "not_now"
    REST = "rest"
    FEWER = "fewer"
    FINE = "fine"
    TROUBLED = "troubled"
    CONFIRMED = "confirmed"
    YES = "yes"
    NO = "no"
    TALK = "talk"


class Upshot(StrEnum):
    """What came of an answer: the placement moved, it was noted, or it is left for a person."""

    MOVED = "moved"
    NOTED = "noted"
    LEFT = "left"


# What may be answered to what. A card and a packet are there to be looked at, and what is
# registered is written on pages of its own.
ANSWERS: Final[dict[LinkPurpose, tuple[Answer, ...]]] = {
    LinkPurpose.CARD: (),
    LinkPurpose.PACKET: (),
    LinkPurpose.BEFORE: (
        Answer.CAN,
        Answer.OTHER_DAY,
        Answer.NOT_NOW,
        Answer.REST,
        Answer.FEWER,
    ),
    LinkPurpose.AFTER: (Answer.FINE, Answer.TROUBLED),
    LinkPurpose.OWN: (Answer.CONFIRMED, Answer.REST, Answer.FEWER),
    LinkPurpose.QUESTION: (Answer.YES, Answer.NO, Answer.TALK),
    LinkPurpose.REGISTER: (),
}
# A rest without an end would be forgotten by everybody.
REST_AT_MOST: Final = timedelta(days=366)
PEOPLE_TOP: Final = 100
REMARK_TOP: Final = 500

# Before the host was asked there is nothing to answer, and afterwards there is nothing to ask.
ASKABLE: Final = frozenset(Status) - CLOSED - {Status.PROPOSED, Status.WANTED}
VISITED: Final = ASKABLE - {Status.ASKED} | {Status.ENDED}


class UnfitAnswer(Refusal):
    kind: ClassVar = Kind.MALFORMED


class AnsweredOtherwise(Refusal):
    """Something else was answered first; the office changes it by telephone."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer as it was given; ``until`` goes with a rest, ``people`` with fewer."""

    answer: Answer
    until: date | None = None
    people: int | None = None
    remark: str = ""


def unfit(purpose: LinkPurpose, said: Said, *, today: date) -> Refusal | None:
    """Say why this is no answer to what was asked."""
    if said.answer not in ANSWERS[purpose]:
        return UnfitAnswer(f"{said.answer} answers nothing here", possible=list(ANSWERS[purpose]))
    if (said.answer is Answer.REST) is (said.until is None):
        return UnfitAnswer("until goes with rest, and only there", field="until")
    if said.until is not None and not today < said.until <= today + REST_AT_MOST:
        return UnfitAnswer("a rest ends after today and within a year", field="until")
    if (said.answer is Answer.FEWER) is (said.people is None):
        return UnfitAnswer("people goes with fewer, and only there", field="people")
    return None
