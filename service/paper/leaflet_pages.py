"""The page behind a sheet's square: for anybody with a telephone, and nobody is asked who."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from service.clock import Today
from service.database import SessionDep
from service.paper import english, leaflets
from service.paper.laying import laid
from service.paper.leaflets import Leaflet
from service.paper.looks import AskedLook, Look
from service.paper.photo_pages import picture
from service.paper.squares import office_of, path_of
from service.web.pages import render

router = APIRouter()

# Whatever stands in the address is compared with what we know.
Said = Annotated[str, Path(max_length=100)]
# Nobody is told where one comes from, and search engines are not asked to keep it.
HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@router.get("/a/{activity}")
def show_leaflet(
    request: Request, activity: Said, session: SessionDep, today: Today, look: AskedLook
) -> HTMLResponse:
    found = leaflets.leaflet(session, activity, today=today)
    if found is None:
        page = render(request, "paper/no_leaflet.html", status=404, office=office_of(request))
    else:
        page = render(
            request,
            "paper/leaflet.html",
            each=found.printed,
            is_open=found.is_open,
            look=look,
            path=path_of(found.printed.activity.id),
            office=office_of(request),
            paper=_paper(request, found, look, today=today),
        )
    page.headers.update(HEADERS)
    return page


@router.get("/a/{activity}/photo.jpg", response_class=Response)
def show_leaflet_photo(activity: Said, session: SessionDep) -> Response:
    return picture(leaflets.photo(session, activity))


def _paper(request: Request, found: Leaflet, look: Look, *, today: date) -> Markup:
    shown = found.printed.photo
    path = path_of(found.printed.activity.id)
    return laid(
        "paper/leaflet_sheet.html",
        each=found.printed,
        photo=f"{path}/photo.jpg?of={shown.version}" if shown and shown.published else "",
        look=look,
        names=english.NAMES,
        office=office_of(request),
        today=today,
    )
