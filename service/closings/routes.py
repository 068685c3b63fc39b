"""Endpoints that say beforehand what an end will close."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from service.accounts.access import PeopleReader, Placer
from service.clock import Moment
from service.closings import actions
from service.closings.schemas import EndingOut, WithdrawalOut
from service.database import SessionDep
from service.placements.lifecycle import Action
from service.refusals import Kind
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["closings"])


@router.get(
    "/placements/{placement_id}/closing",
    response_model=EndingOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def show_ending(
    *,
    placement_id: UUID,
    session: SessionDep,
    staff: Placer,
    at: Moment,
    move: Annotated[Action, Query()] = Action.END,
) -> EndingOut:
    """Say what the move would end today, or that it ends nothing; refused where the move is."""
    return EndingOut.of(actions.ending(session, staff, placement_id, move, at=at))


@router.get(
    "/people/{person_id}/consents/{consent_id}/withdrawal",
    response_model=WithdrawalOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def show_withdrawal(
    person_id: UUID, consent_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> WithdrawalOut:
    """Say what would end if this consent were withdrawn now."""
    return WithdrawalOut.of(actions.withdrawal(session, staff, person_id, consent_id, at=at))
