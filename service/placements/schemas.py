"""What placements look like over HTTP: their fields, and nothing that only one side may know."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Line, Text
from service.placements.lifecycle import (
    Action,
    Actor,
    Employment,
    EndReason,
    Hold,
    Side,
    Status,
    possible,
)
from service.placements.rules import held
from service.placements.tables import Placement
from service.placements.terms import AGREEMENT, NEEDS, TAKES, Terms
from service.placements.words import ACTION_WORDS, STATUS_WORDS

Reason = Annotated[Text, Field(max_length=500)]
OwnWords = Annotated[Text, Field(max_length=1000)]
Short = Annotated[Line, Field(max_length=200)]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class PlacementIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person_id: UUID
    activity_id: UUID
    slot_id: UUID | None = Field(default=None, description="Left out: the activity's first slot.")
    suggestion_id: UUID | None = None
    own_words: OwnWords = ""
    override_reason: Reason = ""
    occurred_on: date | None = Field(default=None, description="Left out: today.")


class MoveIn(BaseModel):
    """One move. Which terms it takes and needs stands in `possible` of the placement."""

    model_config = ConfigDict(extra="forbid")

    move: Action
    occurred_on: date | None = Field(default=None, description="Left out: today.")
    note: Text = Field(default="", max_length=2000)
    own_words: OwnWords | None = None
    asked_until: date | None = None
    minutes: Minutes | None = None
    dose: Short | None = None
    first_on: date | None = None
    companion: Short | None = None
    may_tell: list[Annotated[Line, Field(max_length=64)]] | None = Field(
        default=None, max_length=50, description="Fields that the host may be told."
    )
    kind: Employment | None = None
    insured: bool | None = None
    rest_until: date | None = None
    ask_again_on: date | None = None
    reason: EndReason | None = None
    side: Side | None = None
    supersede_others: bool | None = None
    override_reason: Reason | None = None

    @property
    def terms(self) -> Terms:
        said = self.model_dump(exclude={"move", "occurred_on", "note", "may_tell"})
        told = None if self.may_tell is None else tuple(self.may_tell)
        return Terms(**said, may_tell=told)


class PossibleMove(BaseModel):
    """A move that the caller may make now, with the terms it takes and needs."""

    move: Action
    word: str
    takes: list[str]
    needs: list[str]


class MoveOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    position: int
    action: Action
    from_status: Status
    to_status: Status
    actor: Actor
    account_id: UUID | None
    occurred_on: date
    recorded_at: datetime
    note: str
    corrected_at: datetime | None
    first_told_on: date | None = Field(description="What stood there before it was corrected.")


class MoveCorrectionIn(BaseModel):
    """What is known better of a move; what is left out stays as it was told last."""

    model_config = ConfigDict(extra="forbid")

    occurred_on: date | None = None
    note: Annotated[Text, Field(max_length=2000)] | None = None


class PlacementOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    activity_id: UUID
    slot_id: UUID
    suggestion_id: UUID | None
    owner_id: UUID
    status: Status
    word: str = Field(default="", description="The status as pages say it.")
    hold: Hold = Field(default=Hold.NONE, description="How a place is kept today.")
    proposed_on: date
    own_words: str
    asked_until: date | None
    first_on: date | None
    minutes: int | None
    dose: str
    companion: str
    may_tell: list[str]
    kind: Employment | None
    insured: bool | None
    unwritten: list[str] = Field(
        default_factory=list, description="What an agreement records and nobody has said yet."
    )
    rest_until: date | None
    ask_again_on: date | None
    end_reason: EndReason | None
    end_side: Side | None
    version: int

    @classmethod
    def of(cls, placement: Placement, *, on: date, **more: Any) -> Self:
        out = cls.model_validate({**placement.told(), **more})
        out.word = STATUS_WORDS[placement.status]
        out.hold = held(
            placement.status,
            asked_until=placement.asked_until,
            holds_place=placement.holds_place,
            on=on,
        )
        out.unwritten = [name for name in sorted(AGREEMENT) if getattr(out, name) in (None, "")]
        return out


class PlacesOut(BaseModel):
    """The slot's places today; a host who is being asked keeps nobody out."""

    capacity: int
    taken: int
    being_asked: int


class PlacementDetail(PlacementOut):
    """A placement with its history, and the moves that are possible from here."""

    places: PlacesOut
    moves: list[MoveOut] = Field(default_factory=list)
    possible: list[PossibleMove] = Field(default_factory=list)


def possible_moves(status: Status, *, by: Actor) -> list[PossibleMove]:
    return [_possible(action) for action in possible(status, by=by)]


def _possible(action: Action) -> PossibleMove:
    return PossibleMove(
        move=action,
        word=ACTION_WORDS[action],
        takes=sorted(TAKES[action]),
        needs=sorted(NEEDS[action]),
    )
