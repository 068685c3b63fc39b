"""The page on which a person gets another worker."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts import administration
from service.accounts.access import AccountManager, PeopleReader, PeopleWriter
from service.accounts.actions import Staff, require_step_up
from service.accounts.repository import names_of
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.persons.actions import person_for
from service.persons.repository import person_of
from service.placements import handing
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)
# Whom an account has can be given away once: to ask again moves nobody.
all_at_once = APIRouter()

NOBODY: Final = ours("新しい担当を選んでください")


@router.get("/people/{person_id}/hand-over")
def show_hand_over(
    *, request: Request, person_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, person_id, Filled(FormData()), at=at)


@router.post("/people/{person_id}/hand-over")
def hand_over(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    filled = Filled(form)
    to = filled.id("to")
    if to is None:
        filled.mistakes["to"] = NOBODY
        return _page(request, session, staff, person_id, filled, at=at)
    note = filled.text("note", longest=1000)
    if filled.mistakes:
        return _page(request, session, staff, person_id, filled, at=at)
    handing.hand_over(session, staff, person_id, to, at=at, note=note)
    # Who no longer sees them is led to those whom they do see.
    still = person_of(session, staff, person_id) is not None
    return RedirectResponse(f"/people/{person_id}" if still else "/people", 303)


@all_at_once.get("/accounts/{account_id}/hand-over")
def show_hand_over_all(
    request: Request, account_id: UUID, session: SessionDep, staff: AccountManager, at: Moment
) -> HTMLResponse:
    return _all_page(request, session, staff, account_id, Filled(FormData()), at=at)


@all_at_once.post("/accounts/{account_id}/hand-over")
def hand_over_all(
    *,
    request: Request,
    account_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: AccountManager,
    at: Moment,
) -> Response:
    """Give everybody of somebody who leaves to a colleague, with a word for that colleague."""
    require_step_up(staff, at)
    filled = Filled(form)
    to, message = filled.id("to"), filled.text("message", longest=500)
    if to is None:
        filled.mistakes["to"] = NOBODY
    if to is None or filled.mistakes:
        return _all_page(request, session, staff, account_id, filled, at=at)
    handing.hand_over_all(session, staff, before=account_id, to=to, at=at, message=message)
    return RedirectResponse(f"/accounts/{account_id}", 303)


@router.get("/hand-overs")
def show_received(request: Request, session: SessionDep, staff: PeopleReader) -> HTMLResponse:
    """Show what the caller was given all at once, with the word that came along."""
    names = names_of(session, staff.municipality_id)
    found = [(each, names.get(each.before_id, "")) for each in handing.received(session, staff)]
    return render(
        request, "placements/received.html", staff=staff, section="people", received=found
    )


def _all_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    account_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    account = administration.account(session, staff, account_id)
    found = handing.colleagues(session, staff)
    others = [(each.id, each.display_name) for each in found if each.id != account_id]
    return render(
        request,
        "placements/hand_over_all.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="accounts",
        account=account,
        work=administration.leaving(session, staff, account_id, at=at).work,
        colleagues=[("", ours("選んでください")), *others],
        values=filled.form,
        errors=filled.mistakes,
    )


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    person = person_for(session, staff, person_id, act=Act.READ, resource=handing.RESOURCE, at=at)
    found = handing.colleagues(session, staff)
    others = [(each.id, each.display_name) for each in found if each.id != person.owner_id]
    return render(
        request,
        "placements/hand_over.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        person=person,
        owner=next((each.display_name for each in found if each.id == person.owner_id), ""),
        colleagues=[("", ours("選んでください")), *others],
        values=filled.form,
        errors=filled.mistakes,
    )
