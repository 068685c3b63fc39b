"""Visit rows: one dated participation each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from catalogue.record import words
from service.encryption.columns import Sealed, SealedRecord
from service.visits.words import Feeling, Outcome

__all__ = ["Feeling", "Outcome", "Visit"]


class Visit(SealedRecord, table=True):
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes"),
        CheckConstraint("pieces IS NULL OR pieces >= 0", name="pieces"),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
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
    small_change: Sealed[str] = Sealed(str)
    note: Sealed[str] = Sealed(str)
    corrects_id: UUID | None = Field(default=None, foreign_key="visit.id", index=True)
