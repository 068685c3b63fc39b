"""The admin's page of machines' tokens: make one, see when it was used last, end it."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts import administration, machines
from service.accounts.access import AccountManager
from service.accounts.actions import Staff, UnfitName, require_step_up
from service.accounts.machines import LONGEST_DAYS, LONGEST_NAME
from service.accounts.words import SCOPE_WORDS
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render

router = APIRouter()

LIST: Final = "/machine-tokens"
DAYS_WORDS: Final = ours({30: "30日", 90: "90日", 180: "180日", LONGEST_DAYS: "1年"})
USUAL: Final = FormData({"days": "90"})
NO_SCOPE: Final = ours("読ませるものを選んでください")
NO_DAYS: Final = ours("いつまで使うかを選んでください")
NO_NAME: Final = ours("何に使うかを、1行で書いてください")


@router.get(LIST)
def show_tokens(
    request: Request, session: SessionDep, staff: AccountManager, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, USUAL, {}, at=at)


@router.post(LIST)
def make_token(
    request: Request, form: SignedForm, session: SessionDep, staff: AccountManager, at: Moment
) -> Response:
    """Make a token and show it this once."""
    require_step_up(staff, at)
    filled = Filled(form)
    name = filled.text("name", longest=LONGEST_NAME)
    scope = filled.needed("scope", SCOPE_WORDS, sentence=NO_SCOPE)
    days = filled.number("days", lowest=1, highest=LONGEST_DAYS)
    if not name:
        filled.mistakes.setdefault("name", NO_NAME)
    if days is None:
        filled.mistakes.setdefault("days", NO_DAYS)
    if scope is not None and days is not None and not filled.mistakes:
        try:
            made = machines.make_token(session, staff, name, scope=scope, days=days, at=at)
            context: dict[str, Any] = {"staff": staff, "made": made, "scopes": SCOPE_WORDS}
            return render(request, "accounts/made_token.html", **context)
        except UnfitName:
            filled.mistakes["name"] = NO_NAME
    return _page(request, session, staff, form, filled.mistakes, at=at)


@router.post(f"{LIST}/{{machine_token_id}}/end")
def end_token(
    machine_token_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: AccountManager,
    at: Moment,
) -> RedirectResponse:
    machines.end_token(session, staff, machine_token_id, at=at)
    return RedirectResponse(LIST, 303)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    form: FormData,
    errors: dict[str, str],
    *,
    at: Moment,
) -> HTMLResponse:
    accounts = administration.accounts(session, staff)
    return render(
        request,
        "accounts/machine_tokens.html",
        status=422 if errors else 200,
        staff=staff,
        tokens=machines.tokens(session, staff),
        names={account.id: account.display_name for account in accounts},
        scopes=SCOPE_WORDS,
        days=DAYS_WORDS,
        at=at,
        values=form,
        errors=errors,
    )
