"""Wish rows: what somebody would have liked and no place could give yet."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord


class Wish(TenantRecord, table=True):
    person_id: UUID = Field(foreign_key="person.id", index=True)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    own_words: str = Field(max_length=1000)
    failed_on: list[dict[str, Any]] = Field(default_factory=list, sa_type=DOCUMENT)
    wished_on: date
    recorded_by: UUID = Field(foreign_key="account.id")
