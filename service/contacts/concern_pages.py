"""Forms on a person's page: write down 少し困った, and what was done about it."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from service.accounts.access import PeopleWriter
from service.clock import Moment
from service.contacts import actions
from service.contacts.subjects import Subject
from service.database import SessionDep
from service.placements.lifecycle import Side
from service.placements.words import SIDE_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once

router = APIRouter(route_class=Once)

LONGEST: Final = 2000


@router.post("/people/{person_id}/concerns")
def raise_concern(
    person_id: UUID, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    """Write a concern down; it stands at the top of the queue until somebody has seen to it."""
    filled = Filled(form)
    words = filled.text("words", longest=LONGEST)
    side = filled.choice("side", SIDE_WORDS) or Side.PERSON
    if words:
        subject = Subject(person_id=person_id)
        actions.raise_concern(session, staff, subject, side=side, words=words, at=at)
    return RedirectResponse(f"/people/{person_id}", 303)


@router.post("/concerns/{concern_id}/settlement")
def settle_concern(
    concern_id: UUID, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    """Write down what was done; nothing written, nothing settled."""
    settlement = Filled(form).text("settlement", longest=LONGEST)
    concern = actions.read_concern(session, staff, concern_id, at=at)
    if settlement:
        actions.settle_concern(session, staff, concern_id, settlement=settlement, at=at)
    place = f"/people/{concern.person_id}" if concern.person_id else "/"
    return RedirectResponse(place, 303)
