"""Candidates for an activity, and assignments of many people: for staff, and only ever proposed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from service.accounts.access import PeopleReader
from service.clock import Moment, Today
from service.database import SessionDep
from service.refusals import Kind
from service.suggestions import candidacy, grouping
from service.suggestions.access import KnownIndexes
from service.suggestions.assignment_schemas import AssignmentIn, AssignmentOut
from service.suggestions.candidacy import RememberMany
from service.suggestions.candidate_schemas import CandidatesIn, CandidatesOut
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["suggestions"])


def request_histories(request: Request) -> RememberMany:
    histories: RememberMany = request.app.state.histories
    return histories


Histories = Annotated[RememberMany, Depends(request_histories)]


@router.post(
    "/activities/{activity_id}/candidates",
    response_model=CandidatesOut,
    response_model_exclude_unset=True,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def find_candidates(
    *,
    activity_id: UUID,
    body: CandidatesIn,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    indexes: KnownIndexes,
    histories: Histories,
) -> CandidatesOut:
    """Say whom of the people one may see an activity might suit, and why. Nothing is kept."""
    found = candidacy.find_candidates(
        session,
        staff,
        activity_id,
        indexes=indexes,
        histories=histories,
        limit=body.limit,
        slot_id=body.slot_id,
        starts_on=body.starts_on,
        as_of=today,
        at=at,
    )
    return CandidatesOut.of(found, activity_id, as_of=today)


@router.post(
    "/assignments",
    response_model=AssignmentOut,
    response_model_exclude_unset=True,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def share_out(
    *,
    body: AssignmentIn,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    indexes: KnownIndexes,
    histories: Histories,
) -> AssignmentOut:
    """Propose who might go where: those with the fewest places to go first. Nobody is placed."""
    shared = grouping.share_out(
        session,
        staff,
        body.people,
        places=body.places,
        indexes=indexes,
        histories=histories,
        adaptable=body.adaptable,
        ask_host=body.ask_host,
        as_of=today,
        at=at,
    )
    return AssignmentOut.of(shared, as_of=today)
