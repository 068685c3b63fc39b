"""Sign-in endpoints: a token for programs, the same token as a cookie for browsers."""

from fastapi import APIRouter, Request, Response

from service.accounts import actions
from service.accounts.access import AnyStaff
from service.accounts.rules import RIGHTS
from service.accounts.schemas import MeOut, SignedInOut, SignInIn
from service.clock import Moment
from service.database import SessionDep
from service.web.problems import documented
from service.web.tokens import drop_token, keep_token, refuse_foreign_browser

router = APIRouter(prefix="/api/v1", tags=["accounts"])


@router.post("/sessions", response_model=SignedInOut, status_code=201, responses=documented())
def sign_in(
    body: SignInIn, request: Request, response: Response, session: SessionDep, at: Moment
) -> SignedInOut:
    refuse_foreign_browser(request)
    settings = request.app.state.settings
    token = actions.sign_in(session, body.username, body.password, at=at, settings=settings)
    keep_token(response, token, settings)
    return SignedInOut(token=token)


@router.delete("/sessions", response_model=None, status_code=204, responses=documented())
def sign_out(
    request: Request, response: Response, session: SessionDep, staff: AnyStaff, at: Moment
) -> None:
    """End every sign-in of the caller, on every device."""
    actions.sign_out(session, staff, at=at)
    drop_token(response, request.app.state.settings)


@router.get("/me", response_model=MeOut, responses=documented())
def read_me(staff: AnyStaff) -> MeOut:
    return MeOut(
        id=staff.id,
        municipality_id=staff.municipality_id,
        area_id=staff.area_id,
        role=staff.role,
        display_name=staff.display_name,
        rights=sorted(RIGHTS[staff.role]),
    )
