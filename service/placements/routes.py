"""Placement endpoints."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from service.accounts.access import PeopleReader, Placer
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.placements import actions, correcting, repository
from service.placements.access import Office
from service.placements.lifecycle import Status
from service.placements.schemas import (
    MoveCorrectionIn,
    MoveIn,
    PlacementDetail,
    PlacementIn,
    PlacementOut,
    possible_moves,
)
from service.placements.tables import Placement
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import MaybeSeen, both_shown, tag

router = APIRouter(route_class=Once, prefix="/api/v1/placements", tags=["placements"])


@router.post(
    "",
    response_model=PlacementDetail,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_placement(
    *,
    body: PlacementIn,
    session: SessionDep,
    staff: Placer,
    today: Today,
    at: Moment,
    office: Office,
    response: Response,
) -> PlacementDetail:
    """Put an activity to a person. Nothing leaves the team, and no place is held yet."""
    placement = actions.propose(
        session,
        staff,
        **body.model_dump(exclude={"occurred_on"}),
        on=body.occurred_on or today,
        at=at,
        settings=office,
    )
    return _detail(session, staff, placement, today, response)


@router.get("", response_model=Page[PlacementOut], responses=documented())
def list_placements(
    *,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    person_id: UUID | None = None,
    activity_id: UUID | None = None,
    status: Annotated[Status | None, Query()] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[PlacementOut]:
    found = actions.list_placements(
        session,
        staff,
        at=at,
        person_id=person_id,
        activity_id=activity_id,
        status=status,
        after=after,
        limit=limit,
    )
    items = [PlacementOut.of(placement, on=today) for placement in found]
    return page_of(items, limit)


@router.get("/{placement_id}", response_model=PlacementDetail, responses=documented(Kind.MISSING))
def read_placement(
    *,
    placement_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    response: Response,
) -> PlacementDetail:
    placement = actions.placement_for(session, staff, placement_id, act=Act.READ, at=at)
    return _detail(session, staff, placement, today, response)


@router.post(
    "/{placement_id}/moves",
    response_model=PlacementDetail,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.STALE),
)
def make_move(
    *,
    placement_id: UUID,
    body: MoveIn,
    session: SessionDep,
    staff: Placer,
    today: Today,
    at: Moment,
    office: Office,
    version: MaybeSeen,
    response: Response,
) -> PlacementDetail:
    """Make one move, or say clearly why not. With If-Match: only if nobody moved it meanwhile."""

    def current() -> PlacementDetail:
        seen = actions.placement_for(session, staff, placement_id, act=Act.READ, at=at)
        return _detail(session, staff, seen, today, response)

    with both_shown(session, body, current):
        placement = actions.move(
            session,
            staff,
            placement_id,
            body.move,
            body.terms,
            on=body.occurred_on or today,
            note=body.note,
            at=at,
            settings=office,
            version=version,
        )
    return _detail(session, staff, placement, today, response)


@router.post(
    "/{placement_id}/moves/{move_id}/corrections",
    response_model=PlacementDetail,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def correct_move(
    *,
    placement_id: UUID,
    move_id: UUID,
    body: MoveCorrectionIn,
    session: SessionDep,
    staff: Placer,
    today: Today,
    at: Moment,
    response: Response,
) -> PlacementDetail:
    """Correct the day or the note of a move by appending; the status stays as it is."""
    placement = correcting.correct_move(
        session, staff, placement_id, move_id, at=at, on=body.occurred_on, note=body.note
    )
    return _detail(session, staff, placement, today, response)


def _detail(
    session: SessionDep, staff: Staff, placement: Placement, today: Today, response: Response
) -> PlacementDetail:
    tag(response, placement.version)
    slot = repository.places_of(session, placement.slot_id)
    being_asked = repository.being_asked(session, slot.id, on=today)
    return PlacementDetail.of(
        placement,
        on=today,
        places={"capacity": slot.capacity, "taken": slot.taken, "being_asked": being_asked},
        moves=repository.moves_of(session, [placement.id]),
        possible=possible_moves(placement.status, by=actions.actor_of(staff)),
    )
