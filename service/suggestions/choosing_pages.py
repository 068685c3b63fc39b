"""What is done with the candidates that were ticked: compared, printed, or shown to the person."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from service.accounts.access import PeopleReader, PeopleWriter
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.persons.actions import person_for
from service.suggestions import actions, showing
from service.suggestions.cards import cards_of
from service.suggestions.comparing import rows
from service.suggestions.pages import SECTION, ceiling_of, heard_of
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render

router = APIRouter()

FEWEST: Final = 2
MOST: Final = 3  # that can be held side by side
AT_ONCE: Final = 50
NONE: Final[list[UUID]] = []


@router.post("/people/{person_id}/picks")
def pick(
    person_id: UUID, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    """Lead to what shall be done with the activities that were ticked."""
    person_for(session, staff, person_id, act=Act.MATCH, resource=actions.RESOURCE, at=at)
    filled = Filled(form)
    chosen = [each for each in map(_id, filled.ticked("activity")) if each]
    listed = "&".join(f"activity={each}" for each in chosen)
    made, do = filled.id("round"), filled.text("do")
    if do == "show" and made:
        showing.begin(session, staff, person_id, made, chosen, at=at)
        answer = RedirectResponse("/show", 303)
        # Whatever the browser keeps of pages that were open before: nobody pages back to them.
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer
    if do == "compare" and made:
        path = f"/people/{person_id}/candidates/compared"
        return RedirectResponse(f"{path}?round={made}&{listed}", 303)
    return RedirectResponse(f"/sheets?{listed}", 303)


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


@router.get("/people/{person_id}/candidates/compared")
def compare(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    round: UUID | None = None,  # noqa: A002 - the address says which round
    activity: Annotated[list[UUID], Query(max_length=AT_ONCE)] = NONE,
) -> Response:
    """Show two or three side by side; fewer or more are asked for again."""
    person = person_for(session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at)
    if round is None:
        return RedirectResponse(f"/people/{person_id}/candidates", 303)
    kept = actions.round_for(session, staff, person_id, round, at=at)
    chosen = [each for each in kept.suggestions if each.activity_id in activity]
    cards = cards_of(session, staff, chosen[:MOST], ceiling_of(heard_of(session, person_id), kept))
    return render(
        request,
        "suggestions/compared.html",
        staff=staff,
        section=SECTION,
        person=person,
        round=kept.round,
        cards=cards,
        rows=rows(cards) if len(cards) >= FEWEST else [],
        left=len(chosen) - len(cards),
    )
