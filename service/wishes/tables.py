"""Wish rows: what somebody would have liked and no place could give yet."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Field

from service.encryption.columns import Sealed, SealedRecord


class Wish(SealedRecord, table=True):
    person_id: UUID = Field(foreign_key="person.id", index=True)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    own_words: Sealed[str] = Sealed(str)
    failed_on: Sealed[list[dict[str, Any]]] = Sealed(list[dict[str, Any]])
    wished_on: date
    recorded_by: UUID = Field(foreign_key="account.id")
