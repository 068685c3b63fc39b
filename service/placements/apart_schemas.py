"""What people who are kept apart look like over HTTP, to whoever may see both."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Text


class ApartIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    other_id: UUID
    reason: Annotated[Text, Field(min_length=1, max_length=1000)]


class ApartOut(BaseModel):
    id: UUID
    other_id: UUID
    reason: str
    recorded_at: datetime
    recorded_by: UUID
    together: list[UUID] = Field(
        description="Slots in which both are now: nobody is moved without a talk."
    )


class ApartList(BaseModel):
    items: list[ApartOut]
