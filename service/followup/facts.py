"""What follow-up is told of a placement, a person or a host, frozen. Pure."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias
from uuid import UUID

from service.followup.ledger import Ledger, Seen, Worry
from service.placements.lifecycle import Status


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
