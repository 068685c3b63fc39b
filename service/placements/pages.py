"""The page of one placement: what was agreed, how it came so far, and which moves are possible."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import PeopleReader, Placer
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.languages.ours import say
from service.persons.words import TOLD_WORDS
from service.placements import actions, repository
from service.placements.access import Office, closing_lines, next_step
from service.placements.forms import read_terms, refusal_words
from service.placements.lifecycle import CLOSED, Action, advance, possible
from service.placements.steps import STEPPING, NotNow, Steps
from service.placements.tables import Placement
from service.placements.terms import TAKES
from service.placements.words import (
    ACTION_WORDS,
    EMPLOYMENT_WORDS,
    END_WORDS,
    NOT_NOW_WORDS,
    SIDE_WORDS,
    STATUS_WORDS,
    STEP_WORDS,
)
from service.refusals import Refusal
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

WORDS: Final = {
    "statuses": STATUS_WORDS,
    "actions": ACTION_WORDS,
    "kinds": EMPLOYMENT_WORDS,
    "ends": END_WORDS,
    "sides": SIDE_WORDS,
    "told": TOLD_WORDS,
}


@router.get("/placements/{placement_id}")
def show_placement(
    *,
    request: Request,
    placement_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    move: Annotated[Action | None, Query()] = None,
    minutes: Annotated[int | None, Query(ge=1, le=1440)] = None,
    saved: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    placement = actions.placement_for(session, staff, placement_id, act=Act.READ, at=at)
    values = FormData(
        _as_it_stands(placement)
        | {"occurred_on": today.isoformat()}
        | ({"minutes": str(minutes)} if minutes else {})
    )
    return _page(request, session, staff, placement, Filled(values), move=move, saved=saved)


@router.post("/placements/{placement_id}/moves")
def make_move(
    *,
    request: Request,
    placement_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: Placer,
    settings: Office,
    at: Moment,
) -> Response:
    filled = Filled(form)
    placement = actions.placement_for(session, staff, placement_id, act=Act.READ, at=at)
    action = filled.choice("move", ACTION_WORDS)
    if action is None:
        return RedirectResponse(f"/placements/{placement_id}", 303)
    terms, on = read_terms(filled, action), filled.day("occurred_on")
    note = filled.text("note", longest=2000)
    seen = filled.number("version", highest=10**6)
    if not filled.mistakes:
        try:
            with session.begin_nested():
                actions.move(
                    session,
                    staff,
                    placement_id,
                    action,
                    terms,
                    at=at,
                    settings=settings,
                    on=on,
                    note=note,
                    version=seen,
                )
        except Refusal as refusal:
            filled.mistakes["occurred_on"] = refusal_words(refusal)
            session.expire(placement)
    if filled.mistakes:
        return _page(request, session, staff, placement, filled, move=action)
    return RedirectResponse(f"/placements/{placement_id}?saved=true", 303)


def _closing(
    request: Request, session: SessionDep, staff: Staff, placement: Placement, move: Action | None
) -> list[str]:
    """Say beforehand what a move that ends the placement would close."""
    if move is None or advance(placement.status, move, by=actions.actor_of(staff)) not in CLOSED:
        return []
    at: datetime = request.app.state.clock()
    return closing_lines(request)(session, staff, placement.id, move, at)


def step_words(steps: Steps) -> str:
    """Say the step that may be proposed, or why there is none."""
    if isinstance(steps.up, NotNow):
        return NOT_NOW_WORDS[steps.up]
    return say(STEP_WORDS[steps.up.dimension], now=steps.up.now, then=steps.up.then)


def _as_it_stands(placement: Placement) -> dict[str, str]:
    """Return what was agreed so far, as a form shows it."""
    insured = {True: "yes", False: "no", None: ""}[placement.insured]
    return {
        "minutes": str(placement.minutes or ""),
        "dose": placement.dose,
        "companion": placement.companion,
        "first_on": placement.first_on.isoformat() if placement.first_on else "",
        "kind": placement.kind or "",
        "insured": insured,
    }


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    placement: Placement,
    filled: Filled,
    *,
    move: Action | None = None,
    saved: bool = False,
) -> HTMLResponse:
    offer = actions.offer_for(session, staff, placement.activity_id, placement.slot_id)
    choices = possible(placement.status, by=actions.actor_of(staff))
    steps = next_step(request)(session, placement, offer)
    context: dict[str, Any] = WORDS | {
        "section": "people",
        "placement": placement,
        "person": repository.person_of(session, placement),
        "offer": offer,
        "moves": repository.moves_of(session, [placement.id]),
        "possible": [each for each in choices if each is not Action.STEP_BACK],
        "steps": steps if STEPPING[placement.status] else None,
        "may_step_back": Action.STEP_BACK in choices,
        "step_words": step_words(steps),
        "may_place": may(staff.role, Right.PLACE),
        "closed": placement.status in CLOSED,
        "move": move if move in choices else None,
        "closing": _closing(request, session, staff, placement, move if move in choices else None),
        "takes": TAKES[move] if move in choices else frozenset(),
        "values": filled.form,
        "errors": filled.mistakes,
        "saved": saved,
    }
    status = 422 if filled.mistakes else 200
    return render(request, "placements/placement.html", status=status, staff=staff, **context)
