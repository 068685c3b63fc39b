"""Suggestion rows: one round of matching for a person, and each activity it proposed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord, words


class Tier(StrEnum):
    FITS = "fits"
    ADAPTABLE = "adaptable"
    ASK_HOST = "ask_host"


class Round(TenantRecord, table=True):
    """One answer of the matching, with the facts it rested on: they are kept as they were."""

    __tablename__ = "suggestion_round"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    assessment_id: UUID | None = Field(default=None, foreign_key="assessment.id")
    asked_by: UUID = Field(foreign_key="account.id")
    computed_at: datetime
    as_of: date
    catalogue_revision: int
    weights_version: str = Field(max_length=32)
    held: str | None = Field(default=None, max_length=1000)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=DOCUMENT)
    excluded: list[dict[str, Any]] = Field(default_factory=list, sa_type=DOCUMENT)


class Suggestion(TenantRecord, table=True):
    """An activity proposed for a person, as computed at a moment; its terms as they were then."""

    __table_args__ = (UniqueConstraint("round_id", "activity_id"),)

    round_id: UUID = Field(foreign_key="suggestion_round.id", index=True)
    activity_id: UUID = Field(foreign_key="activity.id", index=True)
    tier: Tier = Field(sa_type=words(Tier))
    position: int
    score: float
    content: dict[str, Any] = Field(sa_type=DOCUMENT)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=DOCUMENT)
