"""Passkeys over HTTP: add, list and remove one's own, and show one."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from service.accounts import passkeys, repository
from service.accounts.access import CodeShower, Oneself
from service.accounts.actions import STEP_UP_LASTS
from service.accounts.passkey_schemas import (
    PasskeyIn,
    PasskeyOptionsOut,
    PasskeyOut,
    PasskeyShownIn,
    PasskeysOut,
)
from service.accounts.proving import AtOwnDoor
from service.accounts.routes import kept
from service.accounts.schemas import SignedInOut, SteppedUpOut
from service.accounts.tables import Passkey
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["accounts"])


def _told(passkey: Passkey) -> PasskeyOut:
    return PasskeyOut.model_validate(passkey, from_attributes=True)


@router.get("/me/factors/passkeys", response_model=PasskeysOut, responses=documented())
def list_passkeys(session: SessionDep, staff: Oneself) -> PasskeysOut:
    """Return the caller's own passkeys."""
    held = repository.passkeys_of(session, staff.id)
    return PasskeysOut(items=[_told(each) for each in held])


@router.post(
    "/me/factors/passkeys/begin",
    response_model=PasskeyOptionsOut,
    responses=documented(Kind.CONFLICT),
)
def begin(request: Request, session: SessionDep, staff: Oneself, at: Moment) -> PasskeyOptionsOut:
    """Ask for a new key: the browser passes this on to the device."""
    options = passkeys.begin(session, staff, at=at, settings=request.app.state.settings)
    return PasskeyOptionsOut(public_key=options)


@router.post(
    "/me/factors/passkeys",
    response_model=PasskeyOut,
    status_code=201,
    responses=documented(Kind.CONFLICT, Kind.TOO_OFTEN),
)
def register(body: PasskeyIn, door: AtOwnDoor) -> PasskeyOut:
    """Keep the new key's public half."""
    return _told(passkeys.register(door, body.answer(), body.label))


@router.delete(
    "/me/factors/passkeys/{passkey_id}",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def remove(passkey_id: UUID, session: SessionDep, staff: Oneself, at: Moment) -> None:
    """Take one of the caller's own passkeys away."""
    passkeys.remove(session, staff, passkey_id, at=at)


@router.post(
    "/sessions/passkey/begin",
    response_model=PasskeyOptionsOut,
    responses=documented(Kind.CONFLICT),
)
def ask(request: Request, session: SessionDep, staff: CodeShower, at: Moment) -> PasskeyOptionsOut:
    """Ask for a passkey, for the second step of a sign-in or for a fresh proof."""
    options = passkeys.ask(session, staff, at=at, settings=request.app.state.settings)
    return PasskeyOptionsOut(public_key=options)


@router.post(
    "/sessions/passkey",
    response_model=SignedInOut,
    status_code=201,
    responses=documented(Kind.CONFLICT, Kind.TOO_OFTEN),
)
def show(body: PasskeyShownIn, response: Response, door: AtOwnDoor) -> SignedInOut:
    """Take the second step of a sign-in by a passkey."""
    return kept(response, passkeys.show(door, body.answer()), door.settings)


@router.post(
    "/sessions/step-up/passkey",
    response_model=SteppedUpOut,
    responses=documented(Kind.CONFLICT, Kind.TOO_OFTEN),
)
def step_up(body: PasskeyShownIn, door: AtOwnDoor) -> SteppedUpOut:
    """Prove by a passkey once more who one is."""
    passkeys.step_up(door, body.answer())
    return SteppedUpOut(until=door.at + STEP_UP_LASTS)
