"""Sheets to print, for one activity or several, in the browser or as PDF."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from sqlmodel import Session

from service.accounts.access import CatalogueReader
from service.clock import Today
from service.database import SessionDep
from service.paper import actions, english, pdf, repository
from service.paper.actions import Printed
from service.paper.laying import laid
from service.paper.looks import AskedLook, Look
from service.paper.sheet import BODY
from service.paper.squares import office_of, squares_of
from service.web.pages import render

router = APIRouter()

SECTION: Final = "activities"
AT_ONCE: Final = 12
NONE: Final[list[UUID]] = []
Chosen = Annotated[list[UUID], Query(max_length=AT_ONCE)]


@router.get("/sheets")
def show_sheets(
    *,
    request: Request,
    session: SessionDep,
    staff: CatalogueReader,
    today: Today,
    look: AskedLook,
    activity: Chosen = NONE,
) -> HTMLResponse:
    """Show sheets as they will be printed; nothing on them says for whom."""
    sheets = actions.printed(session, staff, list(dict.fromkeys(activity)), today=today)
    photos = {each.activity.id: each.photo_path for each in sheets}
    return render(
        request,
        "paper/sheets.html",
        staff=staff,
        section=SECTION,
        pdf=pdf.engine() is not None,
        longest=BODY,
        sheets=sheets,
        look=look,
        chosen=[each.activity.id for each in sheets],
        papers=_papers(request, sheets, photos, today=today, look=look),
    )


@router.get("/sheets.pdf", response_class=Response)
def draw_sheets(
    *,
    request: Request,
    session: SessionDep,
    staff: CatalogueReader,
    today: Today,
    look: AskedLook,
    activity: Annotated[list[UUID], Query(min_length=1, max_length=AT_ONCE)],
) -> Response:
    """Draw the same as PDF; its file name says no more than the day."""
    if pdf.engine() is None:
        raise pdf.NoPdf("this machine draws no PDF: print from the browser instead")
    sheets = actions.printed(session, staff, list(dict.fromkeys(activity)), today=today)
    photos = _inline(session, sheets)
    papers = _papers(request, sheets, photos, today=today, look=look.for_pdf())
    return pdf.Pdf(laid("paper/pdf.html", papers=papers), f"sheets-{today}.pdf")


def _papers(
    request: Request,
    sheets: Sequence[Printed],
    photos: Mapping[UUID, str],
    *,
    today: date,
    look: Look,
) -> Markup:
    """Lay out the sheets, on the screen and in a PDF alike."""
    return laid(
        "paper/papers.html",
        sheets=sheets,
        photos=photos,
        squares=squares_of(request, sheets),
        names=english.NAMES,
        office=office_of(request),
        today=today,
        look=look,
    )


def _inline(session: Session, sheets: Sequence[Printed]) -> dict[UUID, str]:
    """Return the photos as parts of the document: it fetches nothing."""
    found = {}
    for each in sheets:
        row = each.activity
        seen = each.photo and repository.picture(
            session, row.municipality_id, row.id, large=True, public=False
        )
        found[row.id] = f"data:image/jpeg;base64,{b64encode(seen).decode()}" if seen else ""
    return found
