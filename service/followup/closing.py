"""What a placement is owed now, and what it would be owed once it is over."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from service.followup.cadence import STANDARD, Cadence
from service.followup.facts import PlacementFacts
from service.followup.office import rhythm
from service.followup.rules import owed
from service.followup.upkeep import facts_of
from service.followup.windows import Due
from service.placements.lifecycle import Status


@dataclass(frozen=True, slots=True)
class Turn:
    """Which contacts fall away when a placement is over, and which are asked in their place."""

    falls_away: tuple[Due, ...]
    remains: tuple[Due, ...]


def turn_of(
    session: Session, municipality_id: UUID, placement_id: UUID, status: Status, *, on: date
) -> Turn:
    """Compare what a placement that was seen is owed now and would be owed if it were over."""
    facts = facts_of(session, placement_id)
    return turn(facts, status, on, cadence=rhythm(session, municipality_id, on=on).cadence)


def turn(facts: PlacementFacts, status: Status, on: date, *, cadence: Cadence = STANDARD) -> Turn:
    """Compare what is owed now with what would be owed if it were over on a day."""
    over = replace(facts, status=status, days=replace(facts.days, closed_on=on))
    after = owed(over, cadence)
    kept = {due.id for due in after}
    return Turn(tuple(due for due in owed(facts, cadence) if due.id not in kept), after)
