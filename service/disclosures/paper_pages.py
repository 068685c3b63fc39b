"""What a link shows, on paper: the sheet of a released packet with boxes to answer by fax."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.accounts.access import PeopleWriter
from service.clock import Moment
from service.database import SessionDep
from service.disclosures import showing
from service.disclosures.words import ANSWERS_ON_PAPER
from service.web.pages import render

router = APIRouter()


@router.get("/disclosures/{packet_id}/paper")
def show_paper(
    request: Request, packet_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> HTMLResponse:
    """Show the paper of a released packet; its title, which printers keep, names nobody."""
    packet, sheet = showing.on_paper(session, staff, packet_id, at=at)
    return render(
        request,
        "disclosures/paper.html",
        staff=staff,
        section="people",
        packet=packet,
        sheet=sheet,
        length=sum(len(said) for line in sheet.lines for said in (line.name, *line.said)),
        answers=ANSWERS_ON_PAPER[sheet.sort],
        fax=request.app.state.settings.office_fax,
        today=staff.on,
    )
