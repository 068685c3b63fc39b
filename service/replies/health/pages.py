"""The page of how hosts fare: why each stands there, and what to do."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from service.accounts.access import PeopleReader
from service.clock import Moment
from service.database import SessionDep
from service.placements.access import Office
from service.replies.health.matters import Matter
from service.replies.health.repository import health
from service.replies.health.words import MATTER_SHORT, MATTER_TODO, MATTER_WORDS
from service.web.pages import render

router = APIRouter()

PAGE_LENGTH: Final = 50


@router.get("/hosts/health")
def show_health(
    *,
    request: Request,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    office: Office,
    matter: Annotated[Matter | None, Query()] = None,
    after: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    """Show the hosts that something is to be seen to at, and what to do."""
    found = health(
        session,
        staff,
        at=at,
        often=office.asked_often,
        matter=matter,
        after=after,
        limit=PAGE_LENGTH,
    )
    return render(
        request,
        "replies/health.html",
        staff=staff,
        section="activities",
        found=found,
        matter=matter,
        words=MATTER_WORDS,
        short=MATTER_SHORT,
        todo=MATTER_TODO,
        following=found.rows[-1].id if len(found.rows) == PAGE_LENGTH else None,
    )
