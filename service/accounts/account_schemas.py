"""What an admin sends and sees of accounts over HTTP."""

from uuid import UUID

from pydantic import BaseModel, Field

from catalogue.terms.values import Line
from service.accounts.actions import LONGEST_DISPLAY_NAME, LONGEST_USERNAME
from service.accounts.rules import Role
from service.accounts.schemas import FORBID
from service.accounts.tables import Account


class AccountIn(BaseModel):
    model_config = FORBID

    username: Line = Field(min_length=1, max_length=LONGEST_USERNAME)
    display_name: Line = Field(default="", max_length=LONGEST_DISPLAY_NAME)
    role: Role
    area_id: UUID | None = None


class AccountChangeIn(BaseModel):
    """Only the fields that are sent are changed; ``area_id`` null means every area."""

    model_config = FORBID

    display_name: Line = Field(default="", min_length=1, max_length=LONGEST_DISPLAY_NAME)
    role: Role = Role.CSW
    area_id: UUID | None = None
    active: bool = True


class AccountOut(BaseModel):
    id: UUID
    username: str
    display_name: str
    role: Role
    area_id: UUID | None
    active: bool
    password_given: bool
    second_factor: bool
    version: int

    @classmethod
    def of(cls, account: Account, *, second_factor: bool) -> "AccountOut":
        return cls(
            id=account.id,
            username=account.username,
            display_name=account.display_name,
            role=account.role,
            area_id=account.area_id,
            active=account.active,
            password_given=account.password_given,
            second_factor=second_factor,
            version=account.version,
        )


class AccountsOut(BaseModel):
    items: list[AccountOut]


class LeavingOut(BaseModel):
    """What closing an account would meet: work to hand over first, and what would end with it."""

    may: bool
    people: int
    placements: int
    conferences: int = Field(description="Running conferences in which nobody else sits.")
    seats: int = Field(description="Seats in other conferences that would end.")
    sign_ins: int = Field(description="Open sign-ins that would end.")


class GivenPasswordOut(BaseModel):
    """Shown once; it opens nothing but the choice of an own one."""

    account: AccountOut
    password: str
