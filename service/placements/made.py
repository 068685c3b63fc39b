"""A move as it is told now: as it was written down, or as the last correction of it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from service.placements.lifecycle import Action, Actor, Status
from service.placements.tables import MoveCorrection, PlacementMove


@dataclass(frozen=True, slots=True)
class Made:
    """The row stays as it is; a correction is a row of its own, and the last one counts."""

    row: PlacementMove
    correction: MoveCorrection | None = None

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def placement_id(self) -> UUID:
        return self.row.placement_id

    @property
    def position(self) -> int:
        return self.row.position

    @property
    def action(self) -> Action:
        return self.row.action

    @property
    def from_status(self) -> Status:
        return self.row.from_status

    @property
    def to_status(self) -> Status:
        return self.row.to_status

    @property
    def actor(self) -> Actor:
        return self.row.actor

    @property
    def account_id(self) -> UUID | None:
        return self.row.account_id

    @property
    def recorded_at(self) -> datetime:
        return self.row.recorded_at

    @property
    def details(self) -> Mapping[str, Any]:
        return self.row.details

    @property
    def occurred_on(self) -> date:
        """Return the day on which it happened, as it is told now."""
        return self.correction.occurred_on if self.correction else self.row.occurred_on

    @property
    def note(self) -> str:
        """Return the note, as it is told now."""
        return self.correction.note if self.correction else self.row.note

    @property
    def corrected_at(self) -> datetime | None:
        return self.correction.recorded_at if self.correction else None

    @property
    def first_told_on(self) -> date | None:
        """Return the day that was written down at first, where it was corrected."""
        return self.row.occurred_on if self.correction else None
