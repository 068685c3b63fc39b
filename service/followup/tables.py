"""Follow-up rows: answers without a contact, claims, the office's rhythm, and the laid-out queue.

What is owed is derived; ``DueRow`` only keeps what the rule last said of a subject, so that a page
can be asked for by an index. ``Mark`` names whom a change was about since then (the triggers of
``migrations/marks.py`` write it), ``QueueState`` under which rule and for which day rows stand.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord, words
from service.encryption.columns import Sealed, SealedRecord
from service.followup.cadence import Occasion
from service.followup.windows import Bend
from service.placements.lifecycle import Side


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
    """A lease: who is about to ring this person or host, from which row. One at a time for each."""

    __tablename__ = "follow_up_claim"

    rung_id: UUID = Field(unique=True)
    item_id: UUID = Field(index=True)
    account_id: UUID = Field(foreign_key="account.id")
    until: datetime


class CadenceVersion(TenantRecord, table=True):
    """The office's rhythm from a day on; kept for ever, the next version only follows it."""

    __tablename__ = "follow_up_cadence"
    __table_args__ = (UniqueConstraint("municipality_id", "version"),)

    version: int
    effective_on: date
    lines: dict[str, Any] = Field(sa_type=DOCUMENT)
    note: str = Field(default="", max_length=500)
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")


class Closure(TenantRecord, table=True):
    """Days on which the office is closed, beside weekends and holidays; taken back, never lost."""

    __tablename__ = "follow_up_closure"
    __table_args__ = (CheckConstraint("last_on >= first_on", name="span"),)

    first_on: date
    last_on: date
    name: str = Field(default="", max_length=100)
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    ended_at: datetime | None = None
    ended_by: UUID | None = Field(default=None, foreign_key="account.id")


class Mark(TenantRecord, table=True):
    """Something about this placement, person or host has changed since its rows were laid out."""

    __tablename__ = "follow_up_mark"

    subject_id: UUID


class QueueState(TenantRecord, table=True):
    """Under which rule the rows of a municipality were derived, and for which day they stand.

    ``laid_as`` is another one whenever rows were laid out anew; what was counted is known by it.
    """

    __tablename__ = "follow_up_state"
    __table_args__ = (UniqueConstraint("municipality_id"),)

    rule: str = Field(default="", max_length=200)
    placed_on: date | None = None
    laid_as: UUID = Field(default_factory=uuid4)


class DueRow(TenantRecord, table=True):
    """One open window as the rule derived it; ``id`` names the item.

    ``about_id`` is the person who decides who may see it. The ``lead_…`` columns are the place of
    the first row of its placement on the day, ``rank`` and ``behind`` its own; all are empty as
    long as it does not stand in the queue.
    """

    __tablename__ = "follow_up_due"
    __table_args__ = (
        Index(
            "ix_follow_up_due_order",
            *("municipality_id", "lead_rank", "lead_behind", "lead_due", "lead_id"),
            *("rank", "behind", "due", "id"),
        ),
    )

    subject_id: UUID = Field(index=True)
    topic_id: UUID
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID | None = Field(default=None, foreign_key="host.id", index=True)
    about_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    last_contact_id: UUID | None = None
    side: Side = Field(sa_type=words(Side))
    occasion: Occasion = Field(sa_type=words(Occasion))
    since: date
    opens: date
    earliest: date
    due: date
    late: date
    bend: Bend | None = Field(default=None, sa_type=words(Bend))
    back_on: date | None = None
    deferrals: int = 0
    another_way: bool = False
    appears_on: date
    lead_rank: int | None = None
    lead_behind: float | None = None
    lead_due: date | None = None
    lead_id: UUID | None = None
    rank: int | None = None
    behind: float | None = None
