"""What visits look like over HTTP."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Text
from service.placements.lifecycle import Side
from service.visits.rules import Report
from service.visits.words import Feeling, Outcome


class VisitIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    placement_id: UUID
    occurred_on: date
    outcome: Outcome
    with_notice: bool | None = None
    moved_by: Side | None = None
    minutes: int | None = Field(default=None, ge=0, le=1440)
    pieces: int | None = Field(default=None, ge=0, le=100_000)
    feeling: Feeling = Feeling.UNKNOWN
    small_change: Text = Field(default="", max_length=1000)
    note: Text = Field(default="", max_length=2000)
    corrects_id: UUID | None = None

    @property
    def report(self) -> Report:
        told = self.model_dump(exclude={"placement_id", "corrects_id", "moved_by"})
        return Report(**told, moved_by=self.moved_by or "")


class VisitOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    placement_id: UUID
    occurred_on: date
    recorded_at: datetime
    recorded_by: UUID
    outcome: Outcome
    with_notice: bool | None
    moved_by: str
    minutes: int | None
    pieces: int | None
    feeling: Feeling
    small_change: str
    note: str
    corrects_id: UUID | None
