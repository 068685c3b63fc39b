"""The page on which the day or the note of a move is corrected; the first word stays readable."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import Placer
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.placements import actions, correcting, repository
from service.placements.made import Made
from service.placements.rules import OutOfTime
from service.placements.tables import Placement
from service.placements.words import ACTION_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PATH: Final = "/placements/{placement_id}/moves/{move_id}/corrections"
NOT_THEN: Final = ours(
    "この日には直せません。きょうまでの日で、はじめの動きよりあとの日にしてください"
)


@router.get(PATH)
def show_correction(
    *,
    request: Request,
    placement_id: UUID,
    move_id: UUID,
    session: SessionDep,
    staff: Placer,
    at: Moment,
) -> HTMLResponse:
    placement = actions.placement_for(session, staff, placement_id, act=Act.READ, at=at)
    made = _made(session, placement, move_id)
    known = {"occurred_on": made.occurred_on.isoformat(), "note": made.note}
    return _page(request, session, staff, placement, Filled(FormData(known)), made=made)


@router.post(PATH)
def correct_move(
    *,
    request: Request,
    placement_id: UUID,
    move_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: Placer,
    at: Moment,
) -> Response:
    """Correct a move's day or note; where the day cannot be, the page says so."""
    filled = Filled(form)
    placement = actions.placement_for(session, staff, placement_id, act=Act.READ, at=at)
    made = _made(session, placement, move_id)
    on, note = filled.day("occurred_on"), filled.text("note", longest=2000)
    if not filled.mistakes:
        try:
            with session.begin_nested():
                correcting.correct_move(
                    session, staff, placement_id, move_id, at=at, on=on, note=note
                )
            return RedirectResponse(f"/placements/{placement_id}?saved=true", 303)
        except OutOfTime:
            session.expire(placement)
            filled.mistakes["occurred_on"] = NOT_THEN
    return _page(request, session, staff, placement, filled, made=made)


def _made(session: Session, placement: Placement, move_id: UUID) -> Made:
    moves = repository.moves_of(session, [placement.id])
    made = next((each for each in moves if each.id == move_id), None)
    if made is None:
        raise correcting.NoSuchMoveMade("no such move of this placement")
    return made


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    placement: Placement,
    filled: Filled,
    *,
    made: Made,
) -> HTMLResponse:
    offer = actions.offer_for(session, staff, placement.activity_id, placement.slot_id)
    return render(
        request,
        "placements/correction.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        placement=placement,
        person=repository.person_of(session, placement),
        offer=offer,
        made=made,
        words=ACTION_WORDS[made.action],
        values=filled.form,
        errors=filled.mistakes,
    )
