"""Follow-up endpoints: the queue, and what came of a row."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session

from catalogue.terms import Day
from catalogue.terms.values import Line
from service.accounts.access import FollowUpWorker
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.database import SessionDep
from service.followup import actions
from service.followup.cursors import place_named
from service.followup.figures import counts_of
from service.followup.repository.queue import Scope
from service.followup.schemas import GroupsOut, QueueOut, ResultIn, ResultOut
from service.hosts.actions import area_named
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import Limit
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/follow-ups", tags=["follow-ups"])


AreaNamed = Annotated[Line | None, Query(max_length=200, description="An area's id or its ref.")]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which rows of the queue are asked for."""

    area: AreaNamed = None
    owner: UUID | None = None
    host: UUID | None = None
    another_way: bool = False
    for_coordinator: bool = False


Asked = Annotated[Narrowed, Depends()]


def scope_of(session: Session, staff: Staff, asked: Narrowed) -> Scope:
    """Return the scope of a question; an area is named by its ref or its id."""
    return Scope(
        staff,
        area_id=_area_id(session, staff, asked.area) if asked.area else None,
        owner_id=asked.owner,
        host_id=asked.host,
        another_way=asked.another_way,
        for_coordinator=asked.for_coordinator,
    )


@router.get("", response_model=QueueOut, responses=documented(Kind.MISSING))
def read_queue(
    *,
    session: SessionDep,
    staff: FollowUpWorker,
    at: Moment,
    asked: Asked,
    on: Day | None = None,
    after: Annotated[Line | None, Query(max_length=400, description="`next` of a page")] = None,
    limit: Limit = 50,
) -> QueueOut:
    """Return a page of what is owed on a day, in the documented order, with the counts of all."""
    scope, place = scope_of(session, staff, asked), place_named(after) if after else None
    leaf = actions.leaf(session, scope, at=at, on=on, after=place, limit=limit)
    return QueueOut.of(leaf, counts_of(session, scope, on=on), on=on or staff.on)


@router.get("/groups", response_model=GroupsOut, responses=documented())
def read_groups(*, session: SessionDep, staff: FollowUpWorker) -> GroupsOut:
    """Return how many of today's rows each host and each area has; both narrow the queue."""
    return GroupsOut.model_validate(actions.groups(session, staff))


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
