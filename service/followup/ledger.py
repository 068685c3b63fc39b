"""What was said, seen and raised, as far as follow-up is told of it. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.placements.lifecycle import Side


@dataclass(frozen=True, slots=True)
class Told:
    """One contact with one side. ``reached`` without ``answers``: they asked to wait."""

    on: date
    channel: str
    reached: bool = True
    answers: bool = True
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Why one due item left the queue without a contact; ``until`` None: it is not needed."""

    item_id: UUID
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit, as far as follow-up asks: never how often somebody was not there."""

    on: date
    took_part: bool = True
    well: bool = False
    hard: bool = False
    rested_without_word: bool = False
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class Worry:
    """One open concern; ``about`` the person it names, who decides who may see it."""

    id: UUID
    side: Side
    raised_on: date
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was said with both sides, and what was answered without words."""

    person: tuple[Told, ...] = ()
    host: tuple[Told, ...] = ()
    left: tuple[Left, ...] = ()

    def told(self, side: Side) -> tuple[Told, ...]:
        return self.host if side is Side.HOST else self.person
