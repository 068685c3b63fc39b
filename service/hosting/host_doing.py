"""What is written down on a host's page: a contact, a rest, fewer, or that all is as it was."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from catalogue.tables import Host
from service.accounts.access import PeopleWriter
from service.clock import Moment, Today
from service.contacts import actions as contacts
from service.contacts.pages import read_story
from service.contacts.subjects import Subject
from service.database import SessionDep
from service.hosting.host_page import host_page
from service.hosts.actions import care, entry
from service.languages.ours import ours
from service.replies.rules import PEOPLE_TOP, REST_AT_MOST
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once

router = APIRouter(route_class=Once)

UNTIL: Final = ours("あしたから1年のあいだの日を書いてください")


@router.post("/hosts/{host_id}/contacts")
def record_contact(
    *,
    request: Request,
    host_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    """Write down what was said with a host."""
    filled = Filled(form)
    entry(session, staff, Host, host_id)
    story = read_story(filled, today=today)
    if story is None:
        return host_page(request, session, staff, host_id, filled, at=at)
    contacts.record_contact(session, staff, Subject(host_id=host_id), story, at=at)
    return RedirectResponse(f"/hosts/{host_id}", 303)


@router.post("/hosts/{host_id}/care")
def care_for_host(
    *,
    request: Request,
    host_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    """Let a host rest, or take fewer, as it said on the telephone: the next match knows it."""
    filled = Filled(form)
    entry(session, staff, Host, host_id)
    changes: dict[str, Any] = {"confirmed_on": today}
    if form.get("then") == "rest":
        until = filled.day("until")
        if until is None or not today < until <= today + REST_AT_MOST:
            filled.mistakes["until"] = UNTIL
        changes["resting_until"] = until
    elif form.get("then") == "fewer":
        changes["max_people"] = filled.number("people", highest=PEOPLE_TOP)
    elif form.get("then") == "back":
        changes["resting_until"] = None
    if filled.mistakes:
        return host_page(request, session, staff, host_id, filled, at=at)
    care(session, staff.municipality_id, host_id, changes)
    return RedirectResponse(f"/hosts/{host_id}", 303)
