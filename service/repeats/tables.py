"""Answer rows: what a key was used for, and what it was answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from service.encryption.columns import Sealed, SealedRecord


class KeptAnswer(SealedRecord, table=True):
    """The key and the question as hashes, the answer sealed with the key of whom it speaks of."""

    __tablename__ = "kept_answer"
    __table_args__ = (UniqueConstraint("account_id", "key_hash"),)

    account_id: UUID = Field(foreign_key="account.id")
    key_hash: str = Field(max_length=64)
    body_hash: str = Field(max_length=64)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    status: int
    withheld: bool = False
    location: str = Field(default="", max_length=300)
    version: str = Field(default="", max_length=32)
    until: datetime = Field(index=True)
    answer: Sealed[str] = Sealed(str)
