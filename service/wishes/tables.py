"""Wish rows: what somebody would have liked and no place could give yet; ideas gather them."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.encryption.columns import Sealed, SealedRecord


class IdeaResult(StrEnum):
    """What has come of looking for a place."""

    LOOKING = "looking"
    OPENED = "opened"
    NOT_NOW = "not_now"


class Idea(TenantRecord, table=True):
    """An activity that is not there yet, in words that are nobody's, for one area."""

    area_id: UUID = Field(foreign_key="area.id", index=True)
    title: str = Field(max_length=200)
    thoughts: str = Field(default="", max_length=1000)
    asked: str = Field(default="", max_length=1000)
    result: IdeaResult = Field(default=IdeaResult.LOOKING, sa_type=words(IdeaResult))
    recorded_by: UUID = Field(foreign_key="account.id")
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})


class Wish(SealedRecord, table=True):
    person_id: UUID = Field(foreign_key="person.id", index=True)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    own_words: Sealed[str] = Sealed(str)
    failed_on: Sealed[list[dict[str, Any]]] = Sealed(list[dict[str, Any]])
    wished_on: date
    recorded_by: UUID = Field(foreign_key="account.id")
    idea_id: UUID | None = Field(default=None, foreign_key="idea.id", index=True)
