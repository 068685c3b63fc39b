"""The page of one host: what it offers, takes and lacks; what was said, and what was asked."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Area, Host
from service.accounts.access import CatalogueWriter, PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.clock import Moment, Today, local_day
from service.contacts import actions as contacts
from service.contacts.pages import read_story
from service.contacts.subjects import Subject
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS, Channel, Direction
from service.database import SessionDep
from service.hosting import repository
from service.hosting.standing import standing
from service.hosting.words import NEEDS, STATE_WORDS
from service.hosts import repository as hosts
from service.hosts.actions import add_host, amend_host, care, entry
from service.hosts.times import said
from service.languages.ours import ours
from service.replies.actions import list_inquiries
from service.replies.rules import PEOPLE_TOP, REST_AT_MOST
from service.replies.words import ANSWER_WORDS, PURPOSE_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale

router = APIRouter(route_class=Once)

SECTION: Final = "activities"
MANY: Final = 10_000  # what is told of a host is listed by id, and shown by day
SHOWN: Final = 20
KIND: Final = 64
NO_NAME: Final = ours("受け入れ先の名前を書いてください")
NO_AREA: Final = ours("圏域を選んでください")
UNTIL: Final = ours("あしたから1年のあいだの日を書いてください")
STALE: Final = ours("ほかの人が先に直しました。上の「いまの内容」とくらべてください")


@router.get("/hosts/new")
def ask_host(request: Request, session: SessionDep, staff: CatalogueWriter) -> HTMLResponse:
    return _form(request, session, staff, None, Filled(FormData()))


@router.post("/hosts/new")
def register_host(
    *, request: Request, form: SignedForm, session: SessionDep, staff: CatalogueWriter
) -> Response:
    """Register somebody who receives."""
    filled = Filled(form)
    values = _read(filled, session, staff)
    if filled.mistakes:
        return _form(request, session, staff, None, filled)
    host = add_host(session, staff, values)
    return RedirectResponse(f"/hosts/{host.id}", 303)


@router.get("/hosts/{host_id}/edit")
def ask_host_changes(
    request: Request, host_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    host = entry(session, staff, Host, host_id)
    areas = hosts.areas_by_id(session, staff.municipality_id)
    known = {name: getattr(host, name) for name in ("name", "type", "telephone")}
    known |= {"area": areas[host.area_id].ref, "version": host.version}
    known |= {"max_people": host.max_people, "new_a_month": host.new_a_month}
    values = {name: str(value) for name, value in known.items() if value is not None}
    return _form(request, session, staff, host, Filled(FormData(values)))


@router.post("/hosts/{host_id}/edit")
def change_host(
    *,
    request: Request,
    host_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """Change what is known of a host; whoever was first is shown beside it."""
    filled = Filled(form)
    host = entry(session, staff, Host, host_id)
    values = _read(filled, session, staff)
    seen = filled.number("version", highest=HIGHEST) or 0
    if filled.mistakes:
        return _form(request, session, staff, host, filled)
    try:
        with session.begin_nested():
            amend_host(session, staff, host_id, values, seen=seen)
    except Stale:
        filled.mistakes["name"] = STALE
        return _form(request, session, staff, host, filled, now=_now(host))
    return RedirectResponse(f"/hosts/{host_id}", 303)


def _now(host: Host) -> list[tuple[str, str]]:
    said_now = (
        (ours("名前"), host.name),
        (ours("電話"), host.telephone),
        (ours("どんなところ"), host.type),
        (ours("一度に受けられる人数"), "" if host.max_people is None else str(host.max_people)),
        (ours("ひと月の新しい人"), "" if host.new_a_month is None else str(host.new_a_month)),
    )
    return list(said_now)


def _read(filled: Filled, session: Session, staff: Staff) -> dict[str, Any]:
    refs = {area.ref for area in hosts.areas_by_id(session, staff.municipality_id).values()}
    values: dict[str, Any] = {
        "name": filled.text("name"),
        "type": filled.text("type", longest=KIND) or "other",
        "area": filled.text("area"),
        "telephone": filled.text("telephone", longest=KIND),
        "max_people": filled.number("max_people"),
        "new_a_month": filled.number("new_a_month"),
    }
    if not values["name"]:
        filled.mistakes.setdefault("name", NO_NAME)
    if values["area"] not in refs:
        filled.mistakes["area"] = NO_AREA
    return values


def _form(
    request: Request,
    session: Session,
    staff: Staff,
    host: Host | None,
    filled: Filled,
    *,
    now: list[tuple[str, str]] | None = None,
) -> HTMLResponse:
    areas = hosts.areas_by_id(session, staff.municipality_id).values()
    return render(
        request,
        "hosting/host_form.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section=SECTION,
        host=host,
        now=now or [],
        version=host.version if host else 0,
        areas=[(each.ref, each.name) for each in sorted(areas, key=lambda area: area.name)],
        values=filled.form,
        errors=filled.mistakes,
    )


@router.get("/hosts/{host_id}")
def show_host(
    request: Request, host_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, host_id, Filled(FormData()), at=at)


def _page(
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
        return _page(request, session, staff, host_id, filled, at=at)
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
        return _page(request, session, staff, host_id, filled, at=at)
    care(session, staff.municipality_id, host_id, changes)
    return RedirectResponse(f"/hosts/{host_id}", 303)
