"""What conferences, members, pre-consent records and their entries look like over HTTP."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms import Day, Form, Ref, Title, Words
from catalogue.terms.values import Line
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.conferences.rules import Ending, Part
from service.conferences.tables import Membership
from service.contacts.rules import Story
from service.contacts.words import Channel, Direction, Result
from service.persons.schemas import AgeBand, ConsentIn

PartWord = Annotated[Part, Field(strict=False)]
Called = Annotated[Line, Field(max_length=100)]
Number = Annotated[Line, Field(max_length=200)]
Address = Annotated[Words, Field(max_length=500)]
Short = Annotated[Words, Field(max_length=1000)]
Middling = Annotated[Words, Field(max_length=2000)]


class ConferenceIn(Form):
    title: Title = Field(description="In code words: nobody's name has a place here.")
    opened_on: Day | None = Field(default=None, description="Left out: today.")


class ConferenceOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    opened_on: date
    closed_on: date | None
    convener_id: UUID


class MemberIn(Form):
    username: Annotated[Title, Field(max_length=64)]
    until: Day | None = Field(default=None, description="The last day; left out: to the end.")


class MemberOut(BaseModel):
    id: UUID
    account_id: UUID
    display_name: str
    role: Role
    since: date
    until: date | None
    ended_at: datetime | None

    @classmethod
    def of(cls, membership: Membership, account: Account) -> Self:
        return cls(
            display_name=account.display_name,
            role=account.role,
            **membership.model_dump(include={"id", "account_id", "since", "until", "ended_at"}),
        )


class RecordIn(Form):
    """Whatever is known of somebody who has not consented; nothing has to be."""

    area: Ref | None = None
    called_name: Called = ""
    name: Called = ""
    kana: Called = ""
    address: Address = ""
    telephone: Number = ""
    household: Short = ""
    own_words: Middling = ""
    known: Words = ""
    came_through: Short = ""
    worries: Words = ""
    safety: Words = ""
    next_step: Middling = ""
    note: Words = ""


class RecordOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    conference_id: UUID
    area_id: UUID | None
    recorded_at: datetime
    recorded_by: UUID
    opened_on: date
    closed_on: date | None
    ending: Ending | None
    version: int
    called_name: str
    name: str
    kana: str
    address: str
    telephone: str
    household: str
    own_words: str
    known: str
    came_through: str
    worries: str
    safety: str
    next_step: str
    note: str
    became: str


class EntryIn(Form):
    occurred_on: Day
    channel: Annotated[Channel, Field(strict=False)]
    direction: Annotated[Direction, Field(strict=False)]
    result: Annotated[Result, Field(strict=False)]
    what: Words = ""
    intention: Middling = ""
    small_change: Short = ""
    next_on: Day | None = None
    corrects_id: Annotated[UUID, Field(strict=False)] | None = None

    @property
    def story(self) -> Story:
        return Story(**self.model_dump(exclude={"corrects_id"}))


class EntryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    record_id: UUID
    occurred_on: date
    recorded_at: datetime
    recorded_by: UUID
    channel: Channel
    direction: Direction
    result: Result
    what: str
    intention: str
    small_change: str
    next_on: date | None
    corrects_id: UUID | None


class MoveIn(Form):
    """What goes over, each part chosen by hand, and the consent that allows it."""

    area: Ref
    parts: list[PartWord] = Field(max_length=len(Part))
    consent: ConsentIn
    age_band: AgeBand = ""
    code: Ref | None = Field(default=None, description="Left out: a free code is drawn.")


class MovedOut(BaseModel):
    person_id: UUID
    record: RecordOut
