"""Rows of what hosts are asked and what they answered; an answer is never changed."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from catalogue.record import words
from service.contacts.tables import Channel
from service.encryption.columns import Sealed, SealedRecord
from service.encryption.rules import Ring
from service.hosts.rules import LinkPurpose
from service.replies.rules import Answer, Upshot


class Inquiry(SealedRecord, table=True):
    """One thing a host is asked. ``consent_id``: what the shown nickname rests on."""

    ring: ClassVar = Ring.DISCLOSURE

    purpose: LinkPurpose = Field(sa_type=words(LinkPurpose))
    host_id: UUID = Field(foreign_key="host.id", index=True)
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    consent_id: UUID | None = Field(default=None, foreign_key="consent.id")
    about_on: date
    made_by: UUID = Field(foreign_key="account.id")
    offered_at: datetime | None = None
    content: Sealed[dict[str, Any]] = Sealed(dict[str, Any])


class Reply(SealedRecord, table=True):
    """What a host answered: one for each inquiry, by a link or written down by staff.

    The host side may add it and no more; ``applied_at`` is when the staff's side drew from it
    what follows for a placement.
    """

    ring: ClassVar = Ring.DISCLOSURE
    __table_args__ = (
        CheckConstraint("people IS NULL OR people >= 0", name="people"),
        Index(
            "ix_reply_waiting",
            "municipality_id",
            postgresql_where=text("applied_at IS NULL"),
            sqlite_where=text("applied_at IS NULL"),
        ),
    )

    inquiry_id: UUID = Field(foreign_key="inquiry.id", unique=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    link_id: UUID | None = Field(default=None, foreign_key="host_link.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    channel: Channel = Field(sa_type=words(Channel))
    answer: Answer = Field(sa_type=words(Answer))
    until: date | None = None
    people: int | None = None
    answered_at: datetime
    applied_at: datetime | None = None
    upshot: Upshot | None = Field(default=None, sa_type=words(Upshot))
    remark: Sealed[str] = Sealed(str)
