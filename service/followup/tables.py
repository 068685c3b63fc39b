"""Follow-up rows: what is stored of a derived queue: deferrals, reasons not to, and claims."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.encryption.columns import Sealed, SealedRecord


class Leaving(StrEnum):
    """Why a row left the queue without a contact that answers it."""

    DEFERRED = "deferred"
    NOT_NEEDED = "not_needed"


class Answer(SealedRecord, table=True):
    """A deferral or a reason not to ask, tied to one due item by its key."""

    __tablename__ = "follow_up_answer"

    item_id: UUID = Field(index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID | None = Field(default=None, foreign_key="host.id", index=True)
    leaving: Leaving = Field(sa_type=words(Leaving))
    until: date | None = None
    why: Sealed[str] = Sealed(str)
    answered_on: date
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")


class Claim(TenantRecord, table=True):
    """A lease: who is about to ring this person or host."""

    __tablename__ = "follow_up_claim"

    item_id: UUID = Field(unique=True)
    account_id: UUID = Field(foreign_key="account.id")
    until: datetime
