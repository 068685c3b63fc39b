"""What disclosures and links look like over HTTP."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from catalogue.terms import Day, Form
from service.disclosures.lifecycle import Action, Hands, Sort, State, possible
from service.disclosures.repository import Seen
from service.disclosures.sheet import Sheet

Id = Annotated[UUID, Field(strict=False)]


class PacketIn(Form):
    """A packet for a host under a consent, or the card of a proposal."""

    person_id: Id | None = None
    host_id: Id | None = None
    consent_id: Id | None = Field(default=None, description="Left out: the latest that holds.")
    until: Day | None = Field(default=None, description="Left out: as long as the consent.")
    placement_id: Id | None = Field(default=None, description="Alone: the card of a proposal.")

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        whole = self.person_id is not None and self.host_id is not None
        rest = (self.person_id, self.host_id, self.consent_id, self.until)
        alone = self.placement_id is not None and not any(rest)
        if alone or (whole and self.placement_id is None):
            return self
        raise ValueError("expected person_id and host_id, or placement_id alone")


class MoveIn(Form):
    move: Annotated[Action, Field(strict=False)]


class LineOut(BaseModel):
    name: str
    said: list[str]


class SheetOut(BaseModel):
    """What the host sees, word by word."""

    sort: Sort
    host: str
    who: str
    lines: list[LineOut]
    purpose: str
    until: date | None

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        return cls.model_validate(sheet.document())


class PacketOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sort: Sort
    state: State
    person_id: UUID
    host_id: UUID
    consent_id: UUID
    placement_id: UUID | None
    until: date | None
    made_by: UUID
    prepared_by: UUID | None
    prepared_at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None
    alone: bool
    version: int
    possible: list[Action] = Field(description="The moves that the caller may make now.")
    sheet: SheetOut

    @classmethod
    def of(cls, seen: Seen, hands: Hands) -> Self:
        kept = seen.packet
        names = set(cls.model_fields) - {"state", "possible", "sheet"}
        return cls(
            **{name: getattr(kept, name) for name in names},
            state=seen.state,
            possible=list(possible(seen.state, hands)),
            sheet=SheetOut.of(Sheet.of(kept.content)),
        )
