"""Contact and concern rows: what was done and meant, and what worries somebody."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from catalogue.record import words
from service.contacts.words import Channel, Direction, Result
from service.encryption.columns import Sealed, SealedRecord
from service.placements.lifecycle import Side

__all__ = ["ABOUT", "Channel", "Concern", "Contact", "Direction", "Result"]


# Words of a host about a placement name no person, and yet are sealed with that person's key.
ABOUT: Final = ("person_id", "about_id", "municipality_id")


class Contact(SealedRecord, table=True):
    """About a person, a host, or both sides of one placement; what came by a link none recorded."""

    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR host_id IS NOT NULL", name="somebody"),
    )
    key_owner = ABOUT

    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID | None = Field(default=None, foreign_key="host.id", index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    about_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    occurred_on: date = Field(index=True)
    recorded_at: datetime
    recorded_by: UUID | None = Field(default=None, foreign_key="account.id")
    channel: Channel = Field(sa_type=words(Channel))
    direction: Direction = Field(sa_type=words(Direction))
    result: Result = Field(sa_type=words(Result))
    what: Sealed[str] = Sealed(str)
    intention: Sealed[str] = Sealed(str)
    small_change: Sealed[str] = Sealed(str)
    next_on: date | None = None
    corrects_id: UUID | None = Field(default=None, foreign_key="contact.id", index=True)


class Concern(SealedRecord, table=True):
    """少し困った: raised by either side, looked at within two working days."""

    key_owner = ABOUT

    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID | None = Field(default=None, foreign_key="host.id", index=True)
    about_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    side: Side = Field(sa_type=words(Side))
    raised_on: date
    recorded_at: datetime
    recorded_by: UUID | None = Field(default=None, foreign_key="account.id")
    words: Sealed[str] = Sealed(str)
    settled_on: date | None = None
    settlement: Sealed[str] = Sealed(str)
