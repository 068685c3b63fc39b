"""What is said beforehand of an end, over HTTP."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from service.closings.actions import Ending, Withdrawal
from service.followup.cadence import Occasion
from service.followup.windows import Due
from service.placements.lifecycle import Hold, Side, Status


class OwedOut(BaseModel):
    side: Side
    occasion: Occasion
    earliest: date
    due: date
    late: date

    @classmethod
    def of(cls, due: Due) -> "OwedOut":
        return cls.model_validate(due, from_attributes=True)


class EndingOut(BaseModel):
    """What a move would end in one transaction, and what it leaves to be done for both sides."""

    ends: bool = Field(description="False: this move ends nothing, so nothing is listed.")
    status: Status
    hold: Hold = Field(description="How a place is kept now; where it ends, it is given back.")
    cards: int
    links: int
    questions: int = Field(description="Questions to the host that nobody has answered.")
    falls_away: list[OwedOut]
    remains: list[OwedOut]

    @classmethod
    def of(cls, ending: Ending) -> "EndingOut":
        return cls(
            ends=ending.ends,
            status=ending.status,
            hold=ending.hold,
            cards=ending.cards,
            links=ending.links,
            questions=ending.questions,
            falls_away=[OwedOut.of(due) for due in ending.turn.falls_away],
            remains=[OwedOut.of(due) for due in ending.turn.remains],
        )


class UncoveredOut(BaseModel):
    placement_id: UUID
    fields: list[str]


class WithdrawalOut(BaseModel):
    """What ends with a consent, at once and on every server."""

    sheets: int
    links: int
    placements: list[UncoveredOut] = Field(description="What hosts may no longer be told.")
    seen_by_owner_only: bool

    @classmethod
    def of(cls, found: Withdrawal) -> "WithdrawalOut":
        return cls(
            sheets=found.sheets,
            links=found.links,
            placements=[
                UncoveredOut(placement_id=id_, fields=list(fields))
                for id_, fields in found.placements
            ],
            seen_by_owner_only=found.seen_by_owner_only,
        )
