"""Pages for the admin: the accounts of the office, each with what can be changed."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Area
from service.accounts import administration
from service.accounts.access import AccountManager
from service.accounts.actions import (
    LONGEST_DISPLAY_NAME,
    LONGEST_USERNAME,
    Staff,
    UnfitName,
    UsernameTaken,
    require_step_up,
)
from service.accounts.tables import Account
from service.accounts.words import ROLE_WORDS, WORK_WORDS
from service.accounts.work import StillInHand
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

router = APIRouter()

LIST: Final = "/accounts"
TAKEN: Final = ours("この利用者名は、もう使われています。ほかの名前にしてください")
UNFIT: Final = ours("使えない文字があるか、長すぎます。書きなおしてください")
NO_ROLE: Final = ours("役割を選んでください")


@router.get(LIST)
def show_accounts(request: Request, session: SessionDep, staff: AccountManager) -> HTMLResponse:
    return _list_page(request, session, staff, FormData(), {})


def _list_page(
    request: Request, session: Session, staff: Staff, form: FormData, errors: dict[str, str]
) -> HTMLResponse:
    found = administration.accounts(session, staff)
    context: dict[str, Any] = {
        "staff": staff,
        "accounts": found,
        "guarded": administration.guarded(session, found),
        "values": form,
        "errors": errors,
        **_choices(session, staff),
    }
    return render(request, "accounts/accounts.html", status=422 if errors else 200, **context)


def _choices(session: Session, staff: Staff) -> dict[str, Any]:
    areas = catalogue.all_by_ref(session, Area, staff.municipality_id).values()
    named = [(str(area.id), area.name) for area in areas]
    return {
        "role_words": ROLE_WORDS,
        "areas": dict(named),
        "area_choices": [("", ours("すべての圏域")), *named],
    }


@router.post(LIST)
def open_account(
    request: Request, form: SignedForm, session: SessionDep, staff: AccountManager, at: Moment
) -> Response:
    """Open an account and show its first password this once."""
    require_step_up(staff, at)
    filled = Filled(form)
    role = filled.needed("role", ROLE_WORDS, sentence=NO_ROLE)
    username = filled.text("username", longest=LONGEST_USERNAME)
    display_name = filled.text("display_name", longest=LONGEST_DISPLAY_NAME)
    if role is not None and not filled.mistakes:
        try:
            opened = administration.open_account(
                session,
                staff,
                username,
                role=role,
                display_name=display_name,
                area_id=filled.id("area_id"),
                at=at,
            )
            return _password_page(request, staff, opened)
        except UsernameTaken:
            filled.mistakes["username"] = TAKEN
        except UnfitName:
            filled.mistakes["username"] = UNFIT
    return _list_page(request, session, staff, form, filled.mistakes)


def _password_page(request: Request, staff: Staff, given: administration.Opened) -> HTMLResponse:
    context: dict[str, Any] = {"staff": staff, "account": given.account}
    return render(request, "accounts/given_password.html", password=given.password, **context)


@router.get(f"{LIST}/{{account_id}}")
def show_account(
    account_id: UUID, request: Request, session: SessionDep, staff: AccountManager, at: Moment
) -> HTMLResponse:
    return _account_page(request, session, staff, account_id, at=at)


def _account_page(
    request: Request,
    session: Session,
    staff: Staff,
    account_id: UUID,
    *,
    at: datetime,
    refused: bool = False,
    typed: FormData | None = None,
) -> HTMLResponse:
    """Show an account; after a colleague's edit what is there now, and what was typed."""
    found = administration.account(session, staff, account_id)
    choices = _choices(session, staff)
    context: dict[str, Any] = {
        "staff": staff,
        "account": found,
        "guarded": bool(administration.guarded(session, [found])),
        "values": newest(typed, found.version) if typed else FormData(_values(found)),
        "errors": {},
        "now": _now(found, dict(choices["area_choices"])) if typed else [],
        "leaving": administration.leaving(session, staff, found.id, at=at),
        "refused": refused,
        "work_words": WORK_WORDS,
        **choices,
    }
    status = 409 if refused or typed else 200
    return render(request, "accounts/account.html", status=status, **context)


def _values(found: Account) -> dict[str, str]:
    said = {"role": found.role.value, "area_id": str(found.area_id or "")}
    return said | {"display_name": found.display_name, "version": str(found.version)}


def _now(found: Account, areas: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (ours("画面に出る名前"), found.display_name),
        (ours("役割"), ROLE_WORDS[found.role]),
        (ours("圏域"), areas.get(str(found.area_id or ""), "")),
    ]


@router.post(f"{LIST}/{{account_id}}")
def change_account(
    *,
    account_id: UUID,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: AccountManager,
    at: Moment,
) -> Response:
    """Change role, area or name, as the form shows them all."""
    filled = Filled(form)
    changes: dict[str, Any] = {"area_id": filled.id("area_id")}
    if role := filled.choice("role", ROLE_WORDS):
        changes["role"] = role
    if name := filled.text("display_name", longest=LONGEST_DISPLAY_NAME):
        changes["display_name"] = name
    seen = filled.number("version", highest=HIGHEST) or 0
    try:
        with session.begin_nested():
            administration.amend(session, staff, account_id, changes, at=at, seen=seen)
    except StillInHand:
        return _account_page(request, session, staff, account_id, at=at, refused=True)
    except Stale:
        return _account_page(request, session, staff, account_id, at=at, typed=form)
    return RedirectResponse(LIST, 303)


@router.post(f"{LIST}/{{account_id}}/closing")
def close_or_reopen(
    *,
    account_id: UUID,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: AccountManager,
    at: Moment,
) -> Response:
    """Close or open an account; whoever still has people is shown with what to hand over."""
    active = Filled(form).text("active") == "yes"
    try:
        with session.begin_nested():
            administration.amend(session, staff, account_id, {"active": active}, at=at)
    except StillInHand:
        return _account_page(request, session, staff, account_id, at=at, refused=True)
    return RedirectResponse(LIST, 303)


@router.post(f"{LIST}/{{account_id}}/password")
def give_password(
    account_id: UUID,
    request: Request,
    _form: SignedForm,
    session: SessionDep,
    staff: AccountManager,
    at: Moment,
) -> HTMLResponse:
    given = administration.give_password(session, staff, account_id, at=at)
    return _password_page(request, staff, given)


@router.post(f"{LIST}/{{account_id}}/factors")
def reset_factors(
    account_id: UUID, _form: SignedForm, session: SessionDep, staff: AccountManager, at: Moment
) -> RedirectResponse:
    administration.reset_factors(session, staff, account_id, at=at)
    return RedirectResponse(f"{LIST}/{account_id}", 303)
