"""Visit rows: one dated participation each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.visits.rules import Feeling, Outcome

__all__ = ["Feeling", "Outcome", "Visit"]


class Visit(TenantRecord, table=True):
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes"),
        CheckConstraint("pieces IS NULL OR pieces >= 0", name="pieces"),
    )

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    occurred_on: date = Field(index=True)
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    outcome: Outcome = Field(sa_type=words(Outcome))
    with_notice: bool | None = None
    moved_by: str = Field(default="", max_length=32)
    minutes: int | None = None
    pieces: int | None = None
    feeling: Feeling = Field(default=Feeling.UNKNOWN, sa_type=words(Feeling))
    small_change: str = Field(default="", max_length=1000)
    note: str = Field(default="", max_length=2000)
    corrects_id: UUID | None = Field(default=None, foreign_key="visit.id")
