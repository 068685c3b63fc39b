"""Visit endpoints."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.visits import actions
from service.visits.schemas import VisitIn, VisitOut
from service.visits.tables import Visit
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/visits", tags=["visits"])


@router.post(
    "",
    response_model=VisitOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_visit(body: VisitIn, session: SessionDep, staff: PeopleWriter, at: Moment) -> Visit:
    """Append a visit, or a correction of one; what nobody knows stays unknown."""
    return actions.record_visit(
        session, staff, body.placement_id, body.report, at=at, corrects_id=body.corrects_id
    )


@router.get("", response_model=Page[VisitOut], responses=documented())
def list_visits(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    placement_id: UUID | None = None,
    person_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[VisitOut]:
    found = actions.list_visits(
        session,
        staff,
        at=at,
        placement_id=placement_id,
        person_id=person_id,
        after=after,
        limit=limit,
    )
    items = [VisitOut.model_validate(visit) for visit in found]
    return page_of(items, limit)


@router.get("/{visit_id}", response_model=VisitOut, responses=documented(Kind.MISSING))
def read_visit(visit_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> Visit:
    return actions.read_visit(session, staff, visit_id, at=at)
