"""The page on which a person gets another worker."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.persons.actions import person_for
from service.persons.repository import person_of
from service.placements import handing
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

NOBODY: Final = "新しい担当を選んでください"


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
    handing.hand_over(session, staff, person_id, to, at=at)
    # Who no longer sees them is led to those whom they do see.
    still = person_of(session, staff, person_id) is not None
    return RedirectResponse(f"/people/{person_id}" if still else "/people", 303)


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
        colleagues=[("", "選んでください"), *others],
        values=filled.form,
        errors=filled.mistakes,
    )
