"""What sign-ins and accounts look like over HTTP."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Line
from service.accounts.rules import Right, Role


class SignInIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    username: Line = Field(min_length=1, max_length=64)
    password: Line = Field(min_length=1, max_length=200)


class SignedInOut(BaseModel):
    token: str


class MeOut(BaseModel):
    id: UUID
    municipality_id: UUID
    area_id: UUID | None
    role: Role
    display_name: str
    rights: list[Right]
