"""Follow-up endpoints: the queue, and what came of a row."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlmodel import Session

from catalogue.terms import Day
from catalogue.terms.values import Line
from service.accounts.access import FollowUpWorker
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.database import SessionDep
from service.followup import actions
from service.followup.schemas import QueueOut, ResultIn, ResultOut
from service.hosts.actions import area_named
from service.refusals import Kind
from service.web.once import Once
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/follow-ups", tags=["follow-ups"])


AreaNamed = Annotated[Line | None, Query(max_length=200, description="An area's id or its ref.")]


@router.get("", response_model=QueueOut, responses=documented(Kind.MISSING))
def read_queue(
    *,
    session: SessionDep,
    staff: FollowUpWorker,
    today: Today,
    at: Moment,
    area: AreaNamed = None,
    owner: UUID | None = None,
    on: Day | None = None,
) -> QueueOut:
    """Return everything that is owed on a day, in the documented order, with its counts."""
    area_id = _area_id(session, staff, area) if area else None
    rows = actions.queue(session, staff, at=at, area=area_id, owner=owner, on=on)
    return QueueOut.of(rows, actions.counts(rows), on=on or today)


def _area_id(session: Session, staff: Staff, area: str) -> UUID:
    # Bodies name an area by its ref, rows of other lists by its id: either is understood.
    try:
        return UUID(area)
    except ValueError:
        return area_named(session, staff, area).id


@router.post(
    "/{item_id}/results",
    response_model=ResultOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_result(
    *,
    item_id: UUID,
    body: ResultIn,
    session: SessionDep,
    staff: FollowUpWorker,
    today: Today,
    at: Moment,
) -> ResultOut:
    """Write down what came of a try: a contact with its intention, and why a row is left."""
    outcome = body.outcome(today=today)
    done = actions.record_result(session, staff, item_id, outcome, at=at)
    return ResultOut(
        contact_id=done.contact.id,
        item_id=item_id,
        result=done.contact.result,
        leaves=done.leaves,
    )
