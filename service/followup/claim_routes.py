"""Claims: who is on the telephone, so that nobody else rings."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts.access import FollowUpWorker
from service.clock import Moment
from service.database import SessionDep
from service.followup import actions
from service.followup.schemas import ClaimOut
from service.refusals import Kind
from service.web.once import Once
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/follow-ups", tags=["follow-ups"])


@router.post(
    "/{item_id}/claim",
    response_model=ClaimOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_claim(
    *, item_id: UUID, session: SessionDep, staff: FollowUpWorker, at: Moment
) -> ClaimOut:
    """Say that one is about to ring: for half an hour nobody else rings the same person or host."""
    held = actions.claim(session, staff, item_id, at=at)
    return ClaimOut(item_id=item_id, account_id=staff.id, until=held.until, name=staff.display_name)


@router.delete("/{item_id}/claim", status_code=204, response_model=None, responses=documented())
def delete_claim(*, item_id: UUID, session: SessionDep, staff: FollowUpWorker) -> None:
    """Let go of one's own claim."""
    actions.release(session, staff, item_id)
