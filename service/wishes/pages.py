"""Keep a wish that found no place, from the page of candidates."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.persons.actions import person_for
from service.suggestions.actions import read_round
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.wishes import actions
from service.wishes.actions import RESOURCE

router = APIRouter(route_class=Once)

MISSES_KEPT: Final = 10


@router.post("/people/{person_id}/wishes")
def keep_wish(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    """Keep it; what cannot be kept as it was written is asked again, with every word of it."""
    filled = Filled(form)
    own_words = filled.text("own_words", longest=1000)
    if filled.mistakes:
        person = person_for(session, staff, person_id, act=Act.READ, resource=RESOURCE, at=at)
        return render(
            request,
            "wishes/wish.html",
            status=422,
            staff=staff,
            section="people",
            person=person,
            values=form,
            errors=filled.mistakes,
        )
    if not own_words:
        return RedirectResponse(f"/people/{person_id}/candidates", 303)
    failed_on = _failed_on(session, staff, filled.id("round"), person_id, at=at)
    actions.keep_wish(
        session, staff, person_id, own_words=own_words, failed_on=failed_on, on=today, at=at
    )
    return RedirectResponse(f"/people/{person_id}?saved=true", 303)


def _failed_on(
    session: SessionDep, staff: Staff, round_id: UUID | None, person_id: UUID, *, at: Moment
) -> list[dict[str, Any]]:
    """Return what kept the nearest activities away, as the round had it."""
    if round_id is None:
        return []
    made = read_round(session, staff, round_id, at=at).round
    return made.excluded[:MISSES_KEPT] if made.person_id == person_id else []
