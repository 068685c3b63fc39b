"""What concerns look like over HTTP."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Text
from service.contacts.schemas import SubjectIn
from service.placements.lifecycle import Side


class ConcernIn(SubjectIn):
    side: Side
    words: Text = Field(min_length=1, max_length=2000)
    raised_on: date | None = Field(default=None, description="Left out: today.")


class ConcernOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID | None
    host_id: UUID | None
    placement_id: UUID | None
    side: Side
    words: str
    raised_on: date
    recorded_at: datetime
    settled_on: date | None
    settlement: str


class SettlementIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    settlement: Text = Field(min_length=1, max_length=2000)
    settled_on: date | None = Field(default=None, description="Left out: today.")
