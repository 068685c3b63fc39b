"""Contact and concern rows: what was done and meant, and what worries somebody."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.contacts.rules import Channel, Direction, Result
from service.placements.lifecycle import Side

__all__ = ["Channel", "Concern", "Contact", "Direction", "Result"]


class Contact(TenantRecord, table=True):
    """About a person, a host, or both sides of one placement."""

    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR host_id IS NOT NULL", name="somebody"),
    )

    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID | None = Field(default=None, foreign_key="host.id", index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    occurred_on: date = Field(index=True)
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    channel: Channel = Field(sa_type=words(Channel))
    direction: Direction = Field(sa_type=words(Direction))
    result: Result = Field(sa_type=words(Result))
    what: str = Field(default="", max_length=4000)
    intention: str = Field(default="", max_length=2000)
    small_change: str = Field(default="", max_length=1000)
    next_on: date | None = None
    corrects_id: UUID | None = Field(default=None, foreign_key="contact.id")


class Concern(TenantRecord, table=True):
    """少し困った: raised by either side, looked at within two working days."""

    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID | None = Field(default=None, foreign_key="host.id", index=True)
    side: Side = Field(sa_type=words(Side))
    raised_on: date
    recorded_at: datetime
    recorded_by: UUID | None = Field(default=None, foreign_key="account.id")
    words: str = Field(max_length=2000)
    settled_on: date | None = None
    settlement: str = Field(default="", max_length=2000)
