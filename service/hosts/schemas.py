"""What areas and hosts look like over HTTP: exchange format 1 with our own ids."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.tables import Area, Host
from catalogue.terms import Day, Form, Ref, Title
from catalogue.terms.values import Latitude, Longitude, Places, Text

HostKind = Annotated[Text, Field(min_length=1, max_length=64)]
Telephone = Annotated[Text, Field(max_length=64)]


class AreaOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ref: str
    name: str
    lat: float | None
    lon: float | None


class HostIn(Form):
    """A host as a file tells it; ``ref`` is its name in files, made up where it is left out."""

    ref: Ref | None = None
    name: Title
    type: HostKind
    area: Ref
    lat: Latitude | None = None
    lon: Longitude | None = None
    telephone: Telephone = ""
    confirmed_on: Day | None = None
    resting_until: Day | None = None
    max_people: Places | None = None
    new_a_month: Places | None = None


class HostChangeIn(Form):
    name: Title = ""
    type: HostKind = ""
    area: Ref = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    telephone: Telephone = ""
    confirmed_on: Day | None = None
    resting_until: Day | None = None
    max_people: Places | None = None
    new_a_month: Places | None = None


class HostOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ref: str
    name: str
    type: str
    area: str
    lat: float | None
    lon: float | None
    telephone: str
    confirmed_on: date | None
    last_asked_on: date | None
    resting_until: date | None
    max_people: int | None = Field(description="At once, of all activities; null: as many as fit.")
    new_a_month: int | None = Field(description="Who begin within one month; null: no bound.")
    version: int

    @classmethod
    def of(cls, host: Host, areas: dict[UUID, Area]) -> Self:
        return cls.model_validate(host.model_dump() | {"area": areas[host.area_id].ref})
