"""Assignments of many people to few places: for staff, and only ever proposed."""

from fastapi import APIRouter

from service.accounts.access import PeopleReader
from service.clock import Moment, Today
from service.database import SessionDep
from service.refusals import Kind
from service.suggestions import grouping
from service.suggestions.access import Histories, KnownIndexes
from service.suggestions.assignment_schemas import AssignmentIn, AssignmentOut
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["suggestions"])


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
