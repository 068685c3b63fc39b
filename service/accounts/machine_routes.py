"""Tokens of machines over HTTP, for the admin of a municipality."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts import machines
from service.accounts.access import AccountManager
from service.accounts.machine_schemas import (
    MachineTokenIn,
    MachineTokenOut,
    MachineTokensOut,
    MadeTokenOut,
)
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/machine-tokens", tags=["accounts"])


@router.get("", response_model=MachineTokensOut, responses=documented())
def list_tokens(session: SessionDep, staff: AccountManager) -> MachineTokensOut:
    """Return every token of the municipality's machines, ended ones too; never a token itself."""
    found = machines.tokens(session, staff)
    return MachineTokensOut(items=[MachineTokenOut.model_validate(each) for each in found])


@router.post("", response_model=MadeTokenOut, status_code=201, responses=documented())
def make_token(
    body: MachineTokenIn, session: SessionDep, staff: AccountManager, at: Moment
) -> MadeTokenOut:
    """Make a token for one thing; it is shown this once."""
    made = machines.make_token(session, staff, body.name, scope=body.scope, days=body.days, at=at)
    kept = MachineTokenOut.model_validate(made.kept)
    return MadeTokenOut(**kept.model_dump(), token=made.token)


@router.delete(
    "/{machine_token_id}",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def end_token(
    machine_token_id: UUID, session: SessionDep, staff: AccountManager, at: Moment
) -> None:
    """End a token at once."""
    machines.end_token(session, staff, machine_token_id, at=at)
