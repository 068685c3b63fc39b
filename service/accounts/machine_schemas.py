"""What an admin sends and sees of machines' tokens over HTTP."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Line
from service.accounts.machines import LONGEST_DAYS, LONGEST_NAME
from service.accounts.rules import Scope
from service.accounts.schemas import FORBID

Days = Annotated[int, Field(strict=True, ge=1, le=LONGEST_DAYS)]


class MachineTokenIn(BaseModel):
    model_config = FORBID

    name: Line = Field(min_length=1, max_length=LONGEST_NAME)
    scope: Scope
    days: Days = 90


class MachineTokenOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    scope: Scope
    made_by: UUID
    expires_at: datetime
    ended_at: datetime | None
    last_used_on: date | None


class MachineTokensOut(BaseModel):
    items: list[MachineTokenOut]


class MadeTokenOut(MachineTokenOut):
    """The token itself is shown this once."""

    token: str
