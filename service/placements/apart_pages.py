"""The page on which two people are kept apart, and on which that ends."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.persons.actions import NoSuchPerson, person_for
from service.persons.apart import actions, repository
from service.persons.apart.actions import AlreadyApart, other_of
from service.placements.repository import slots_shared
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

LONGEST: Final = 1000
NOBODY: Final = ours("だれとかを選んでください")
WHY: Final = ours("なぜかを書いてください")
ALREADY: Final = ours("この人とは、もう別の枠にすることになっています")


@router.get("/people/{person_id}/keep-apart")
def show_apart(
    *, request: Request, person_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, person_id, Filled(FormData()), at=at)


@router.post("/people/{person_id}/keep-apart")
def keep_apart(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    filled = Filled(form)
    other, reason = filled.id("other"), filled.text("reason", longest=LONGEST)
    if other is None or other == person_id:
        filled.mistakes["other"] = NOBODY
    if not reason:
        filled.mistakes.setdefault("reason", WHY)
    if other is not None and not filled.mistakes:
        try:
            with session.begin_nested():
                actions.keep_apart(session, staff, person_id, other, reason=reason, at=at)
            return RedirectResponse(f"/people/{person_id}?saved=true", 303)
        except AlreadyApart:
            filled.mistakes["other"] = ALREADY
        except NoSuchPerson:
            filled.mistakes["other"] = NOBODY
    return _page(request, session, staff, person_id, filled, at=at)


@router.post("/people/{person_id}/keep-apart/{pair_id}/end")
def end_pair(
    person_id: UUID,
    pair_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> RedirectResponse:
    actions.end(session, staff, person_id, pair_id, at=at)
    return RedirectResponse(f"/people/{person_id}?saved=true", 303)


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    person = person_for(session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at)
    others = repository.others_to_choose(session, staff, person_id)
    pairs = actions.pairs_of(session, staff, person_id, at=at)
    codes = actions.codes_of(session, staff, pairs, person_id)
    return render(
        request,
        "placements/keep_apart.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        person=person,
        pairs=[
            (
                pair,
                codes[other_of(pair, person_id)],
                bool(slots_shared(session, pair.person_id, pair.other_id)),
            )
            for pair in pairs
        ],
        others=[("", ours("選んでください")), *((each.id, each.code) for each in others)],
        values=filled.form,
        errors=filled.mistakes,
    )
