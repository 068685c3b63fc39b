"""Keep a wish that found no place, from the page of candidates."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.database import SessionDep
from service.suggestions.actions import read_round
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.wishes import actions

router = APIRouter(route_class=Once)

MISSES_KEPT: Final = 10


@router.post("/people/{person_id}/wishes")
def keep_wish(
    *,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> RedirectResponse:
    filled = Filled(form)
    own_words = filled.text("own_words", longest=1000)
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
