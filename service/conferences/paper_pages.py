"""The paper of a 支援会議, for its members: numbers instead of names, and room to decide."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from service.accounts.access import ConferenceMember
from service.clock import Moment
from service.conferences import actions, seats
from service.conferences.agenda import agenda
from service.conferences.pages import SECTION
from service.database import SessionDep
from service.hosts.repository import areas_by_id
from service.web.pages import render

router = APIRouter()


@router.get("/conferences/{conference_id}/paper")
def show_paper(
    *,
    request: Request,
    conference_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    words: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show what stands on the agenda; the title, which printers keep, names nothing of it."""
    conference = actions.conference_for(session, staff, conference_id)
    areas = areas_by_id(session, staff.municipality_id)
    members = seats.members_of(session, staff, conference_id)
    context: dict[str, Any] = {
        "section": SECTION,
        "conference": conference,
        "items": agenda(session, staff, conference_id, words=words, at=at),
        "areas": {area_id: area.name for area_id, area in areas.items()},
        "members": [
            account.display_name for seat, account in members if seats.runs(seat, on=staff.on)
        ],
        "words": words,
        "today": staff.on,
    }
    return render(request, "conferences/paper.html", staff=staff, **context)
