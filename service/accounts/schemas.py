"""What sign-ins and accounts look like over HTTP."""

from datetime import datetime
from typing import Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from catalogue.terms.values import Line
from service.accounts.passwords import LONGEST
from service.accounts.rules import Right, Role
from service.accounts.tables import Awaits

FORBID: Final = ConfigDict(extra="forbid")
LONGEST_CODE: Final = 60


class SignInIn(BaseModel):
    model_config = FORBID

    username: Line = Field(min_length=1, max_length=64)
    password: Line = Field(min_length=1, max_length=LONGEST)


class SignedInOut(BaseModel):
    """``awaits`` says what is still to be shown; until then the token opens nothing else."""

    token: str
    awaits: Awaits


class SignInOut(BaseModel):
    """One open sign-in; ``own`` is the one that asks."""

    id: UUID
    begun_at: datetime
    seen_at: datetime
    expires_at: datetime
    own: bool


class SignInsOut(BaseModel):
    items: list[SignInOut]


class StepUpIn(BaseModel):
    """A password or a code: one of the two."""

    model_config = FORBID

    password: Line = Field(default="", max_length=LONGEST)
    code: Line = Field(default="", max_length=LONGEST_CODE)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.password) is bool(self.code):
            raise ValueError("expected a password or a code")
        return self


class CodeIn(BaseModel):
    model_config = FORBID

    code: Line = Field(min_length=1, max_length=LONGEST_CODE)


class FactorsOut(BaseModel):
    """What guards the caller's account besides the password."""

    totp: bool
    recovery_codes_left: int


class EnrolmentOut(BaseModel):
    """What an authenticator app has to know; shown until its first code has come."""

    secret: str
    uri: str


class RecoveryCodesOut(BaseModel):
    """Shown once; only their hashes are kept."""

    recovery_codes: list[str]


class EnrolledOut(SignedInOut, RecoveryCodesOut):
    """A new token, since the old one was given out under a weaker guard."""


class SteppedUpOut(BaseModel):
    until: datetime


class PasswordChangeIn(BaseModel):
    model_config = FORBID

    old: Line = Field(min_length=1, max_length=LONGEST)
    new: Line = Field(min_length=1, max_length=1000)


class MeOut(BaseModel):
    id: UUID
    municipality_id: UUID
    area_id: UUID | None
    role: Role
    display_name: str
    rights: list[Right]
