"""The forms that correct a sheet's readings and write its English."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Activity
from service.accounts.access import CatalogueWriter
from service.clock import Today
from service.database import SessionDep
from service.hosts.actions import entry
from service.paper import actions, readings
from service.paper.actions import Printed
from service.paper.pages import SECTION
from service.paper.words import OVERTAKEN, PART_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

router = APIRouter(route_class=Once)


@router.get("/activities/{activity_id}/readings")
def ask_readings(
    request: Request, activity_id: UUID, session: SessionDep, staff: CatalogueWriter, today: Today
) -> HTMLResponse:
    (found,) = actions.printed(session, staff, [activity_id], today=today)
    return _form(request, staff, found, dict(found.marked), {})


@router.post("/activities/{activity_id}/readings")
def keep_readings(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    today: Today,
) -> Response:
    (found,) = actions.printed(session, staff, [activity_id], today=today)
    filled = Filled(form)
    texts = found.sheet.lasting()
    written = {key: filled.text(key, longest=2 * readings.LONGEST) for key in texts}
    wrong = {key: readings.mistake(written[key], text) for key, text in texts.items()}
    mistakes = {key: said for key, said in wrong.items() if said} | filled.mistakes
    if mistakes:
        return _form(request, staff, found, written, mistakes, status=422)
    seen = filled.number("version", highest=1_000_000) or 0
    actions.keep_readings(session, staff, activity_id, written, seen=seen)
    return RedirectResponse(f"/sheets?activity={activity_id}", 303)


def _form(
    request: Request,
    staff: CatalogueWriter,
    found: Printed,
    written: dict[str, str],
    mistakes: dict[str, str],
    *,
    status: int = 200,
) -> HTMLResponse:
    return render(
        request,
        "paper/readings.html",
        status=status,
        staff=staff,
        section=SECTION,
        activity=found.activity,
        version=found.version,
        fields=[(key, text) for key, text in found.sheet.lasting().items() if written[key] != text],
        rest=[key for key, text in found.sheet.lasting().items() if written[key] == text],
        values=written,
        errors=mistakes,
    )


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
