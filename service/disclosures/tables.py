"""Rows of what leaves the office: pseudonyms, and packets with their sheets."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.disclosures.lifecycle import Sort, State
from service.encryption.columns import Sealed, SealedRecord
from service.encryption.rules import Ring


class Pseudonym(TenantRecord, table=True):
    """What one host calls somebody; drawn by lot, so that two hosts cannot compare."""

    __table_args__ = (
        UniqueConstraint("host_id", "person_id"),
        UniqueConstraint("host_id", "name"),
    )

    host_id: UUID = Field(foreign_key="host.id")
    person_id: UUID = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=64)


class Packet(SealedRecord, table=True):
    """One sheet for one host under one consent, as it was prepared; a card needs no release."""

    ring: ClassVar = Ring.DISCLOSURE

    __table_args__ = (
        CheckConstraint("alone OR decided_by <> prepared_by", name="two_people"),
        CheckConstraint("(sort = 'card') = (placement_id IS NOT NULL)", name="card"),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    host_id: UUID = Field(foreign_key="host.id", index=True)
    consent_id: UUID = Field(foreign_key="consent.id", index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id")
    sort: Sort = Field(sa_type=words(Sort))
    state: State = Field(default=State.DRAFT, sa_type=words(State), index=True)
    content: Sealed[dict[str, Any]] = Sealed(dict[str, Any])
    until: date | None = None
    made_by: UUID = Field(foreign_key="account.id")
    prepared_by: UUID | None = Field(default=None, foreign_key="account.id")
    prepared_at: datetime | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = None
    alone: bool = False
    version: int = 1
