"""The page of how somebody's records end: support over, a request of theirs, what holds them."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import PeopleReader, PeopleWriter, Retainer
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.retention import actions
from service.retention.words import HOLD_WORDS, SENTENCES
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once, prefix="/people/{person_id}")

# What a page answers at one of its fields; everything else is the usual failure.
AT_A_FIELD: Final = (
    actions.StillRunning,
    actions.EndAhead,
    actions.AlreadyAsked,
    actions.HoldPassed,
)
NO_REASON: Final = ours("どうして止めるかを選んでください")


@router.get("/end")
def show_end(
    request: Request, person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, person_id, Filled(FormData()), at=at)


@router.post("/end")
def end_support(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    filled = Filled(form)
    day = filled.day("ended_on")
    _tried(
        filled,
        "ended_on",
        lambda: actions.end_support(session, staff, person_id, on=day, at=at),
    )
    return _answer(request, session, staff, person_id, filled, at=at)


@router.post("/end/taking-back")
def resume_support(
    person_id: UUID, _form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    actions.resume_support(session, staff, person_id, at=at)
    return _back(person_id)


@router.post("/erasure-request")
def ask_erasure(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    filled = Filled(form)
    day = filled.day("asked_on")
    _tried(
        filled,
        "asked_on",
        lambda: actions.ask_erasure(session, staff, person_id, on=day, at=at),
    )
    return _answer(request, session, staff, person_id, filled, at=at)


@router.post("/holds")
def place_hold(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: Retainer,
    at: Moment,
) -> Response:
    filled = Filled(form)
    reason = filled.needed("reason", HOLD_WORDS, sentence=NO_REASON)
    until = filled.day("until")
    if reason is not None:
        _tried(
            filled,
            "until",
            lambda: actions.hold(session, staff, person_id, reason=reason, until=until, at=at),
        )
    return _answer(request, session, staff, person_id, filled, at=at)


@router.post("/holds/{hold_id}/lifting")
def lift_hold(
    *,
    person_id: UUID,
    hold_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: Retainer,
    at: Moment,
) -> RedirectResponse:
    actions.lift(session, staff, person_id, hold_id, at=at)
    return _back(person_id)


def _tried(filled: Filled, field: str, act: Callable[[], object]) -> None:
    """Act where nothing has to be put right; name at the field what was refused."""
    if filled.mistakes:
        return
    try:
        act()
    except AT_A_FIELD as refused:
        filled.mistakes[field] = SENTENCES[type(refused).__name__]


def _answer(
    request: Request, session: Session, staff: Staff, person_id: UUID, filled: Filled, *, at: Moment
) -> Response:
    if filled.mistakes:
        return _page(request, session, staff, person_id, filled, at=at)
    return _back(person_id)


def _back(person_id: UUID) -> RedirectResponse:
    return RedirectResponse(f"/people/{person_id}/end", 303)


def _page(
    request: Request, session: Session, staff: Staff, person_id: UUID, filled: Filled, *, at: Moment
) -> HTMLResponse:
    return render(
        request,
        "retention/person.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        ends=actions.ends_of(session, staff, person_id, at=at),
        retaining=may(staff.role, Right.RETAIN),
        years=request.app.state.settings.retain_case_years,
        holds=HOLD_WORDS,
        values=filled.form,
        errors=filled.mistakes,
    )
