"""The life of what a host may be shown, as one table; and who may let it go. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from catalogue.profiles import SharedWith
from service.refusals import Kind, Refusal


class Sort(StrEnum):
    """What a host is shown: an anonymous card, or the facts that a consent lists."""

    CARD = "card"
    PACKET = "packet"


class State(StrEnum):
    DRAFT = "draft"
    PREPARED = "prepared"
    RELEASED = "released"
    REFUSED = "refused"
    ENDED = "ended"


class Action(StrEnum):
    PREPARE = "prepare"
    RELEASE = "release"
    REFUSE = "refuse"
    END = "end"


class Part(StrEnum):
    """Who somebody is to a packet: whoever prepared it, and whoever may answer for it."""

    PREPARER = "preparer"
    DECIDER = "decider"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Move:
    start: State
    action: Action
    end: State
    by: frozenset[Part]


_ALL: Final = frozenset(Part)
_DECIDER: Final = frozenset({Part.DECIDER})

# A draft has no preparer yet. What was refused or has ended stays so: a new packet is made anew,
# from what is known then and for a consent that holds then.
MOVES: Final = (
    Move(State.DRAFT, Action.PREPARE, State.PREPARED, _ALL),
    Move(State.DRAFT, Action.END, State.ENDED, _ALL),
    Move(State.PREPARED, Action.RELEASE, State.RELEASED, _DECIDER),
    Move(State.PREPARED, Action.REFUSE, State.REFUSED, _DECIDER),
    Move(State.PREPARED, Action.END, State.ENDED, _ALL),
    Move(State.RELEASED, Action.END, State.ENDED, _ALL),
)
_MOVE: Final = {(move.start, move.action): move for move in MOVES}

# What is over by itself once the consent no longer holds or the last day has passed.
OPEN: Final = frozenset({State.DRAFT, State.PREPARED, State.RELEASED})


class NoSuchMove(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NotYourMove(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Hands:
    """Who asks, whose the person is, who prepared the packet, and whether it takes two people."""

    caller: UUID
    owner: UUID
    preparer: UUID | None
    two_people: bool = True

    @property
    def part(self) -> Part:
        """Say who the caller is: the person's own worker decides, or anybody on what they prepared.

        Where it takes two people, nobody decides on what they prepared themselves.
        """
        own = self.caller == self.preparer
        concerned = self.owner in (self.caller, self.preparer)
        if concerned and not (own and self.two_people):
            return Part.DECIDER
        return Part.PREPARER if own else Part.OTHER


def possible(state: State, hands: Hands) -> tuple[Action, ...]:
    """Return the moves that the caller may make from here, in the order of the table."""
    return tuple(move.action for move in MOVES if move.start == state and hands.part in move.by)


def why_not(state: State, action: Action, hands: Hands) -> Refusal | None:
    """Say why the move is refused, or None when it is allowed. Pages hide the button with it."""
    move = _MOVE.get((state, action))
    if move is None:
        return NoSuchMove(
            f"a packet that is {state} cannot {action}",
            current=state,
            move=action,
            possible=list(possible(state, hands)),
        )
    if hands.part not in move.by:
        return NotYourMove(
            f"somebody else has to {action} this: the person's own worker, or, where that one "
            "prepared it, a colleague",
            move=action,
        )
    return None


def advance(state: State, action: Action, hands: Hands) -> State:
    """Return the state that follows, or raise the refusal."""
    if refusal := why_not(state, action, hands):
        raise refusal
    return _MOVE[state, action].end


def seen_as(state: State, *, holds: bool, until: date | None, on: date) -> State:
    """Return the state as it is read on a day: without its consent, or late, it has ended."""
    over = not holds or (until is not None and until < on)
    return State.ENDED if over and state in OPEN else state


def earliest(*days: date | None) -> date | None:
    """Return the first of the days that are given; None where none is."""
    return min((day for day in days if day is not None), default=None)


def is_for(circle: SharedWith, named: UUID | None, host_id: UUID) -> bool:
    """Say whether a consent with this circle and host lets this host know anything."""
    return circle is SharedWith.HOSTS and named in (None, host_id)


def only(fields: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the fields of a consent in the order of the table that knows them."""
    return tuple(field for field in known if field in fields)
