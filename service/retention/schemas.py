"""What ends look like over HTTP: ids, codes, classes and days, never content."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms import Day, Form
from service.retention.actions import Drawn
from service.retention.rules import HoldReason, RecordClass
from service.retention.tables import DisposalList


class EndIn(Form):
    ended_on: Day | None = Field(default=None, description="Left out: today.")


class EndOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    person_id: UUID
    ended_on: date


class HoldIn(Form):
    reason: Annotated[HoldReason, Field(strict=False)]
    until: Day | None = Field(default=None, description="Left out: until it is lifted.")


class HoldOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    reason: HoldReason
    until: date | None
    placed_at: datetime
    lifted_at: datetime | None


class ErasureRequestIn(Form):
    asked_on: Day | None = Field(default=None, description="Left out: today.")


class ErasureRequestOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    person_id: UUID
    asked_on: date


class ListOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    due_on: date
    drawn_at: datetime
    drawn_by: UUID
    approved_at: datetime | None
    approved_by: UUID | None


class ItemOut(BaseModel):
    """``code`` is null for what bears none, and for whoever is gone."""

    subject_id: UUID
    code: str | None
    kind: RecordClass
    due_since: date
    erased_at: datetime | None


class ListDetail(ListOut):
    items: list[ItemOut]

    @classmethod
    def told(cls, drawn: Drawn) -> Self:
        items = [
            ItemOut(
                code=drawn.codes.get(item.subject_id),
                **item.model_dump(include={"subject_id", "kind", "due_since", "erased_at"}),
            )
            for item in drawn.items
        ]
        head: DisposalList = drawn.head
        return cls(**ListOut.model_validate(head).model_dump(), items=items)
