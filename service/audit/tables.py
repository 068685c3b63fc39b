"""The audit's lines, each tied to the one before it, and the newest line of each municipality."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from catalogue.record import Record, TenantRecord, words
from service.audit.rules import Act, Ground, Purpose

__all__ = ["AccessRecord", "Act", "ChainHead"]


class AccessRecord(Record, table=True):
    """Who did what to whom, why and on what ground; ``resource`` is a kind of thing, no content.

    A line with the act ``event`` is about no look but about security, named by ``resource``.
    Triggers refuse every change. The person's id is no foreign key: somebody may be erased.
    """

    __tablename__ = "access_record"
    __table_args__ = (
        UniqueConstraint("municipality_id", "seq"),
        Index("ix_access_record_municipality_id_at", "municipality_id", "at"),
        Index("ix_access_record_person_id_at", "person_id", "at"),
        Index("ix_access_record_account_id_at", "account_id", "at"),
    )

    municipality_id: UUID = Field(foreign_key="municipality.id")
    seq: int
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    role: str = Field(default="", max_length=32)
    person_id: UUID | None = None
    act: Act = Field(sa_type=words(Act))
    resource: str = Field(max_length=64)
    purpose: Purpose = Field(sa_type=words(Purpose))
    basis: Ground | None = Field(default=None, sa_type=words(Ground))
    basis_id: UUID | None = None
    detail: str = Field(default="{}", max_length=1000)
    at: datetime
    key_id: str = Field(max_length=32)
    digest: str = Field(max_length=64)


class ChainHead(TenantRecord, table=True):
    """The number and digest of a municipality's newest line; locked while lines are added."""

    __tablename__ = "chain_head"
    __table_args__ = (UniqueConstraint("municipality_id"),)

    seq: int = 0
    digest: str = Field(default="", max_length=64)
