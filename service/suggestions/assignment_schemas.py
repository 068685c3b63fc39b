"""What assignments look like over HTTP. For staff: people stand there by code."""

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from catalogue.terms import Form
from matching import Reason, explain
from matching.assign import Assignment, Option, Unplaced
from matching.saying import name_of, say_why
from service.suggestions.grouping import Shared
from service.suggestions.option_schemas import Id, OptionOut, word
from service.suggestions.schemas import BoundOut
from service.suggestions.telling import Told, told_proposal

PEOPLE_AT_MOST = 500
ACTIVITIES_AT_MOST = 1000


class PlacesIn(Form):
    activity: Id
    places: Annotated[int, Field(ge=1, le=1000)]


class AssignmentIn(Form):
    """For whom, and where: without ``activities`` every open one with the places it has left."""

    people: Annotated[list[Id], Field(min_length=1, max_length=PEOPLE_AT_MOST)]
    activities: (
        Annotated[list[PlacesIn], Field(min_length=1, max_length=ACTIVITIES_AT_MOST)] | None
    ) = None
    adaptable: bool = Field(default=True, description="Also places that need an arrangement.")
    ask_host: bool = Field(default=True, description="Also places with an open question.")

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        named = [each.activity for each in self.activities or ()]
        if len({*self.people}) != len(self.people) or len({*named}) != len(named):
            raise ValueError("expected each person and each activity once")
        return self

    @property
    def places(self) -> dict[UUID, int] | None:
        if self.activities is None:
            return None
        return {each.activity: each.places for each in self.activities}


class PlaceOut(OptionOut):
    seats_left: int = Field(description="Of the places asked about, when all are shared out.")


class WhyOut(BaseModel):
    code: str
    text: str


class GivenOut(BaseModel):
    person_id: UUID
    code: str
    place: PlaceOut
    why: WhyOut
    further: list[PlaceOut] = Field(description="The person's best other options.")


class UnplacedOut(BaseModel):
    person_id: UUID
    code: str
    why: WhyOut
    further: list[PlaceOut] = Field(description="What would have suited, but went to others.")
    bound: list[BoundOut] = Field(description="What kept the activities shut, where none suits.")


class HeldOut(BaseModel):
    person_id: UUID
    code: str
    why: WhyOut


class AssignmentOut(BaseModel):
    """A proposal only: as many people as possible, the worst-off best, then the best for all."""

    as_of: date
    catalogue_revision: int
    given: list[GivenOut]
    unplaced: list[UnplacedOut]
    held: list[HeldOut]

    @classmethod
    def of(cls, shared: Shared, *, as_of: date) -> Self:
        told = _told(shared.assignment, shared.codes)
        return cls.model_validate(told | {"as_of": as_of, "catalogue_revision": shared.revision})


def _place(option: Option) -> Told:
    own = {"tier": word(option.tier), "seats_left": option.seats_left}
    return told_proposal(option.proposal) | own


def _told(made: Assignment, codes: dict[str, str]) -> dict[str, Any]:
    given = [
        {
            **_who(each.person, codes, say_why(each.why), each.why.code),
            "place": _place(each.option),
            "further": [_place(option) for option in each.further],
        }
        for each in made.given
    ]
    return {
        "given": given,
        "unplaced": [_unplaced(each, codes) for each in made.unplaced],
        "held": [_who(person, codes, _hold(why), why.code) for person, why in made.held],
    }


def _unplaced(each: Unplaced, codes: dict[str, str]) -> Told:
    bound = [
        {
            "code": one.code,
            "activities": one.activities,
            "alone": one.alone,
            "text": name_of(one.code),
        }
        for one in each.bound
    ]
    return {
        **_who(each.person, codes, say_why(each.why), each.why.code),
        "further": [_place(option) for option in each.further],
        "bound": bound,
    }


def _hold(why: Reason) -> str:
    return name_of(why.code) if why.code == "no_consent" else explain(why)


def _who(person: str, codes: dict[str, str], text: str, code: str) -> Told:
    return {
        "person_id": person,
        "code": codes[person],
        "why": {"code": code, "text": text},
    }
