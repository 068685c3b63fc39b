"""Pages of drafts: keep one as it stands, see them all, throw one away."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.accounts.access import AnyStaff
from service.clock import Moment
from service.database import SessionDep
from service.drafts import actions
from service.drafts.shelf import sheet_of
from service.web.forms import SignedForm
from service.web.keeping import is_ours
from service.web.pages import render

router = APIRouter()

LIST: Final = "/drafts"
# What the page's own script sends: it wants a line to show, and no page.
QUIET: Final = Header(alias="x-draft", max_length=10)


@router.post(LIST)
def keep_draft(
    *,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: AnyStaff,
    at: Moment,
    quiet: Annotated[str, QUIET] = "",
) -> Response:
    """Keep a form that somebody goes on with later; nothing in it has to be right yet."""
    sent_to = form.get("sent_to")
    action = sent_to if isinstance(sent_to, str) and is_ours(sent_to) else ""
    sheet = sheet_of(form, action)
    days = request.app.state.settings.retain_draft_days
    try:
        row = actions.keep(session, staff, sheet, days=days, at=at)
    except actions.NothingToKeep:
        if quiet:
            return Response(status_code=204)
        return RedirectResponse(sheet.page or "/", 303)
    if quiet:
        return render(request, "drafts/kept.html", draft=actions.kept_of(row))
    return RedirectResponse(sheet.page, 303)


@router.get(LIST)
def show_drafts(request: Request, session: SessionDep, staff: AnyStaff, at: Moment) -> HTMLResponse:
    found = actions.waiting(session, staff, at=at)
    days = request.app.state.settings.retain_draft_days
    return render(
        request, "drafts/list.html", staff=staff, section="today", drafts=found, days=days
    )


@router.post(f"{LIST}/{{draft_id}}/end")
def throw_away(
    draft_id: UUID, _form: SignedForm, session: SessionDep, staff: AnyStaff, at: Moment
) -> RedirectResponse:
    page = actions.throw_away(session, staff, draft_id, at=at)
    here = _form.get("back") == "list"
    return RedirectResponse(LIST if here else page, 303)
