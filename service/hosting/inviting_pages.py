"""Links and QR pictures with which hosts register, or look through what is there."""

from datetime import datetime
from uuid import UUID

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from catalogue.tables import Activity
from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.clock import Moment, local_day
from service.database import SessionDep
from service.hosting import actions
from service.hosting.one import SECTION, SETTLED, page
from service.hosting.rules import Settled
from service.hosting.shown import shown_to
from service.hosts.actions import entry
from service.placements.access import Office
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import address_of, render

router = APIRouter(route_class=Once)


@router.post("/hosts/{host_id}/registrations")
def invite_host(
    *,
    request: Request,
    host_id: UUID,
    _form_sent: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Begin an empty registration for a host, and make the link and the paper for it."""
    made = actions.begin(session, staff, host_id, at=at, by_host=True)
    return _paper(request, session, staff, made.id, days=office.host_link_days, at=at)


@router.post("/activities/{activity_id}/registrations")
def invite_changes(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Begin changes to an activity: by a link for its host, or here on the telephone."""
    activity = entry(session, staff, Activity, activity_id)
    made = actions.begin(session, staff, activity.host_id, at=at, activity_id=activity_id)
    if form.get("then") == "link":
        return _paper(request, session, staff, made.id, days=office.host_link_days, at=at)
    return RedirectResponse(f"/registrations/{made.id}/edit", 303)


@router.post("/registrations/{registration_id}/links")
def make_link(
    *,
    request: Request,
    registration_id: UUID,
    _form_sent: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Make another link: the first one may be lost, or have run out."""
    return _paper(request, session, staff, registration_id, days=office.host_link_days, at=at)


def _paper(
    request: Request,
    session: Session,
    staff: Staff,
    registration_id: UUID,
    *,
    days: int,
    at: datetime,
) -> HTMLResponse:
    """Show a new link as a picture and in words; this page is the only place where it stands."""
    try:
        made = actions.invite(session, staff, registration_id, days=days, at=at)
    except Settled:
        return page(request, session, staff, registration_id, {"word": SETTLED}, status=409)
    address = address_of(request, made.path, for_hosts=True)
    shown = shown_to(session, staff, registration_id)
    return render(
        request,
        "hosting/invitation.html",
        staff=staff,
        section=SECTION,
        registration=shown.registration,
        host=shown.host,
        activity=shown.activity,
        last=local_day(made.link.expires_at).fromordinal(
            local_day(made.link.expires_at).toordinal() - 1
        ),
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=5),
    )
