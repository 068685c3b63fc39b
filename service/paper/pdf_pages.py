"""The same sheets as PDF, where this machine can draw one."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from service.accounts.access import CatalogueReader
from service.clock import Today
from service.database import SessionDep
from service.paper import actions, pdf, repository
from service.paper.actions import Printed
from service.paper.laying import laid
from service.paper.looks import AskedLook
from service.paper.pages import AT_ONCE, papers_of

router = APIRouter()


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
    """Draw the chosen sheets; its file name says no more than the day."""
    if pdf.engine() is None:
        raise pdf.NoPdf("this machine draws no PDF: print from the browser instead")
    sheets = actions.printed(session, staff, list(dict.fromkeys(activity)), today=today)
    photos = _inline(session, sheets)
    papers = papers_of(request, sheets, photos, today=today, look=look.for_pdf())
    return pdf.Pdf(laid("paper/pdf.html", papers=papers), f"sheets-{today}.pdf")


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
