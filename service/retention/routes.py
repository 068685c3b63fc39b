"""Endpoints of ends: support that ended, holds, requests; lists that somebody else approves."""

from uuid import UUID

from fastapi import APIRouter, Request

from service.accounts.access import PeopleWriter, Retainer
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.retention import actions, repository
from service.retention.schemas import (
    EndIn,
    EndOut,
    ErasureRequestIn,
    ErasureRequestOut,
    HoldIn,
    HoldOut,
    ListDetail,
    ListOut,
)
from service.web.once import Once
from service.web.paging import Page
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1", tags=["retention"])


@router.put(
    "/people/{person_id}/end",
    response_model=EndOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def end_support(
    person_id: UUID, body: EndIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> EndOut:
    """Say on which day support ended; from then on the term of the case file runs."""
    row = actions.end_support(session, staff, person_id, on=body.ended_on, at=at)
    return EndOut.model_validate(row)


@router.delete(
    "/people/{person_id}/end",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def resume_support(person_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment) -> None:
    """Take the end back."""
    actions.resume_support(session, staff, person_id, at=at)


@router.post(
    "/people/{person_id}/holds",
    response_model=HoldOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def place_hold(
    person_id: UUID, body: HoldIn, session: SessionDep, staff: Retainer, at: Moment
) -> HoldOut:
    """Let nothing of a person go, whatever is due or approved."""
    row = actions.hold(session, staff, person_id, reason=body.reason, until=body.until, at=at)
    return HoldOut.model_validate(row)


@router.post(
    "/people/{person_id}/holds/{hold_id}/lifting",
    response_model=HoldOut,
    responses=documented(Kind.MISSING),
)
def lift_hold(
    person_id: UUID, hold_id: UUID, session: SessionDep, staff: Retainer, at: Moment
) -> HoldOut:
    return HoldOut.model_validate(actions.lift(session, staff, person_id, hold_id, at=at))


@router.post(
    "/people/{person_id}/erasure-request",
    response_model=ErasureRequestOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def ask_erasure(
    person_id: UUID, body: ErasureRequestIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> ErasureRequestOut:
    """Write down that the person asked for the end of what is kept of them."""
    row = actions.ask_erasure(session, staff, person_id, on=body.asked_on, at=at)
    return ErasureRequestOut.model_validate(row)


@router.post("/disposal-lists", response_model=ListDetail, status_code=201, responses=documented())
def draw_list(request: Request, session: SessionDep, staff: Retainer, at: Moment) -> ListDetail:
    """Store what is due today, for somebody else to approve."""
    head = actions.draw(
        session,
        municipality_id=staff.municipality_id,
        by=staff.id,
        at=at,
        settings=request.app.state.settings,
    )
    return ListDetail.told(actions.show(session, staff, head.id, at=at))


@router.get("/disposal-lists", response_model=Page[ListOut], responses=documented())
def list_lists(session: SessionDep, staff: Retainer) -> Page[ListOut]:
    """List every list, the newest first."""
    found = repository.lists(session, staff.municipality_id)
    return Page(items=[ListOut.model_validate(each) for each in found])


@router.get(
    "/disposal-lists/{list_id}",
    response_model=ListDetail,
    responses=documented(Kind.MISSING),
)
def read_list(list_id: UUID, session: SessionDep, staff: Retainer, at: Moment) -> ListDetail:
    return ListDetail.told(actions.show(session, staff, list_id, at=at))


@router.post(
    "/disposal-lists/{list_id}/approval",
    response_model=ListOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def approve_list(list_id: UUID, session: SessionDep, staff: Retainer, at: Moment) -> ListOut:
    """Approve what somebody else drew; `deban retention run` then erases it."""
    return ListOut.model_validate(actions.approve(session, staff, list_id, at=at))
