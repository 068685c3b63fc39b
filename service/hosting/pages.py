"""Pages for staff: what hosts want to register, in a list and one by one."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.accounts.access import CatalogueWriter
from service.database import SessionDep
from service.hosting import repository
from service.hosting.one import SECTION, page
from service.hosting.words import STATE_WORDS
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)


@router.get("/registrations")
def show_registrations(
    request: Request, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    """Show what came in, what we have begun, and which links wait for a host."""
    return render(
        request,
        "hosting/registrations.html",
        staff=staff,
        section=SECTION,
        found=repository.open_ones(session, staff),
        states=STATE_WORDS,
    )


@router.get("/registrations/{registration_id}")
def show_registration(
    request: Request, registration_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    return page(request, session, staff, registration_id, {})
