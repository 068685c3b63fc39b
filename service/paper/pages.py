"""Sheets to print, for one activity or several, in the browser."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from service.accounts.access import CatalogueReader
from service.clock import Today
from service.database import SessionDep
from service.paper import actions, english, pdf
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
        papers=papers_of(request, sheets, photos, today=today, look=look),
    )


def papers_of(
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
