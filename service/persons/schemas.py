"""What people, assessments and consents look like over HTTP: exchange format 1, flat."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from catalogue.profiles import SharedWith, Stage
from catalogue.tables import Area
from catalogue.terms import Day, Form, Ref, Words
from catalogue.terms.values import Latitude, Longitude, Text, Word
from service.persons.picture import ConsentGiven, Picture
from service.persons.tables import Assessment, Person
from service.persons.words import TOLD_WORDS

StageWord = Annotated[Stage, Field(strict=False)]
AgeBand = Annotated[Words, Field(max_length=32)]
Contact = Annotated[Words, Field(max_length=200)]
Paused = Annotated[Text, Field(min_length=1, max_length=500)]
# The columns of Person that a body may set beside the area.
KNOWN = {"code", "age_band", "stage", "lat", "lon", "contact", "note", "proposals_paused"}


def _known_field(name: str) -> str:
    if name not in TOLD_WORDS:
        raise ValueError(f"expected each to be one of {', '.join(TOLD_WORDS)}")
    return name


ToldField = Annotated[Word, AfterValidator(_known_field)]


class ConsentIn(ConsentGiven):
    """A consent: to whom what may be told, for what, until when; given how and when."""

    fields: list[ToldField] = Field(
        default_factory=list,
        max_length=100,
        json_schema_extra={"items": {"type": "string", "enum": list(TOLD_WORDS)}},
    )
    host_id: Annotated[UUID, Field(strict=False)] | None = None
    body: Annotated[Words, Field(max_length=200)] = Field(
        default="", description="Another body, in words; matching and hosts learn nothing by it."
    )
    purpose: Annotated[Words, Field(max_length=500)] = ""
    until: Day | None = None

    @model_validator(mode="after")
    def _names_one_recipient(self) -> Self:
        if self.host_id is not None and self.shared_with is not SharedWith.HOSTS:
            raise ValueError("expected shared_with hosts beside host_id")
        if self.body and self.shared_with is not SharedWith.NONE:
            raise ValueError("expected shared_with none beside body: one consent, one recipient")
        return self

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.until and self.given_on and self.until < self.given_on:
            raise ValueError("expected until not before given_on")
        return self


class AssessmentIn(Picture):
    """A dated picture of wishes, strengths, limits, ceilings, windows and travel."""

    taken_on: Day | None = None


class PersonIn(AssessmentIn):
    """Somebody new. Whatever is said of their wishes becomes the first assessment."""

    code: Ref | None = Field(default=None, description="Left out: a free code is drawn.")
    area: Ref
    age_band: AgeBand = ""
    stage: StageWord | None = Field(
        default=None, description="Left out: at_home where something is said, otherwise not_met."
    )
    lat: Latitude | None = None
    lon: Longitude | None = None
    contact: Contact = ""
    note: Words = ""
    proposals_paused: Paused | None = None
    consent: ConsentIn | None = None


class PersonChangeIn(Form):
    code: Ref = ""
    area: Ref = ""
    age_band: AgeBand = ""
    stage: StageWord = Stage.NOT_MET
    lat: Latitude | None = None
    lon: Longitude | None = None
    contact: Contact = ""
    note: Words = ""
    proposals_paused: Paused | None = None


class WithdrawalIn(Form):
    withdrawn_on: Day | None = Field(default=None, description="Left out: today.")


class PersonOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str
    area: str
    owner_id: UUID
    age_band: str
    stage: Stage
    lat: float | None
    lon: float | None
    contact: str
    note: str
    proposals_paused: str | None
    known_since: date
    version: int

    @classmethod
    def of(cls, person: Person, areas: dict[UUID, Area]) -> Self:
        return cls.model_validate(person.told() | {"area": areas[person.area_id].ref})


class AssessmentOut(Picture):
    id: Annotated[UUID, Field(strict=False)]
    person_id: Annotated[UUID, Field(strict=False)]
    version: int
    taken_on: date
    recorded_at: datetime
    recorded_by: Annotated[UUID, Field(strict=False)]

    @classmethod
    def of(cls, assessment: Assessment) -> Self:
        own = assessment.model_dump(exclude={"municipality_id", "created_at"})
        return cls.model_validate(assessment.picture | own)


class PersonDetail(PersonOut):
    """A person with the latest assessment; null: nobody has asked them yet."""

    assessment: AssessmentOut | None


class ConsentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    shared_with: SharedWith
    scope: str
    fields: list[str]
    host_id: UUID | None
    body: str
    purpose: str
    given_on: date | None
    how: str
    until: date | None
    withdrawn_on: date | None
    withdrawn_by: UUID | None
    recorded_at: datetime
    recorded_by: UUID
    version: int
    replaces: int | None


def picture_in(body: Picture) -> Picture | None:
    """Keep of a body what belongs into an assessment; None where nothing of it was said."""
    said: dict[str, Any] = body.model_dump(include=set(Picture.model_fields), exclude_unset=True)
    return Picture.model_validate(said) if said else None
