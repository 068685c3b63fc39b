"""What a host's link opens, for programs and as a page; kept apart from everything of the staff."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from service.clock import Moment, Today
from service.database import SessionDep
from service.disclosures import showing
from service.disclosures.schemas import SheetOut
from service.hosting.host_pages import registration_page
from service.hosts.links import NoSuchLink
from service.refusals import Kind
from service.replies.access import HEADERS, HeldByPage, HeldByProgram
from service.replies.hearing import open_inquiry
from service.replies.host_routes import gone, inquiry_page
from service.web.filled import Filled
from service.web.pages import render
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/host", tags=["host"])
pages = APIRouter()


@router.get(
    "/{token}",  # noqa: FAST003 - HeldByProgram reads it
    response_model=SheetOut,
    responses=documented(Kind.MISSING, Kind.TOO_OFTEN),
)
def read_as_host(
    held: HeldByProgram, session: SessionDep, at: Moment, response: Response
) -> SheetOut:
    """Show what a link opens at this moment; wrong, expired, revoked and withdrawn are one 404."""
    response.headers.update(HEADERS)
    return SheetOut.of(showing.show(session, held, at=at))


@pages.get("/h/{token}")  # noqa: FAST003 - HeldByPage reads it
def show_to_host(
    request: Request, held: HeldByPage, session: SessionDep, at: Moment, today: Today
) -> HTMLResponse:
    """Show what a link opens: a sheet, a question to answer, or an activity to register."""
    try:
        if held.link is not None and held.link.registration_id is not None:
            return registration_page(request, held, session, today=today)
        if held.link is not None and held.link.inquiry_id is not None:
            heard = open_inquiry(session, held, at=at)
            return inquiry_page(request, heard, Filled(FormData()))
        sheet = showing.show(session, held, at=at)
    except NoSuchLink:
        return gone(request)
    page = render(request, "disclosures/host.html", sheet=sheet)
    page.headers.update(HEADERS)
    return page
