"""The forms inside an activity's terms: minutes, load, access, attendance, needs."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from catalogue.terms.values import Duration, Form, Level, Places, Word, Words


class Minutes(Form):
    """How long one session lasts, in minutes."""

    min: Duration
    max: Duration

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.min > self.max:
            raise ValueError("expected min not above max")
        return self


class Levels(Form):
    """Load in five dimensions, each 0-4, null where unknown."""

    physical: Level | None = None
    social: Level | None = None
    cognitive: Level | None = None
    sensory: Level | None = None
    pressure: Level | None = None


class AccessTerms(Form):
    """How one gets in: steps, places to sit, toilet in words, minutes on foot from the stop."""

    steps: Annotated[int, Field(ge=0, le=1000)] | None = None
    wheelchair: bool | None = None
    toilet: Word | None = None
    seat: Word | None = None
    minutes_from_stop: Duration | None = None


class Toilet(Form):
    """What kinds of toilet there are."""

    western: bool | None = None
    multipurpose: bool | None = None


class Attendance(Form):
    """How many people usually come."""

    median: Places
    highest: Places

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.median > self.highest:
            raise ValueError("expected median not above highest")
        return self


class Needs(Form):
    """What the host lacks, in its own words."""

    people: Words = ""
    things: Words = ""
    place: Words = ""
    money: Words = ""
