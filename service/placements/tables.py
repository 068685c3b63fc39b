"""Placement rows: where each one is now, and every move it made."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from catalogue.record import DOCUMENT, words
from service.encryption.columns import Sealed, SealedRecord
from service.placements.lifecycle import Action, Actor, Employment, EndReason, Side, Status


class Placement(SealedRecord, table=True):
    """Person and activity. ``status`` is the cached end of the moves; what was agreed is here."""

    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        Index(
            "uq_placement_open",
            "person_id",
            "slot_id",
            unique=True,
            postgresql_where=text("status NOT IN ('ended','passed','superseded')"),
            sqlite_where=text("status NOT IN ('ended','passed','superseded')"),
        ),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    activity_id: UUID = Field(foreign_key="activity.id", index=True)
    slot_id: UUID = Field(foreign_key="slot.id", index=True)
    suggestion_id: UUID | None = Field(default=None, foreign_key="suggestion.id")
    owner_id: UUID = Field(foreign_key="account.id", index=True)
    status: Status = Field(default=Status.PROPOSED, sa_type=words(Status), index=True)
    holds_place: bool = False
    proposed_on: date
    own_words: Sealed[str] = Sealed(str)
    override_reason: Sealed[str] = Sealed(str)
    asked_until: date | None = None
    first_on: date | None = None
    minutes: int | None = None
    dose: Sealed[str] = Sealed(str)
    companion: Sealed[str] = Sealed(str)
    may_tell: list[str] = Field(default_factory=list, sa_type=DOCUMENT)
    kind: Employment | None = Field(default=None, sa_type=words(Employment))
    insured: bool | None = None
    rest_until: date | None = None
    ask_again_on: date | None = None
    end_reason: EndReason | None = Field(default=None, sa_type=words(EndReason))
    end_side: Side | None = Field(default=None, sa_type=words(Side))
    version: int = 1


class PlacementMove(SealedRecord, table=True):
    """One move: when it happened, and when it was recorded. Never changed, only followed."""

    __tablename__ = "placement_move"
    __table_args__ = (UniqueConstraint("placement_id", "position"),)

    person_id: UUID = Field(foreign_key="person.id", index=True)
    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    position: int
    action: Action = Field(sa_type=words(Action))
    from_status: Status = Field(sa_type=words(Status, "from_status"))
    to_status: Status = Field(sa_type=words(Status, "to_status"))
    actor: Actor = Field(sa_type=words(Actor))
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    occurred_on: date
    recorded_at: datetime
    note: Sealed[str] = Sealed(str)
    details: Sealed[dict[str, Any]] = Sealed(dict[str, Any])


class HandOver(SealedRecord, table=True):
    """One person, or everybody of somebody who leaves, was given to another worker.

    ``note`` speaks of one person and is sealed with their key. ``message`` goes with everybody
    and comes from an admin, who sees nobody: it is for the colleague, not about people.
    """

    __tablename__ = "hand_over"

    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    before_id: UUID = Field(foreign_key="account.id", index=True)
    to_id: UUID = Field(foreign_key="account.id", index=True)
    people: int
    placements: int
    message: str = Field(default="", max_length=500)
    note: Sealed[str] = Sealed(str)
    handed_at: datetime
    handed_by: UUID = Field(foreign_key="account.id")


class MoveCorrection(SealedRecord, table=True):
    """What is known better of one move: its day and its note. The last one counts."""

    __tablename__ = "move_correction"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    move_id: UUID = Field(foreign_key="placement_move.id", index=True)
    occurred_on: date
    note: Sealed[str] = Sealed(str)
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
