"""Pages of 支援会議: the caller's own, their members and the list of their records."""

from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import ConferenceMember
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.conferences import actions, seats
from service.conferences.rules import ENDING_WORDS, LONGEST_TITLE
from service.database import SessionDep
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

SECTION: Final = "conferences"
MANY: Final = 10_000
ALREADY: Final = ours("この人はもうメンバーです")
UNKNOWN: Final = ours("メンバーにする人を選んでください")


@router.get("/conferences")
def show_conferences(
    request: Request, session: SessionDep, staff: ConferenceMember
) -> HTMLResponse:
    return _list_page(request, session, staff, Filled(FormData()))


@router.post("/conferences")
def open_conference(
    *, request: Request, form: SignedForm, session: SessionDep, staff: ConferenceMember, at: Moment
) -> Response:
    filled_in = Filled(form)
    title = filled_in.text("title", longest=LONGEST_TITLE)
    if not title:
        filled_in.mistakes["title"] = ours("会議の呼び名を書いてください")
    if filled_in.mistakes:
        return _list_page(request, session, staff, filled_in)
    conference = actions.open_conference(session, staff, title=title, at=at)
    return RedirectResponse(f"/conferences/{conference.id}", 303)


def _list_page(
    request: Request, session: SessionDep, staff: Staff, filled_in: Filled
) -> HTMLResponse:
    found = actions.list_conferences(session, staff, limit=MANY)
    return render(
        request,
        "conferences/conferences.html",
        status=422 if filled_in.mistakes else 200,
        staff=staff,
        section=SECTION,
        running=[each for each in found if each.closed_on is None],
        closed=[each for each in found if each.closed_on is not None],
        values=filled_in.form,
        errors=filled_in.mistakes,
    )


@router.get("/conferences/{conference_id}")
def show_conference(
    *,
    request: Request,
    conference_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> HTMLResponse:
    return _conference_page(request, session, staff, conference_id, Filled(FormData()), at=at)


def _conference_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    conference_id: UUID,
    filled_in: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    conference = actions.conference_for(session, staff, conference_id)
    found = actions.list_records(session, staff, conference_id, at=at, limit=MANY)
    members = seats.members_of(session, staff, conference_id)
    colleagues = seats.colleagues_of(session, staff, conference_id)
    return render(
        request,
        "conferences/conference.html",
        status=422 if filled_in.mistakes else 200,
        staff=staff,
        section=SECTION,
        conference=conference,
        open_records=[each for each in found if each.closed_on is None],
        closed_records=[each for each in found if each.closed_on is not None],
        members=[(seat, account) for seat, account in members if seats.runs(seat, on=staff.on)],
        leads=seats.leads(session, staff, conference),
        colleagues=[("", ours("選んでください")), *colleagues],
        endings=ENDING_WORDS,
        values=filled_in.form,
        errors=filled_in.mistakes,
    )


@router.post("/conferences/{conference_id}/members")
def name_member(
    *,
    request: Request,
    conference_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    today: Today,
    at: Moment,
) -> Response:
    filled_in = Filled(form)
    until = filled_in.day("until")
    if until is not None and until < today:
        filled_in.mistakes["until"] = ours("きょうか、あとの日にしてください")
    if not filled_in.mistakes:
        _name(session, staff, conference_id, filled_in, until=until, at=at)
    if filled_in.mistakes:
        return _conference_page(request, session, staff, conference_id, filled_in, at=at)
    return RedirectResponse(f"/conferences/{conference_id}#members", 303)


def _name(
    session: SessionDep,
    staff: Staff,
    conference_id: UUID,
    filled_in: Filled,
    *,
    until: date | None,
    at: Moment,
) -> None:
    username = filled_in.text("username")
    try:
        seats.name_member(session, staff, conference_id, username, until=until, at=at)
    except seats.NoSuchColleague:
        filled_in.mistakes["username"] = UNKNOWN
    except seats.AlreadyMember:
        filled_in.mistakes["username"] = ALREADY


@router.post("/conferences/{conference_id}/members/{membership_id}/end")
def end_membership(
    *,
    conference_id: UUID,
    membership_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> RedirectResponse:
    ended = seats.end_membership(session, staff, conference_id, membership_id, at=at)
    own = ended.account_id == staff.id
    return RedirectResponse("/conferences" if own else f"/conferences/{conference_id}#members", 303)


@router.post("/conferences/{conference_id}/closure")
def close_conference(
    *,
    conference_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> RedirectResponse:
    seats.close_conference(session, staff, conference_id, at=at)
    return RedirectResponse(f"/conferences/{conference_id}", 303)
