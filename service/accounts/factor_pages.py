"""Pages of the second step: its code at the sign-in, and how an authenticator app is set up."""

from dataclasses import replace
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts import factors, own, passkeys, proving
from service.accounts.access import Enroller, Oneself
from service.accounts.actions import Staff, require_step_up
from service.accounts.pages import HOME, LONGEST_PATH, Following, onward, own_path
from service.accounts.proving import AtDoor, AtOwnDoor, Door
from service.accounts.schemas import LONGEST_CODE
from service.accounts.security_pages import OVERVIEW, WRONG_CODE
from service.accounts.tables import Awaits
from service.clock import Moment
from service.database import SessionDep
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render
from service.web.tokens import carried_token, keep_token

router = APIRouter()


@router.get("/sign-in/code")
def show_code_page(request: Request, door: AtDoor, following: Following = HOME) -> HTMLResponse:
    door = replace(door, token=carried_token(request))
    return _code_page(request, {}, door, following=own_path(following))


@router.post("/sign-in/code")
def show_code(request: Request, form: SignedForm, door: AtOwnDoor) -> Response:
    filled = Filled(form)
    following = own_path(filled.text("next", longest=LONGEST_PATH))
    try:
        entered = proving.show_code(door, filled.text("code", longest=LONGEST_CODE))
    except own.WrongProof:
        return _code_page(request, {"code": WRONG_CODE}, door, following=following)
    return onward(entered, following, door.settings)


def _code_page(
    request: Request, errors: dict[str, str], door: Door, *, following: str
) -> HTMLResponse:
    context: dict[str, Any] = {"values": FormData(), "errors": errors, "next": following}
    context["passkeys"] = passkeys.offered(door, Awaits.CODE)
    return render(request, "accounts/code.html", status=422 if errors else 200, **context)


@router.get(f"{OVERVIEW}/code")
def show_enrolment(
    request: Request, session: SessionDep, staff: Enroller, wrong: bool = False
) -> HTMLResponse:
    errors = {"code": WRONG_CODE} if wrong else {}
    return _enrolment_page(request, errors, staff=staff, begun=factors.enrolment(session, staff))


@router.post(f"{OVERVIEW}/code/begin")
def begin_enrolment(
    request: Request, _form: SignedForm, session: SessionDep, staff: Enroller, at: Moment
) -> RedirectResponse:
    factors.begin_totp(session, staff, at=at, settings=request.app.state.settings)
    return RedirectResponse(f"{OVERVIEW}/code", 303)


@router.post(f"{OVERVIEW}/code")
def confirm_enrolment(request: Request, form: SignedForm, door: AtOwnDoor) -> Response:
    """Take the first code, and show the recovery codes this once."""
    code = Filled(form).text("code", longest=LONGEST_CODE)
    try:
        entered, codes = proving.confirm_totp(door, code)
    except own.WrongProof:
        return RedirectResponse(f"{OVERVIEW}/code?wrong=true", 303)
    answer = render(request, "accounts/recovery_codes.html", codes=codes)
    keep_token(answer, entered.token, door.settings)
    return answer


def _enrolment_page(
    request: Request, errors: dict[str, str], *, staff: Staff, begun: factors.Enrolment | None
) -> HTMLResponse:
    context: dict[str, Any] = {
        "staff": staff if staff.awaits is Awaits.NOTHING else None,
        "values": FormData(),
        "errors": errors,
        "secret": grouped(begun.secret) if begun else "",
        # The picture is part of the page: no other address ever gives it out.
        "picture": segno.make(begun.uri).svg_data_uri(scale=5, border=3) if begun else "",
    }
    return render(request, "accounts/enrolment.html", status=422 if errors else 200, **context)


def grouped(secret: str) -> str:
    """Return a secret in groups of four, as people type it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@router.post(f"{OVERVIEW}/code/remove")
def remove_code(
    request: Request, _form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> RedirectResponse:
    factors.remove_totp(session, staff, at=at, settings=request.app.state.settings)
    return RedirectResponse(f"{OVERVIEW}?done=removed", 303)


@router.post(f"{OVERVIEW}/recovery-codes")
def renew_recovery_codes(
    request: Request, _form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> HTMLResponse:
    require_step_up(staff, at)
    codes = factors.renewed(session, staff)
    return render(request, "accounts/recovery_codes.html", staff=staff, codes=codes)
