"""Suggestion rows: one round of matching for a person, and each activity it proposed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from catalogue.record import words
from service.encryption.columns import Sealed, SealedRecord


class Tier(StrEnum):
    FITS = "fits"
    ADAPTABLE = "adaptable"
    ASK_HOST = "ask_host"


class OwnAnswer(StrEnum):
    """What somebody said of an activity that was shown to them; nobody says it for them."""

    LOOK = "look"
    NOT_NOW = "not_now"


class Round(SealedRecord, table=True):
    """One answer of the matching, with the facts it rested on: they are kept as they were."""

    __tablename__ = "suggestion_round"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    assessment_id: UUID | None = Field(default=None, foreign_key="assessment.id")
    asked_by: UUID = Field(foreign_key="account.id")
    computed_at: datetime
    as_of: date
    catalogue_revision: int
    weights_version: str = Field(max_length=32)
    held: Sealed[str | None] = Sealed(str, default=None)
    facts: Sealed[dict[str, Any]] = Sealed(dict[str, Any])
    excluded: Sealed[list[dict[str, Any]]] = Sealed(list[dict[str, Any]])


class Suggestion(SealedRecord, table=True):
    """An activity proposed for a person, as computed at a moment; its terms as they were then."""

    __table_args__ = (UniqueConstraint("round_id", "activity_id"),)

    person_id: UUID = Field(foreign_key="person.id", index=True)
    round_id: UUID = Field(foreign_key="suggestion_round.id", index=True)
    activity_id: UUID = Field(foreign_key="activity.id", index=True)
    tier: Tier = Field(sa_type=words(Tier))
    position: int
    score: float
    content: Sealed[dict[str, Any]] = Sealed(dict[str, Any])
    facts: Sealed[dict[str, Any]] = Sealed(dict[str, Any])
    shown_at: datetime | None = None
    own_answer: OwnAnswer | None = Field(default=None, sa_type=words(OwnAnswer))
    answered_at: datetime | None = None
