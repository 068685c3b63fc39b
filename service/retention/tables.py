"""Rows of ends: support that ended, holds, requests, lists of disposal, and notes of erasures.

What points to a person here goes with the person. Lists and notes name their subject by a plain
id, so that they stay when it is gone.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.retention.rules import HoldReason, RecordClass


class SupportEnd(TenantRecord, table=True):
    """The day on which support for a person ended; taken back when it begins again."""

    __tablename__ = "support_end"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: UUID = Field(foreign_key="person.id")
    ended_on: date
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")


class LegalHold(TenantRecord, table=True):
    """Nothing of a person may go while one runs."""

    __tablename__ = "legal_hold"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    reason: HoldReason = Field(sa_type=words(HoldReason))
    until: date | None = None
    placed_at: datetime
    placed_by: UUID = Field(foreign_key="account.id")
    lifted_at: datetime | None = None
    lifted_by: UUID | None = Field(default=None, foreign_key="account.id")


class ErasureRequest(TenantRecord, table=True):
    """A person asked that what is kept of them goes."""

    __tablename__ = "erasure_request"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: UUID = Field(foreign_key="person.id")
    asked_on: date
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")


class DisposalList(TenantRecord, table=True):
    """What was due on a day, as one account drew it and another approved it."""

    __tablename__ = "disposal_list"

    due_on: date
    drawn_at: datetime
    drawn_by: UUID = Field(foreign_key="account.id")
    approved_at: datetime | None = None
    approved_by: UUID | None = Field(default=None, foreign_key="account.id")


class DisposalItem(TenantRecord, table=True):
    """One subject of a list; ``subject_id`` points nowhere, because the subject goes."""

    __tablename__ = "disposal_item"
    __table_args__ = (UniqueConstraint("list_id", "subject_id"),)

    list_id: UUID = Field(foreign_key="disposal_list.id", index=True)
    subject_id: UUID
    kind: RecordClass = Field(sa_type=words(RecordClass))
    due_since: date
    erased_at: datetime | None = None


class Erasure(TenantRecord, table=True):
    """A note that something was erased, and nothing of what it was."""

    subject_id: UUID = Field(index=True)
    kind: RecordClass = Field(sa_type=words(RecordClass))
    at: datetime
