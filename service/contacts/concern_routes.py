"""Concern endpoints."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.contacts import actions
from service.contacts.concern_schemas import ConcernIn, ConcernOut, SettlementIn
from service.contacts.schemas import NamedSubject
from service.contacts.tables import Concern
from service.database import SessionDep
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/concerns", tags=["concerns"])


@router.post(
    "",
    response_model=ConcernOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_concern(
    body: ConcernIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Concern:
    return actions.raise_concern(
        session,
        staff,
        body.subject,
        side=body.side,
        words=body.words,
        raised_on=body.raised_on,
        at=at,
    )


@router.get("", response_model=Page[ConcernOut], responses=documented())
def list_concerns(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    subject: NamedSubject,
    after: After = None,
    limit: Limit = 50,
) -> Page[ConcernOut]:
    found = actions.list_concerns(session, staff, subject, at=at, after=after, limit=limit)
    items = [ConcernOut.model_validate(concern) for concern in found]
    return page_of(items, limit)


@router.get("/{concern_id}", response_model=ConcernOut, responses=documented(Kind.MISSING))
def read_concern(concern_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> Concern:
    return actions.read_concern(session, staff, concern_id, at=at)


@router.post(
    "/{concern_id}/settlement",
    response_model=ConcernOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def settle_concern(
    concern_id: UUID, body: SettlementIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Concern:
    return actions.settle_concern(
        session,
        staff,
        concern_id,
        settlement=body.settlement,
        settled_on=body.settled_on,
        at=at,
    )
