"""What notices look like over HTTP."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Line
from service.notices.actions import Choices
from service.outbox.rules import LONGEST_ADDRESS, Notice


class ChoiceOut(BaseModel):
    """One notice; what is fixed cannot be switched off."""

    model_config = ConfigDict(from_attributes=True)

    notice: Notice
    on: bool
    fixed: bool


class ChoicesOut(BaseModel):
    """Where the caller gets mail (null: nowhere), and what about."""

    mail: str | None
    items: list[ChoiceOut]

    @classmethod
    def of(cls, chosen: Choices) -> "ChoicesOut":
        items = [ChoiceOut.model_validate(each) for each in chosen.items]
        return cls(mail=chosen.mail, items=items)


class AddressIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    address: Line = Field(min_length=3, max_length=LONGEST_ADDRESS)


class SwitchIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    on: bool


class FeedOut(BaseModel):
    """Whether the caller has a calendar feed, and since when; its address is not kept."""

    made_at: datetime | None


class MadeFeedOut(BaseModel):
    """The path of a feed with its secret, told this once."""

    path: str
