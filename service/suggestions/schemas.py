"""What suggestions look like over HTTP: the shape that ``deban match --json`` prints too."""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from catalogue.profiles import PersonProfile, SharedWith, Stage
from catalogue.terms import Form, Ref, Words
from catalogue.terms.values import Latitude, Longitude, Text
from service.persons.picture import ConsentGiven, Picture
from service.persons.portrait import portray_person
from service.persons.rules import Shared
from service.suggestions.actions import MISSES, Kept
from service.suggestions.tables import Tier
from service.suggestions.telling import Told

# A recurrence has to be expanded from that day on, and calendars end somewhere.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class ProfileIn(Picture):
    """Somebody described as in a people file, of whom nothing is stored."""

    id: Ref = "profile"
    code: Ref = "profile"
    age_band: Annotated[Words, Field(max_length=32)] = ""
    area: Annotated[Words, Field(max_length=64)] = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    stage: Annotated[Stage, Field(strict=False)] | None = None
    contact: Annotated[Words, Field(max_length=200)] = ""
    consent: ConsentGiven = ConsentGiven(shared_with=SharedWith.NONE)
    proposals_paused: Annotated[Text, Field(max_length=500)] | None = None
    note: Words = ""

    def portrait(self, *, as_of: date) -> PersonProfile:
        return portray_person(
            self,
            id=self.id,
            as_of=as_of,
            age_band=self.age_band,
            area=self.area,
            lat=self.lat,
            lon=self.lon,
            stage=self.stage,
            proposals_paused=self.proposals_paused,
            shared=Shared(self.consent.shared_with),
        )


class SuggestionIn(Form):
    """For whom: a stored person, or somebody who is only described here."""

    person_id: Annotated[UUID, Field(strict=False)] | None = None
    profile: ProfileIn | None = None
    limit: Annotated[int, Field(ge=1, le=50)] | None = None
    as_of: Annotated[Day, Field(strict=False)] | None = None
    excluded: Literal["nearest", "all"] = Field(
        default="nearest", description="Which of those left out are explained."
    )

    @property
    def misses(self) -> int | None:
        return MISSES if self.excluded == "nearest" else None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.person_id is None) is (self.profile is None):
            raise ValueError("expected either person_id or profile")
        return self


class ReasonOut(BaseModel):
    code: str
    value: Any
    limit: Any = None
    text: str


class ArrangementOut(BaseModel):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    kind: str
    from_: Any = Field(alias="from")
    to: Any
    text: str


class StartOut(BaseModel):
    minutes: int | None
    dose: str
    first_occurrences: list[str]
    travel_minutes: int | None
    mode: str | None


class ProposalOut(BaseModel):
    activity: UUID
    suggestion_id: UUID | None = Field(default=None, description="Only for a stored person.")
    score: float
    reasons: list[ReasonOut]
    to_check: list[ReasonOut]
    arrangements: list[ArrangementOut]
    start: StartOut
    above: str | None = Field(default=None, description="Why it stands above the next in order.")


class ExclusionOut(BaseModel):
    activity: UUID
    reasons: list[ReasonOut]


class StepOut(BaseModel):
    """The smallest change that would open something, and how much it would open."""

    code: str
    opens: int
    activities: list[UUID]
    text: str


class BoundOut(BaseModel):
    """What keeps activities away: from how many in all, and from how many by itself."""

    code: str
    activities: int
    alone: int
    text: str


class SuggestionsOut(BaseModel):
    """Tiers in the order of recommendation; ``held`` says why nothing is proposed now."""

    id: UUID | None = Field(default=None, description="Only for a stored person.")
    person_id: UUID | None = None
    as_of: date
    catalogue_revision: int
    held: str | None
    order: list[UUID] = Field(description="All tiers together, the best to propose first.")
    fits: list[ProposalOut]
    adaptable: list[ProposalOut]
    ask_host: list[ProposalOut]
    excluded: list[ExclusionOut] = Field(description="The nearest misses first.")
    excluded_total: int = Field(description="How many are left out, explained or not.")
    steps: list[StepOut] = Field(default=[], description="Only where nothing is proposed.")
    bound: list[BoundOut] = Field(default=[], description="Only where nothing is proposed.")


def of_round(kept: Kept) -> Told:
    """Return a round in the shape of SuggestionsOut, as plain values."""
    made = kept.round
    own = {
        "id": made.id,
        "person_id": made.person_id,
        "as_of": made.as_of,
        "catalogue_revision": made.catalogue_revision,
        "held": made.held,
    }
    tiers = {
        tier.value: [each.content | {"suggestion_id": each.id} for each in kept.of(tier)]
        for tier in Tier
    }
    order = [each.activity_id for each in kept.suggestions]
    return own | {"order": order} | tiers | {"excluded": made.excluded} | kept.besides


def of_profile(answer: Told, *, as_of: date, revision: int) -> Told:
    """Return what was told of somebody described in the shape of SuggestionsOut."""
    return {"as_of": as_of, "catalogue_revision": revision} | answer


_PLAIN: Final = TypeAdapter(dict[str, Any])


def written(told: Told) -> bytes:
    """Write values that are in shape already: a model would only look at each of them again."""
    return _PLAIN.dump_json(told)
