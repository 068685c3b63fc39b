"""Pages on which an emergency is opened, with its reason."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import EmergencyReader
from service.accounts.actions import Staff, require_step_up
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours, say
from service.persons.actions import NoSuchPerson
from service.persons.emergencies import actions
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once, prefix="/emergency-accesses")

NO_CODE: Final = ours("この番号の人はいません。番号をたしかめてください")
NO_REASON: Final = say("理由を{least}字以上で書いてください", least=actions.SHORTEST_REASON)


@router.get("/new")
def show_new(request: Request, staff: EmergencyReader, at: Moment) -> HTMLResponse:
    # Asked before the form, so that nobody writes a reason twice.
    require_step_up(staff, at)
    return _page(request, staff, Filled(FormData()))


@router.post("/new")
def open_in_emergency(
    *,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: EmergencyReader,
    at: Moment,
) -> Response:
    filled = Filled(form)
    code = filled.text("code", longest=64)
    reason = filled.text("reason", longest=actions.LONGEST_REASON)
    if len(reason) < actions.SHORTEST_REASON:
        filled.mistakes.setdefault("reason", NO_REASON)
    if filled.mistakes:
        return _page(request, staff, filled)
    try:
        opened = actions.open_in_emergency(session, staff, code, reason, at=at)
    except NoSuchPerson:
        filled.mistakes["code"] = NO_CODE
        return _page(request, staff, filled)
    return RedirectResponse(f"/people/{opened.person_id}", 303)


def _page(request: Request, staff: Staff, filled: Filled) -> HTMLResponse:
    return render(
        request,
        "persons/emergency.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        shortest=actions.SHORTEST_REASON,
        values=filled.form,
        errors=filled.mistakes,
    )
