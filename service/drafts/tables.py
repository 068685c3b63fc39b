"""Draft rows: a form of one account, as it stood."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from service.encryption.columns import Sealed, SealedRecord


class Draft(SealedRecord, table=True):
    """Sealed with the key of whom it is about, and with one of its own where that is nobody."""

    key_owner = ("person_id", "id")

    account_id: UUID = Field(foreign_key="account.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    page: str = Field(max_length=500)
    action: str = Field(max_length=500)
    interrupted: bool = False
    kept_at: datetime
    until: datetime = Field(index=True)
    version: int = 1
    fields: Sealed[list[Any]] = Sealed(list[Any])
