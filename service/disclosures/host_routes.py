"""What a host's link opens, for programs and as a page; kept apart from everything of the staff."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from service.clock import Moment
from service.database import SessionDep
from service.disclosures import showing
from service.disclosures.schemas import SheetOut
from service.refusals import Kind
from service.web.pages import render
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/host", tags=["host"])
pages = APIRouter()

# Whoever follows a link from this page tells nobody where it was, and no machine keeps it.
HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
# On a page whatever stands there is compared with what we know, and opens nothing.
PageToken = Annotated[str, Path(max_length=2000)]
Token = Annotated[str, Path(max_length=100, pattern="^[A-Za-z0-9_-]+$")]


@router.get("/{token}", response_model=SheetOut, responses=documented(Kind.MISSING))
def read_as_host(token: Token, session: SessionDep, at: Moment, response: Response) -> SheetOut:
    """Show what a link opens at this moment; wrong, expired, revoked and withdrawn are one 404."""
    response.headers.update(HEADERS)
    return SheetOut.of(showing.show(session, token, at=at))


@pages.get("/h/{token}")
def show_to_host(
    request: Request, token: PageToken, session: SessionDep, at: Moment
) -> HTMLResponse:
    """Show the same as a plain page that prints on one sheet."""
    try:
        sheet = showing.show(session, token, at=at)
    except showing.NoSuchLink:
        page = render(request, "disclosures/gone.html", status=404)
    else:
        page = render(request, "disclosures/host.html", sheet=sheet)
    page.headers.update(HEADERS)
    return page
