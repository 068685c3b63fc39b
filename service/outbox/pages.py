"""Pages for whoever looks after what did not arrive, and after other systems that are told."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import AccountManager, DeliveryMender
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.outbox import actions, webhooks
from service.outbox.rules import listed
from service.outbox.schemas import LONGEST_URL
from service.outbox.words import CHANNEL_WORDS, CLOSING_WORDS, NOTICE_WORDS, TROUBLE_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render

router = APIRouter()

LETTERS: Final = "/dead-letters"
HOOKS: Final = "/webhooks"
MANY: Final = 200
NO_REASON: Final = ours("理由を選んでください")
FOREIGN: Final = ours(
    "このアドレスには送れません。設定で許されたホストの https:// のアドレスだけです"
)


@router.get(LETTERS)
def show_dead_letters(request: Request, session: SessionDep, staff: DeliveryMender) -> HTMLResponse:
    return _letters_page(request, session, staff)


def _letters_page(
    request: Request, session: Session, staff: Staff, mistake: str = ""
) -> HTMLResponse:
    found = actions.dead_letters(session, staff.municipality_id, limit=MANY)
    context: dict[str, Any] = {
        "staff": staff,
        "section": "",
        "letters": found,
        "channels": CHANNEL_WORDS,
        "notices": NOTICE_WORDS,
        "troubles": TROUBLE_WORDS,
        "closings": list(CLOSING_WORDS.items()),
        "manages": may(staff.role, Right.MANAGE_ACCOUNTS),
        "mistake": mistake,
    }
    status = 422 if mistake else 200
    return render(request, "outbox/dead_letters.html", status=status, **context)


@router.post(f"{LETTERS}/{{line_id}}/retry")
def send_again(
    line_id: UUID, _form: SignedForm, session: SessionDep, staff: DeliveryMender, at: Moment
) -> RedirectResponse:
    actions.send_again(session, staff, line_id, at=at)
    return RedirectResponse(LETTERS, 303)


@router.post(f"{LETTERS}/{{line_id}}/closing")
def close(
    *,
    request: Request,
    line_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: DeliveryMender,
    at: Moment,
) -> Response:
    """Let one go; without a reason it stays."""
    reason = Filled(form).choice("reason", CLOSING_WORDS)
    if reason is None:
        return _letters_page(request, session, staff, NO_REASON)
    actions.close(session, staff, line_id, reason, at=at)
    return RedirectResponse(LETTERS, 303)


@router.get(HOOKS)
def show_webhooks(request: Request, session: SessionDep, staff: AccountManager) -> HTMLResponse:
    return _hooks_page(request, session, staff)


def _hooks_page(
    request: Request,
    session: Session,
    staff: Staff,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
    secret: str = "",
) -> HTMLResponse:
    context: dict[str, Any] = {
        "staff": staff,
        "section": "",
        "webhooks": webhooks.list_webhooks(session, staff),
        "hosts": listed(request.app.state.settings.webhook_hosts),
        "values": form or FormData(),
        "errors": errors or {},
        "secret": secret,
    }
    return render(request, "outbox/webhooks.html", status=422 if errors else 200, **context)


@router.post(HOOKS)
def add_webhook(
    request: Request, form: SignedForm, session: SessionDep, staff: AccountManager, at: Moment
) -> HTMLResponse:
    """Add an address and show its secret; this page is the only place where it ever stands."""
    filled = Filled(form)
    url = filled.text("url", longest=LONGEST_URL)
    if filled.mistakes:
        return _hooks_page(request, session, staff, form=form, errors=filled.mistakes)
    settings = request.app.state.settings
    try:
        made = webhooks.add_webhook(session, staff, url, at=at, settings=settings)
    except webhooks.HostNotAllowed:
        return _hooks_page(request, session, staff, form=form, errors={"url": FOREIGN})
    return _hooks_page(request, session, staff, secret=made.secret)


@router.post(f"{HOOKS}/{{webhook_id}}/end")
def end_webhook(
    webhook_id: UUID, _form: SignedForm, session: SessionDep, staff: AccountManager, at: Moment
) -> RedirectResponse:
    webhooks.end_webhook(session, staff, webhook_id, at=at)
    return RedirectResponse(HOOKS, 303)
