"""The form that corrects the readings of a sheet."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from service.accounts.access import CatalogueWriter
from service.clock import Today
from service.database import SessionDep
from service.paper import actions, readings
from service.paper.actions import Printed
from service.paper.pages import SECTION
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

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
