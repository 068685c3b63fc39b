"""Sign-in endpoints: a token for programs, the same token as a cookie for browsers."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from service.accounts import actions, own, proving
from service.accounts.access import AnyStaff
from service.accounts.actions import STEP_UP_LASTS, Entered
from service.accounts.proving import AtDoor, AtOwnDoor
from service.accounts.rules import RIGHTS
from service.accounts.schemas import (
    CodeIn,
    MeOut,
    PasswordChangeIn,
    SignedInOut,
    SignInIn,
    SignInOut,
    SignInsOut,
    SteppedUpOut,
    StepUpIn,
)
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.settings import Settings
from service.web.problems import documented
from service.web.tokens import drop_token, keep_token, refuse_foreign_browser

router = APIRouter(prefix="/api/v1", tags=["accounts"])


@router.post(
    "/sessions",
    response_model=SignedInOut,
    status_code=201,
    responses=documented(Kind.TOO_OFTEN),
)
def sign_in(body: SignInIn, request: Request, response: Response, door: AtDoor) -> SignedInOut:
    refuse_foreign_browser(request)
    entered = proving.enter(door, body.username, body.password)
    return kept(response, entered, door.settings)


def kept(response: Response, entered: Entered, settings: Settings) -> SignedInOut:
    """Give a new token to a program, and as a cookie to a browser."""
    keep_token(response, entered.token, settings)
    return SignedInOut(token=entered.token, awaits=entered.awaits)


@router.get("/sessions", response_model=SignInsOut, responses=documented())
def list_sign_ins(session: SessionDep, staff: AnyStaff, at: Moment) -> SignInsOut:
    """Return the caller's own open sign-ins."""
    found = own.open_sign_ins(session, staff, at=at)
    return SignInsOut(
        items=[
            SignInOut(
                id=each.id,
                begun_at=each.created_at,
                seen_at=each.seen_at,
                expires_at=each.expires_at,
                own=each.id == staff.sign_in_id,
            )
            for each in found
        ]
    )


@router.delete("/sessions", response_model=None, status_code=204, responses=documented())
def sign_out(
    request: Request, response: Response, session: SessionDep, staff: AnyStaff, at: Moment
) -> None:
    """End every sign-in of the caller, on every device."""
    actions.sign_out(session, staff, at=at)
    drop_token(response, request.app.state.settings)


@router.delete(
    "/sessions/{sign_in_id}",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def end_sign_in(sign_in_id: UUID, session: SessionDep, staff: AnyStaff, at: Moment) -> None:
    """End one of the caller's own sign-ins: a telephone that was left behind."""
    own.end_sign_in(session, staff, sign_in_id, at=at)


@router.post(
    "/sessions/code",
    response_model=SignedInOut,
    status_code=201,
    responses=documented(Kind.CONFLICT, Kind.TOO_OFTEN),
)
def show_code(body: CodeIn, response: Response, door: AtOwnDoor) -> SignedInOut:
    """Take the second step of a sign-in that awaits a code."""
    return kept(response, proving.show_code(door, body.code), door.settings)


@router.post("/sessions/step-up", response_model=SteppedUpOut, responses=documented(Kind.TOO_OFTEN))
def step_up(body: StepUpIn, door: AtOwnDoor) -> SteppedUpOut:
    """Prove once more who one is, for what must not be done from an unwatched screen."""
    proving.step_up(door, password=body.password, code=body.code)
    return SteppedUpOut(until=door.at + STEP_UP_LASTS)


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


@router.post("/me/password", response_model=SignedInOut, responses=documented(Kind.TOO_OFTEN))
def change_password(body: PasswordChangeIn, response: Response, door: AtOwnDoor) -> SignedInOut:
    """Take a new password for the old one; every other sign-in ends, this one gets a new token."""
    entered = proving.change_password(door, body.old, body.new)
    return kept(response, entered, door.settings)
