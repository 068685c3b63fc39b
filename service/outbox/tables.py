"""Outbox rows: what happened, who is to be told of it, and where they are told."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord, words
from service.outbox.rules import Channel, Closing, Notice, State, Trouble

__all__ = ["Channel", "Closing", "Event", "Line", "Mailbox", "Notice", "State", "Webhook"]


class Event(TenantRecord, table=True):
    """Something that somebody is to be told of; who that is is worked out a moment later.

    ``about_id`` is the person it is about, without a foreign key: they may go first.
    """

    __tablename__ = "outbox_event"

    notice: Notice = Field(sa_type=words(Notice))
    about_id: UUID | None = Field(default=None, index=True)
    ref_id: UUID | None = None
    by_id: UUID | None = Field(default=None, foreign_key="account.id")
    at: datetime


class Webhook(TenantRecord, table=True):
    """An address of another system of the office; its secret is worked out from a key, not kept."""

    url: str = Field(max_length=500)
    key_id: str = Field(max_length=32)
    made_by: UUID = Field(foreign_key="account.id")
    ended_at: datetime | None = None


class Line(TenantRecord, table=True):
    """One message to one place: codes and figures, from which its words are made when it leaves.

    ``once`` keeps a second line for the same from being written. ``about_id`` goes when it is sent.
    """

    __tablename__ = "outbox_line"
    __table_args__ = (
        CheckConstraint("account_id IS NOT NULL OR webhook_id IS NOT NULL", name="somewhere"),
        Index("ix_outbox_line_state_next_at", "state", "next_at"),
    )

    channel: Channel = Field(sa_type=words(Channel))
    notice: Notice = Field(sa_type=words(Notice))
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    webhook_id: UUID | None = Field(default=None, foreign_key="webhook.id", index=True)
    about_id: UUID | None = Field(default=None, index=True)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=DOCUMENT)
    at: datetime
    state: State = Field(default=State.WAITING, sa_type=words(State))
    tries: int = 0
    next_at: datetime
    held_by: UUID | None = None
    held_until: datetime | None = None
    trouble: Trouble | None = Field(default=None, sa_type=words(Trouble))
    answer: int | None = None
    settled_at: datetime | None = None
    closed_by: UUID | None = Field(default=None, foreign_key="account.id")
    closing: Closing | None = Field(default=None, sa_type=words(Closing))
    once: str | None = Field(default=None, max_length=150, unique=True)


class Mailbox(TenantRecord, table=True):
    """Where an account gets mail, and the last day for which its digest was worked out."""

    account_id: UUID = Field(foreign_key="account.id", unique=True)
    address: str = Field(max_length=254)
    digest_on: date | None = None
