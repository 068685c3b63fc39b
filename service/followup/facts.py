"""What follow-up is told: frozen facts of a placement, a person or a host. Pure."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias
from uuid import UUID

from service.placements.lifecycle import Side, Status


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
    """One open concern."""

    id: UUID
    side: Side
    raised_on: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was said with both sides, and what was answered without words."""

    person: tuple[Told, ...] = ()
    host: tuple[Told, ...] = ()
    left: tuple[Left, ...] = ()

    def told(self, side: Side) -> tuple[Told, ...]:
        return self.host if side is Side.HOST else self.person


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which a placement came to where it is; None where it did not."""

    proposed_on: date
    asked_on: date | None = None
    asked_until: date | None = None
    agreed_on: date | None = None
    first_on: date | None = None
    begun_on: date | None = None
    rested_on: date | None = None
    ask_again_on: date | None = None
    stepped_back_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    id: UUID
    person_id: UUID
    host_id: UUID
    status: Status
    days: Days
    ledger: Ledger = field(default_factory=Ledger)
    visits: tuple[Seen, ...] = ()
    worries: tuple[Worry, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """``at_home``: not met, or at home, and nothing is open that would carry the contact."""

    id: UUID
    known_since: date
    at_home: bool = False
    consent_until: date | None = None
    ledger: Ledger = field(default_factory=Ledger)
    worries: tuple[Worry, ...] = ()


@dataclass(frozen=True, slots=True)
class HostFacts:
    id: UUID
    known_since: date
    confirmed_on: date | None = None
    ledger: Ledger = field(default_factory=Ledger)
    worries: tuple[Worry, ...] = ()


Facts: TypeAlias = PlacementFacts | PersonFacts | HostFacts
