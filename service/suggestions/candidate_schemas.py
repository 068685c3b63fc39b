"""What candidates look like over HTTP. For staff: people stand there by code."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field

from catalogue.terms import Form
from matching.candidates import Candidate
from matching.saying import name_of
from service.suggestions.candidacy import Found
from service.suggestions.option_schemas import AnyDay, Id, OptionOut, word
from service.suggestions.telling import Told, told_proposal


class CandidatesIn(Form):
    """Which places: those of one slot, those from a day on, or all that the activity has."""

    slot_id: Id | None = None
    starts_on: AnyDay | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class CandidateOut(OptionOut):
    person_id: UUID
    code: str


class CountOut(BaseModel):
    code: str
    people: int
    text: str


class CandidatesOut(BaseModel):
    """Best first; whoever is not listed is only counted, by what keeps them apart."""

    activity: UUID
    as_of: date
    catalogue_revision: int
    suited: int
    candidates: list[CandidateOut]
    held: list[CountOut]
    unsuited: list[CountOut] = Field(description="One person may count under several codes.")

    @classmethod
    def of(cls, found: Found, activity: UUID, *, as_of: date) -> Self:
        made = found.candidates
        return cls.model_validate(
            {
                "activity": activity,
                "as_of": as_of,
                "catalogue_revision": found.revision,
                "suited": made.suited,
                "candidates": [_candidate(each, found.codes) for each in made.shown],
                "held": _counts(made.held),
                "unsuited": _counts(made.unsuited),
            }
        )


def _counts(counts: Iterable[tuple[str, int]]) -> list[Told]:
    return [{"code": code, "people": people, "text": name_of(code)} for code, people in counts]


def _candidate(each: Candidate, codes: dict[str, str]) -> Told:
    who = {"person_id": each.person, "code": codes[each.person], "tier": word(each.tier)}
    return told_proposal(each.proposal) | who
