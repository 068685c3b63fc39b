"""The page of one host: what it offers, takes and lacks; what was said, and what was asked."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Area, Host
from service.accounts.access import PeopleReader
from service.accounts.actions import Staff
from service.clock import Moment, local_day
from service.contacts import actions as contacts
from service.contacts.subjects import Subject
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS, Channel, Direction
from service.database import SessionDep
from service.hosting import repository
from service.hosting.standing import standing
from service.hosting.words import NEEDS, STATE_WORDS
from service.hosts.actions import entry
from service.hosts.times import said
from service.replies.actions import list_inquiries
from service.replies.words import ANSWER_WORDS, PURPOSE_WORDS
from service.web.filled import Filled
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)


SECTION: Final = "activities"


MANY: Final = 10_000  # what is told of a host is listed by id, and shown by day


SHOWN: Final = 20


@router.get("/hosts/{host_id}")
def show_host(
    request: Request, host_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> HTMLResponse:
    return host_page(request, session, staff, host_id, Filled(FormData()), at=at)


def host_page(
    request: Request,
    session: Session,
    staff: Staff,
    host_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    host = entry(session, staff, Host, host_id)
    told = contacts.list_contacts(session, staff, Subject(host_id=host_id), at=at, limit=MANY)
    worries = contacts.list_concerns(session, staff, Subject(host_id=host_id), at=at, limit=MANY)
    usual = {"occurred_on": local_day(at).isoformat(), "channel": Channel.CALL}
    blank = FormData(usual | {"direction": Direction.SENT})
    area = catalogue.get(session, Area, staff.municipality_id, host.area_id)
    context: dict[str, Any] = {
        "host": host,
        "area": area.name if area else "",
        "standing": standing(session, host),
        "told": sorted(told, key=lambda each: each.occurred_on, reverse=True)[:SHOWN],
        "worries": [each for each in worries if each.settled_on is None],
        "asked": list_inquiries(session, staff, at=at, host_id=host_id, limit=SHOWN),
        "links": repository.links_of_host(session, staff, host_id),
        "registrations": repository.of_host(session, host_id)[:SHOWN],
        "states": STATE_WORDS,
        "purposes": PURPOSE_WORDS,
        "answers": ANSWER_WORDS,
        "channels": list(CHANNEL_WORDS.items()),
        "channel_words": CHANNEL_WORDS,
        "directions": list(DIRECTION_WORDS.items()),
        "results": list(RESULT_WORDS.items()),
        "result_words": RESULT_WORDS,
        "needs": NEEDS,
        "said": said,
        "at": at,
        "values": filled.form if filled.mistakes else blank,
        "errors": filled.mistakes,
    }
    status = 422 if filled.mistakes else 200
    return render(
        request, "hosting/host.html", status=status, staff=staff, section=SECTION, **context
    )
