"""One's own second factor over HTTP: see it, set it up, take it away."""

from fastapi import APIRouter, Request, Response

from service.accounts import factors, proving
from service.accounts.access import Enroller, Oneself
from service.accounts.actions import require_step_up
from service.accounts.proving import AtOwnDoor
from service.accounts.schemas import (
    CodeIn,
    EnrolledOut,
    EnrolmentOut,
    FactorsOut,
    RecoveryCodesOut,
)
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.web.problems import documented
from service.web.tokens import keep_token

router = APIRouter(prefix="/api/v1/me/factors", tags=["accounts"])


@router.get("", response_model=FactorsOut, responses=documented())
def read_factors(session: SessionDep, staff: Oneself) -> FactorsOut:
    guard = factors.guard_of(session, staff.id)
    return FactorsOut(totp=guard.totp, recovery_codes_left=guard.recovery_codes_left)


@router.post("/totp", response_model=EnrolmentOut, responses=documented(Kind.CONFLICT))
def begin_totp(request: Request, session: SessionDep, staff: Enroller, at: Moment) -> EnrolmentOut:
    """Make the secret that an authenticator app is to hold."""
    settings = request.app.state.settings
    begun = factors.begin_totp(session, staff, at=at, settings=settings)
    return EnrolmentOut(secret=begun.secret, uri=begun.uri)


@router.post(
    "/totp/confirm",
    response_model=EnrolledOut,
    responses=documented(Kind.CONFLICT, Kind.TOO_OFTEN),
)
def confirm_totp(body: CodeIn, response: Response, door: AtOwnDoor) -> EnrolledOut:
    """Take the app's first code: from now on signing in asks for one. Recovery codes come once."""
    entered, codes = proving.confirm_totp(door, body.code)
    keep_token(response, entered.token, door.settings)
    return EnrolledOut(token=entered.token, awaits=entered.awaits, recovery_codes=codes)


@router.delete("/totp", response_model=None, status_code=204, responses=documented(Kind.CONFLICT))
def remove_totp(request: Request, session: SessionDep, staff: Oneself, at: Moment) -> None:
    """Take the authenticator app away, where the office does not require one."""
    factors.remove_totp(session, staff, at=at, settings=request.app.state.settings)


@router.post(
    "/recovery-codes", response_model=RecoveryCodesOut, responses=documented(Kind.CONFLICT)
)
def renew_recovery_codes(session: SessionDep, staff: Oneself, at: Moment) -> RecoveryCodesOut:
    """Make ten new recovery codes; the older ones open nothing any more."""
    require_step_up(staff, at)
    return RecoveryCodesOut(recovery_codes=factors.renewed(session, staff))
