"""What companions and lifts look like over HTTP; for whom a day is kept is not among it."""

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.intake import stored_recurrence
from catalogue.terms import Day, Form, ScheduleItem
from catalogue.terms.values import Line
from service.companions.rules import AidKind
from service.companions.tables import Aid, AidDay

Name = Annotated[Line, Field(min_length=1, max_length=100)]
Seats = Annotated[int, Field(ge=1, le=20)]


class AidIn(Form):
    """Somebody who comes along, or a car with its seats, and when."""

    kind: Annotated[AidKind, Field(strict=False)]
    name: Name
    seats: Seats = 1
    schedule: ScheduleItem


class AidChangeIn(Form):
    name: Name = "-"
    seats: Seats = 1
    schedule: ScheduleItem | None = None
    active: bool = True


class DayOffIn(Form):
    day: Day


class AidOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: AidKind
    name: str
    seats: int
    schedule: ScheduleItem
    active: bool
    version: int

    @classmethod
    def of(cls, aid: Aid) -> Self:
        return cls.model_validate(aid.told() | {"schedule": aid.recurrence})


class AidDayOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    day: date
    seats: int
    taken: int
    called_off: bool

    @classmethod
    def of(cls, row: AidDay) -> Self:
        return cls.model_validate(row)


def columns(body: AidIn | AidChangeIn) -> dict[str, Any]:
    """Turn what was sent into columns of an aid."""
    sent = body.model_dump(exclude={"schedule"}, exclude_unset=isinstance(body, AidChangeIn))
    if body.schedule is not None:
        sent["recurrence"] = stored_recurrence(body.schedule)
    return sent
