"""What may become of a registration, and what it has to say before it is one. Pure."""

from enum import StrEnum
from typing import ClassVar, Final

from service.refusals import Kind, Refusal


class State(StrEnum):
    """Where a registration stands: nothing of it is offered to anybody before it is accepted."""

    WRITING = "writing"
    SENT = "sent"
    ASKED_BACK = "asked_back"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Move(StrEnum):
    WRITE = "write"
    SEND = "send"
    ASK_BACK = "ask_back"
    ACCEPT = "accept"
    DECLINE = "decline"


class Section(StrEnum):
    """One small screen of the form; the order is that of the screens."""

    WHAT = "what"
    WHEN = "when"
    WHO = "who"
    CARE = "care"


OPEN: Final = frozenset({State.WRITING, State.SENT, State.ASKED_BACK})
# From where a move may be made, and where it leads; None: it stays where it is.
MOVES: Final[dict[Move, tuple[frozenset[State], State | None]]] = {
    Move.WRITE: (OPEN, None),
    Move.SEND: (OPEN, State.SENT),
    Move.ASK_BACK: (frozenset({State.SENT, State.ASKED_BACK}), State.ASKED_BACK),
    Move.ACCEPT: (OPEN, State.ACCEPTED),
    Move.DECLINE: (OPEN, State.DECLINED),
}
WORD_TOP: Final = 500


class Settled(Refusal):
    """Somebody accepted or declined it; what is offered now is changed at the activity."""

    kind: ClassVar = Kind.CONFLICT


class Unfinished(Refusal):
    """Something has to be said first; ``fields`` names what."""

    kind: ClassVar = Kind.CONFLICT


class WordMissing(Refusal):
    """Whoever asks back or declines says why: the host reads it."""

    kind: ClassVar = Kind.MALFORMED


def after(state: State, move: Move) -> State:
    """Return where a move leads.

    Raises:
        Settled: it may not be made from here.

    """
    allowed, leads_to = MOVES[move]
    if state not in allowed:
        raise Settled(f"a registration that is {state} takes no {move}")
    return leads_to or state
