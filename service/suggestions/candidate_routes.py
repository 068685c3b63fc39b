"""Candidates for an activity: for staff, and only ever proposed."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts.access import PeopleReader
from service.clock import Moment, Today
from service.database import SessionDep
from service.refusals import Kind
from service.suggestions import candidacy
from service.suggestions.access import Histories, KnownIndexes
from service.suggestions.candidate_schemas import CandidatesIn, CandidatesOut
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["suggestions"])


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
