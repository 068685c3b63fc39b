"""What candidates and assignments share over HTTP: one activity for one person, in its tier."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from matching.standing import Tier
from service.suggestions.schemas import ArrangementOut, Day, ReasonOut, StartOut

TierWord = Literal["fits", "adaptable", "ask_host"]
AnyDay = Annotated[Day, Field(strict=False)]
Id = Annotated[UUID, Field(strict=False)]


class OptionOut(BaseModel):
    """One activity for one person; the tier says whether something has to be arranged or asked."""

    activity: UUID
    tier: TierWord
    score: float
    reasons: list[ReasonOut]
    to_check: list[ReasonOut]
    arrangements: list[ArrangementOut]
    start: StartOut


def word(tier: Tier) -> str:
    return tier.name.lower()
