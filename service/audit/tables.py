"""Audit rows: one for every read or write of a person."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from catalogue.record import TenantRecord, words


class Act(StrEnum):
    READ = "read"
    LIST = "list"
    WRITE = "write"
    MATCH = "match"


class AccessRecord(TenantRecord, table=True):
    """Who did what to whom; ``resource`` names the kind of thing, never its content."""

    __tablename__ = "access_record"

    account_id: UUID = Field(foreign_key="account.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    act: Act = Field(sa_type=words(Act))
    resource: str = Field(max_length=64)
    at: datetime
