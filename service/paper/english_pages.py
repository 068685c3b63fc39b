"""The form that writes the English of a sheet's own words."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Activity
from service.accounts.access import CatalogueWriter
from service.database import SessionDep
from service.hosts.actions import entry
from service.paper import actions, readings
from service.paper.pages import SECTION
from service.paper.words import OVERTAKEN, PART_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

router = APIRouter(route_class=Once)


@router.get("/activities/{activity_id}/english")
def ask_english(
    request: Request, activity_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    activity = entry(session, staff, Activity, activity_id)
    known, version = actions.english_known(session, activity)
    return _english(request, session, staff, activity, Filled(FormData(known)), version=version)


@router.post("/activities/{activity_id}/english", response_model=None)
def keep_english(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    activity = entry(session, staff, Activity, activity_id)
    filled = Filled(form)
    parts = actions.japanese_of(session, activity)
    written = {part: filled.text(part, longest=readings.LONGEST) for part in parts}
    seen, status = filled.number("version", highest=HIGHEST) or 0, 422
    if not filled.mistakes:
        try:
            actions.keep_english(session, staff, activity_id, written, seen=seen)
            return RedirectResponse(f"/activities/{activity_id}/sheet", 303)
        except Stale as stale:
            seen, status = stale.facts["version"], 409
            filled = Filled(newest(form, seen), {next(iter(parts)): OVERTAKEN})
    return _english(request, session, staff, activity, filled, version=seen, status=status)


def _english(
    request: Request,
    session: Session,
    staff: CatalogueWriter,
    activity: Activity,
    filled: Filled,
    *,
    version: int,
    status: int = 200,
) -> HTMLResponse:
    parts = actions.japanese_of(session, activity)
    return render(
        request,
        "paper/english.html",
        status=status,
        staff=staff,
        section=SECTION,
        activity=activity,
        version=version,
        parts=[(part, PART_WORDS[part], text) for part, text in parts.items()],
        values=filled.form,
        errors=filled.mistakes,
    )
