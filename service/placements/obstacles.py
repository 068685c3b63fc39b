"""What stands in the way of a proposal or a move, and what judgement may override. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, Final

from service.placements.lifecycle import Action
from service.refusals import Kind, Refusal


class Obstacle(StrEnum):
    PAUSED = "proposals_paused"
    NOT_MET = "not_met"
    NOT_ASSESSED = "not_assessed"
    ACTIVITY_CLOSED = "activity_closed"
    HOST_RESTING = "host_resting"
    HOST_HAS_ENOUGH = "host_has_enough"
    COOLING_OFF = "cooling_off"
    ALREADY_OPEN = "already_open"
    NO_PLACE = "no_place"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OTHER_SLOT = "other_slot"


SENTENCES: Final[dict[Obstacle, str]] = {
    Obstacle.PAUSED: "proposals to this person are paused",
    Obstacle.NOT_MET: "nobody has met this person yet",
    Obstacle.NOT_ASSESSED: "there is no assessment yet",
    Obstacle.ACTIVITY_CLOSED: "the activity is closed",
    Obstacle.HOST_RESTING: "the host is resting",
    Obstacle.HOST_HAS_ENOUGH: "the host has as many people as it said that it takes",
    Obstacle.COOLING_OFF: "this was tried or passed a short while ago",
    Obstacle.ALREADY_OPEN: "there is an open placement for this person and slot",
    Obstacle.NO_PLACE: "no place is left",
    Obstacle.CONSENT_WITHDRAWN: "the person has withdrawn consent",
    # Somebody is there from whom they are kept apart; the sentence names nobody and no reason.
    Obstacle.OTHER_SLOT: "this slot is not for this person at present; another one may be",
}

# Judgement may go before these, if it says why; never before the others.
OVERRIDABLE: Final = frozenset({Obstacle.NOT_MET, Obstacle.NOT_ASSESSED, Obstacle.COOLING_OFF})

BEFORE_PROPOSING: Final = (
    Obstacle.PAUSED,
    Obstacle.NOT_MET,
    Obstacle.NOT_ASSESSED,
    Obstacle.ACTIVITY_CLOSED,
    Obstacle.COOLING_OFF,
    Obstacle.ALREADY_OPEN,
    Obstacle.OTHER_SLOT,
)
BEFORE: Final[dict[Action, tuple[Obstacle, ...]]] = dict.fromkeys(Action, ()) | {
    Action.ASK: (
        Obstacle.PAUSED,
        Obstacle.ACTIVITY_CLOSED,
        Obstacle.HOST_RESTING,
        Obstacle.HOST_HAS_ENOUGH,
        Obstacle.OTHER_SLOT,
    ),
    Action.HOST_ACCEPTS: (Obstacle.ACTIVITY_CLOSED, Obstacle.OTHER_SLOT),
    Action.AGREE: (Obstacle.ACTIVITY_CLOSED, Obstacle.OTHER_SLOT),
    Action.REOPEN: (
        Obstacle.PAUSED,
        Obstacle.ACTIVITY_CLOSED,
        Obstacle.COOLING_OFF,
        Obstacle.ALREADY_OPEN,
        Obstacle.NO_PLACE,
        Obstacle.CONSENT_WITHDRAWN,
        Obstacle.OTHER_SLOT,
    ),
}


class Hindered(Refusal):
    """Something stands in the way; ``obstacles`` names each."""

    kind: ClassVar = Kind.CONFLICT


def hindrance(
    checks: Iterable[Obstacle], present: frozenset[Obstacle], *, reason: str
) -> Refusal | None:
    """Say what stands in the way; a reason sets aside what judgement may override."""
    left = [o for o in checks if o in present and not (reason.strip() and o in OVERRIDABLE)]
    if not left:
        return None
    hint = [o for o in left if o in OVERRIDABLE]
    ending = " (override_reason may say why to go on)" if hint == left else ""
    sentence = "; ".join(SENTENCES[obstacle] for obstacle in left) + ending
    return Hindered(sentence, obstacles=left, overridable=hint)
