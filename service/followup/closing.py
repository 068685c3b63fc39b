"""What a placement is owed now, and what it would be owed once it is over."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.followup.cadence import STANDARD, Cadence
from service.followup.facts import PlacementFacts
from service.followup.gathering import gathered, shelved
from service.followup.repository import Scope, material_of
from service.followup.rules import owed
from service.followup.windows import Due
from service.placements.lifecycle import Status


@dataclass(frozen=True, slots=True)
class Turn:
    """Which contacts fall away when a placement is over, and which are asked in their place."""

    falls_away: tuple[Due, ...]
    remains: tuple[Due, ...]


def facts_of(session: Session, staff: Staff, placement_id: UUID) -> PlacementFacts | None:
    """Return the facts of one placement with whose person the caller may work."""
    material = material_of(session, Scope(staff))
    found = gathered(material, shelved(material))
    return next(
        (each for each in found if isinstance(each, PlacementFacts) and each.id == placement_id),
        None,
    )


def turn(facts: PlacementFacts, status: Status, on: date, *, cadence: Cadence = STANDARD) -> Turn:
    """Compare what is owed now with what would be owed if it were over on a day."""
    over = replace(facts, status=status, days=replace(facts.days, closed_on=on))
    after = owed(over, cadence)
    kept = {due.id for due in after}
    return Turn(tuple(due for due in owed(facts, cadence) if due.id not in kept), after)
