"""The life of a placement, as one table. Pure: no database, no clock, no HTTP."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from service.refusals import Kind, Refusal


class Status(StrEnum):
    PROPOSED = "proposed"
    WANTED = "wanted"
    ASKED = "asked"
    AGREED = "agreed"
    TRYING = "trying"
    CONTINUING = "continuing"
    RESTING = "resting"
    ENDED = "ended"
    PASSED = "passed"
    SUPERSEDED = "superseded"


class Action(StrEnum):
    WANT = "want"
    ASK = "ask"
    HOST_ACCEPTS = "host_accepts"
    HOST_PASSES = "host_passes"
    AGREE = "agree"
    BEGIN = "begin"
    CONTINUE = "continue"
    REST = "rest"
    RETURN = "return"
    CHANGE_DOSE = "change_dose"
    STEP_UP = "step_up"
    STEP_BACK = "step_back"
    END = "end"
    PASS = "pass"  # noqa: S105 - the word for 見送り, not a password
    SUPERSEDE = "supersede"
    REOPEN = "reopen"


class Actor(StrEnum):
    CSW = "csw"
    COORDINATOR = "coordinator"
    HOST_LINK = "host_link"


class EndReason(StrEnum):
    """Why a placement ended; none of them is a failure."""

    MOVED_ON = "moved_on"
    BECAME_HELPER = "became_helper"
    JOB = "job"
    OWN_WAY = "own_way"
    PLACE_CLOSED = "place_closed"
    DID_NOT_FIT = "did_not_fit"
    HEALTH = "health"
    MOVED_AWAY = "moved_away"
    LOST_CONTACT = "lost_contact"
    WISH = "wish"


class Side(StrEnum):
    """Who a step back, a pass or an ending came from."""

    PERSON = "person"
    HOST = "host"
    TEAM = "team"


class Employment(StrEnum):
    """What kind of taking part was agreed (見学 体験 ボランティア 非雇用 雇用)."""

    LOOK = "look"
    TASTE = "taste"
    VOLUNTEER = "volunteer"
    NON_EMPLOYED = "non_employed"
    EMPLOYED = "employed"


class Hold(StrEnum):
    """Whether a placement keeps a place from others: not, shown as being asked, or counted."""

    NONE = "none"
    SOFT = "soft"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Move:
    start: Status
    action: Action
    end: Status
    by: frozenset[Actor]


_STAFF: Final = frozenset({Actor.CSW, Actor.COORDINATOR})
# A host answers over a link, or over the telephone to the staff who then write it down.
_HOST: Final = _STAFF | {Actor.HOST_LINK}

# A rest ends in two ways: `return` goes on as before, `begin` goes back to a trial. Both are
# right after any rest, so no earlier status has to be remembered and the table says it all.
# A placement that is opened again is proposed again: the person is asked anew.
MOVES: Final = (
    Move(Status.PROPOSED, Action.WANT, Status.WANTED, _STAFF),
    Move(Status.PROPOSED, Action.PASS, Status.PASSED, _STAFF),
    Move(Status.PROPOSED, Action.SUPERSEDE, Status.SUPERSEDED, _STAFF),
    Move(Status.WANTED, Action.ASK, Status.ASKED, _STAFF),
    Move(Status.WANTED, Action.AGREE, Status.AGREED, _STAFF),
    Move(Status.WANTED, Action.PASS, Status.PASSED, _STAFF),
    Move(Status.WANTED, Action.SUPERSEDE, Status.SUPERSEDED, _STAFF),
    Move(Status.ASKED, Action.ASK, Status.ASKED, _STAFF),
    Move(Status.ASKED, Action.HOST_ACCEPTS, Status.AGREED, _HOST),
    Move(Status.ASKED, Action.HOST_PASSES, Status.PASSED, _HOST),
    Move(Status.ASKED, Action.PASS, Status.PASSED, _STAFF),
    Move(Status.ASKED, Action.SUPERSEDE, Status.SUPERSEDED, _STAFF),
    Move(Status.AGREED, Action.AGREE, Status.AGREED, _STAFF),
    Move(Status.AGREED, Action.BEGIN, Status.TRYING, _STAFF),
    Move(Status.AGREED, Action.REST, Status.RESTING, _STAFF),
    Move(Status.AGREED, Action.PASS, Status.PASSED, _STAFF),
    Move(Status.AGREED, Action.SUPERSEDE, Status.SUPERSEDED, _STAFF),
    Move(Status.AGREED, Action.END, Status.ENDED, _STAFF),
    Move(Status.TRYING, Action.CONTINUE, Status.CONTINUING, _STAFF),
    Move(Status.TRYING, Action.CHANGE_DOSE, Status.TRYING, _STAFF),
    Move(Status.TRYING, Action.STEP_UP, Status.TRYING, _STAFF),
    Move(Status.TRYING, Action.STEP_BACK, Status.TRYING, _STAFF),
    Move(Status.TRYING, Action.REST, Status.RESTING, _STAFF),
    Move(Status.TRYING, Action.END, Status.ENDED, _STAFF),
    Move(Status.CONTINUING, Action.CHANGE_DOSE, Status.CONTINUING, _STAFF),
    Move(Status.CONTINUING, Action.STEP_UP, Status.CONTINUING, _STAFF),
    Move(Status.CONTINUING, Action.STEP_BACK, Status.CONTINUING, _STAFF),
    Move(Status.CONTINUING, Action.REST, Status.RESTING, _STAFF),
    Move(Status.CONTINUING, Action.END, Status.ENDED, _STAFF),
    Move(Status.RESTING, Action.RETURN, Status.CONTINUING, _STAFF),
    Move(Status.RESTING, Action.BEGIN, Status.TRYING, _STAFF),
    Move(Status.RESTING, Action.REST, Status.RESTING, _STAFF),
    Move(Status.RESTING, Action.STEP_BACK, Status.RESTING, _STAFF),
    Move(Status.RESTING, Action.END, Status.ENDED, _STAFF),
    Move(Status.ENDED, Action.REOPEN, Status.PROPOSED, _STAFF),
    Move(Status.PASSED, Action.REOPEN, Status.PROPOSED, _STAFF),
    Move(Status.SUPERSEDED, Action.REOPEN, Status.PROPOSED, _STAFF),
)

_MOVE: Final = {(move.start, move.action): move for move in MOVES}

HOLDS: Final[dict[Status, Hold]] = {
    Status.PROPOSED: Hold.NONE,
    Status.WANTED: Hold.NONE,
    Status.ASKED: Hold.SOFT,
    Status.AGREED: Hold.FIRM,
    Status.TRYING: Hold.FIRM,
    Status.CONTINUING: Hold.FIRM,
    Status.RESTING: Hold.FIRM,
    Status.ENDED: Hold.NONE,
    Status.PASSED: Hold.NONE,
    Status.SUPERSEDED: Hold.NONE,
}

# What is over may be opened again, and stands in nobody's way meanwhile.
CLOSED: Final = frozenset({Status.ENDED, Status.PASSED, Status.SUPERSEDED})


class NoSuchMove(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NotYourMove(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


def possible(status: Status, *, by: Actor) -> tuple[Action, ...]:
    """Return the moves that this actor may make from here, in the order of the table."""
    return tuple(move.action for move in MOVES if move.start == status and by in move.by)


def why_not(status: Status, action: Action, *, by: Actor) -> Refusal | None:
    """Say why the move is refused, or None when it is allowed. Pages hide the button with it."""
    move = _MOVE.get((status, action))
    if move is None:
        return NoSuchMove(
            f"a placement that is {status} cannot {action}",
            current=status,
            move=action,
            possible=list(possible(status, by=by)),
        )
    if by not in move.by:
        return NotYourMove(f"a {by} may not {action} a placement", move=action)
    return None


def advance(status: Status, action: Action, *, by: Actor) -> Status:
    """Return the status that follows, or raise the refusal."""
    if refusal := why_not(status, action, by=by):
        raise refusal
    return _MOVE[status, action].end
