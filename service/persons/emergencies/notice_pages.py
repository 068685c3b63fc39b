"""The page of what one was told of emergencies."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from service.accounts.access import AnyStaff
from service.accounts.rules import Right, may
from service.clock import Moment
from service.database import SessionDep
from service.persons.emergencies import actions
from service.web.forms import SignedForm
from service.web.pages import render

router = APIRouter(prefix="/emergency-accesses")


@router.get("")
def show_words(request: Request, session: SessionDep, staff: AnyStaff, at: Moment) -> HTMLResponse:
    return render(
        request,
        "persons/emergencies.html",
        staff=staff,
        section="",
        told=actions.words_for(session, staff, at=at),
        may_open=may(staff.role, Right.OPEN_IN_EMERGENCY),
    )


@router.post("/{notice_id}/seen")
def acknowledge(
    notice_id: UUID, _form: SignedForm, session: SessionDep, staff: AnyStaff, at: Moment
) -> RedirectResponse:
    actions.acknowledge(session, staff, notice_id, at=at)
    return RedirectResponse("/emergency-accesses", 303)
