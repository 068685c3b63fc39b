"""Accept a registration, ask the host back, or decline."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.clock import Moment
from service.database import SessionDep
from service.hosting import accepting, actions
from service.hosting.one import NO_WORD, SETTLED, STALE, TAKEN, UNFINISHED, page
from service.hosting.rules import WORD_TOP, Move, Settled, Unfinished, WordMissing
from service.hosts.actions import PlacesTaken
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.versions import HIGHEST, Stale

router = APIRouter(route_class=Once)


@router.post("/registrations/{registration_id}/acceptance")
def accept(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Offer it from now on."""
    seen = Filled(form).number("version", highest=HIGHEST) or 0
    try:
        with session.begin_nested():
            activity = accepting.accept(session, staff, registration_id, seen=seen, at=at)
    except (Stale, Settled, Unfinished, PlacesTaken) as refused:
        words = {Stale: STALE, Settled: SETTLED, Unfinished: UNFINISHED, PlacesTaken: TAKEN}
        mistakes = {"accept": words[type(refused)]}
        return page(request, session, staff, registration_id, mistakes, status=409)
    return RedirectResponse(f"/activities/{activity.id}", 303)


def _answered(
    request: Request,
    session: Session,
    staff: Staff,
    registration_id: UUID,
    *,
    move: Move,
    filled: Filled,
    at: datetime,
) -> Response:
    word = filled.text("word", longest=WORD_TOP)
    seen = filled.number("version", highest=HIGHEST) or 0
    mistakes = dict(filled.mistakes)
    if not mistakes:
        try:
            with session.begin_nested():
                actions.answer_host(session, staff, registration_id, move, word, seen=seen, at=at)
        except (Stale, Settled, WordMissing) as refused:
            words = {Stale: STALE, Settled: SETTLED, WordMissing: NO_WORD}
            mistakes = {"word": words[type(refused)]}
    if mistakes:
        return page(request, session, staff, registration_id, mistakes, values=filled.form)
    return RedirectResponse(f"/registrations/{registration_id}", 303)


@router.post("/registrations/{registration_id}/question")
def ask_back(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Ask the host back with a word; its link then opens the form again."""
    filled = Filled(form)
    return _answered(
        request, session, staff, registration_id, move=Move.ASK_BACK, filled=filled, at=at
    )


@router.post("/registrations/{registration_id}/refusal")
def decline(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Decline with a word that the host reads."""
    filled = Filled(form)
    return _answered(
        request, session, staff, registration_id, move=Move.DECLINE, filled=filled, at=at
    )
