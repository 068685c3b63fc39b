"""Pages of disposal lists: draw one, look at codes and days, approve what somebody else drew."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from service.accounts.access import Retainer
from service.accounts.actions import Staff
from service.audit.repository import UNNAMED, names
from service.clock import Moment
from service.database import SessionDep
from service.retention import actions, repository
from service.retention.words import CLASS_WORDS, SENTENCES, THING_WORDS
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once, prefix="/retention")

SECTION: Final = "retention"


@router.get("")
def show_lists(request: Request, session: SessionDep, staff: Retainer) -> HTMLResponse:
    """Show every list, and how much is due today: a number, no ids."""
    settings = request.app.state.settings
    due = actions.due(session, staff.municipality_id, on=staff.on, settings=settings)
    return render(
        request,
        "retention/lists.html",
        staff=staff,
        section=SECTION,
        lists=repository.lists(session, staff.municipality_id),
        due=len(due),
        years=settings.retain_case_years,
        names=names(session, staff.municipality_id),
        unnamed=UNNAMED,
    )


@router.post("")
def draw(
    request: Request, _form: SignedForm, session: SessionDep, staff: Retainer, at: Moment
) -> RedirectResponse:
    """Store what is due today as a list, and lead to it."""
    head = actions.draw(
        session,
        municipality_id=staff.municipality_id,
        by=staff.id,
        at=at,
        settings=request.app.state.settings,
    )
    return RedirectResponse(f"/retention/{head.id}", 303)


@router.get("/{list_id}")
def show_list(
    request: Request, list_id: UUID, session: SessionDep, staff: Retainer, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, list_id, at=at)


@router.post("/{list_id}/approval")
def approve(
    *,
    request: Request,
    list_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: Retainer,
    at: Moment,
) -> Response:
    try:
        actions.approve(session, staff, list_id, at=at)
    except (actions.OwnList, actions.ApprovedBefore) as refused:
        mistake = SENTENCES[type(refused).__name__]
        return _page(request, session, staff, list_id, at=at, mistake=mistake)
    return RedirectResponse(f"/retention/{list_id}", 303)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    list_id: UUID,
    *,
    at: Moment,
    mistake: str = "",
) -> HTMLResponse:
    return render(
        request,
        "retention/list.html",
        status=422 if mistake else 200,
        staff=staff,
        section=SECTION,
        drawn=actions.show(session, staff, list_id, at=at),
        names=names(session, staff.municipality_id),
        unnamed=UNNAMED,
        classes=CLASS_WORDS,
        things=THING_WORDS,
        mistake=mistake,
    )
