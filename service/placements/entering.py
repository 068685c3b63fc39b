"""The page on which something the matching left out becomes a candidate, with the reason why."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import Placer
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.persons.actions import person_for
from service.placements import actions, repository
from service.placements.access import Office
from service.placements.forms import refusal_words
from service.placements.lifecycle import CLOSED
from service.placements.obstacles import Hindered
from service.suggestions.access import Entered
from service.suggestions.actions import round_for
from service.suggestions.repository import titles_of
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

LONGEST: Final = 500
WHY: Final = ours("なぜ入れるのかを書いてください")
NOBODY: Final = UUID(int=0)


@router.get("/people/{person_id}/candidates/entered")
def ask_why(
    *,
    request: Request,
    person_id: UUID,
    activity: UUID,
    session: SessionDep,
    staff: Placer,
    at: Moment,
    round: Annotated[UUID | None, Query()] = None,  # noqa: A002 - the address says which round
) -> HTMLResponse:
    """Show once more why it was left out, and ask why it is to be a candidate all the same."""
    values = {"activity": str(activity), "round": str(round or "")}
    return _page(request, session, staff, person_id, Filled(FormData(values)), at=at)


@router.post("/people/{person_id}/candidates/entered")
def enter(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: Placer,
    settings: Office,
    at: Moment,
) -> Response:
    """Propose it with the reason; what judgement may not set aside is said, and nothing is lost."""
    filled = Filled(form)
    reason = filled.text("override_reason", longest=LONGEST)
    if not reason:
        filled.mistakes.setdefault("override_reason", WHY)
    if not filled.mistakes:
        try:
            with session.begin_nested():
                placement = actions.propose(
                    session,
                    staff,
                    person_id=person_id,
                    activity_id=filled.id("activity") or NOBODY,
                    override_reason=reason,
                    at=at,
                    settings=settings,
                )
            return RedirectResponse(f"/placements/{placement.id}?saved=true", 303)
        except Hindered as refusal:
            filled.mistakes["override_reason"] = refusal_words(refusal)
    return _page(request, session, staff, person_id, filled, at=at)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    activity_id, round_id = filled.id("activity") or NOBODY, filled.id("round")
    offer = actions.offer_for(session, staff, activity_id)
    why: list[dict[str, Any]] = []
    if round_id is not None:
        left_out = round_for(session, staff, person_id, round_id, at=at).round.excluded
        why = next((m["reasons"] for m in left_out if m["activity"] == str(activity_id)), [])
    person = person_for(session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at)
    return render(
        request,
        "placements/enter.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        person=person,
        offer=offer,
        why=[reason["text"] for reason in why],
        values=filled.form,
        errors=filled.mistakes,
    )


def entered(session: Session, staff: Staff, person_id: UUID) -> list[Entered]:
    """Return what was entered with a reason and is not over, for the page of candidates."""
    found = [
        each
        for each in repository.placements(session, staff, person_id=person_id)
        if each.override_reason and each.status not in CLOSED
    ]
    titles = titles_of(session, staff, [each.activity_id for each in found])
    return [Entered(each.id, titles[each.activity_id], each.override_reason) for each in found]
