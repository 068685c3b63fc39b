"""What contacts look like over HTTP, and whom they are about."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Text
from service.contacts.rules import Story
from service.contacts.subjects import Subject
from service.contacts.words import Channel, Direction, Result


class SubjectIn(BaseModel):
    """Whom it is about; a placement alone means both its sides."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None = None
    host_id: UUID | None = None
    placement_id: UUID | None = None

    @property
    def subject(self) -> Subject:
        return Subject(
            person_id=self.person_id, host_id=self.host_id, placement_id=self.placement_id
        )


def named_subject(
    person_id: UUID | None = None, host_id: UUID | None = None, placement_id: UUID | None = None
) -> Subject:
    return Subject(person_id=person_id, host_id=host_id, placement_id=placement_id)


NamedSubject = Annotated[Subject, Depends(named_subject)]


class ContactIn(SubjectIn):
    occurred_on: date
    channel: Channel
    direction: Direction
    result: Result
    what: Text = Field(default="", max_length=4000)
    intention: Text = Field(default="", max_length=2000)
    small_change: Text = Field(default="", max_length=1000)
    next_on: date | None = None
    corrects_id: UUID | None = None

    @property
    def story(self) -> Story:
        return Story(
            **self.model_dump(exclude={"person_id", "host_id", "placement_id", "corrects_id"})
        )


class ContactOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID | None
    host_id: UUID | None
    placement_id: UUID | None
    occurred_on: date
    recorded_at: datetime
    recorded_by: UUID | None
    channel: Channel
    direction: Direction
    result: Result
    what: str
    intention: str
    small_change: str
    next_on: date | None
    corrects_id: UUID | None
