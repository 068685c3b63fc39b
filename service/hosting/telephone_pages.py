"""The form on one page, as one goes through it on the telephone."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.repository import all_by_ref
from catalogue.tables import Host
from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.clock import Moment
from service.database import SessionDep
from service.hosting import actions
from service.hosting.comparing import rows
from service.hosting.fields import form_of
from service.hosting.one import SECTION, SETTLED, STALE, page
from service.hosting.reading import read
from service.hosting.rules import Settled
from service.hosting.screens import CHOICES
from service.hosting.shown import Shown, shown_to
from service.hosts.times import day_said, next_days, said
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale

router = APIRouter(route_class=Once)

NO_HOST: Final = ours("受け入れ先を選んでください")


@router.get("/registrations/new")
def ask_registration(
    *,
    request: Request,
    session: SessionDep,
    staff: CatalogueWriter,
    host: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    values = FormData({"host": str(host)} if host else {})
    return _form(request, session, staff, Filled(values))


def _form(
    request: Request,
    session: Session,
    staff: Staff,
    filled: Filled,
    *,
    registration: Shown | None = None,
    **more: Any,
) -> HTMLResponse:
    """Show the whole form on one page, as one goes through it on the telephone."""
    every = all_by_ref(session, Host, staff.municipality_id).values()
    known: dict[str, Any] = {
        "hosts": [(str(each.id), each.name) for each in sorted(every, key=lambda h: h.name)],
        "shown": registration,
        "w": CHOICES,
        "said": said,
        "day_said": day_said,
        "days": (),
        "now": (),
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 422 if filled.mistakes else 200
    page = known | more
    return render(request, "hosting/form.html", status=status, staff=staff, section=SECTION, **page)


def _previewed(
    request: Request, session: Session, staff: Staff, filled: Filled, **more: Any
) -> HTMLResponse | None:
    """Show the form again where something is to be put right, or the next days were asked for."""
    found = read(filled.form, today=staff.on)
    filled.mistakes.update(found.mistakes)
    if filled.mistakes or filled.form.get("then") == "preview":
        lines = [item for item in found.lines if item is not None]
        days = next_days(lines, today=staff.on)
        return _form(request, session, staff, filled, days=days, **more)
    return None


@router.post("/registrations/new")
def begin_registration(
    *,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Keep what was told on the telephone as a draft, which is looked at once more."""
    filled = Filled(form)
    host_id = filled.id("host")
    if host_id is None:
        filled.mistakes["host"] = NO_HOST
    again = _previewed(request, session, staff, filled)
    if again is not None or host_id is None:
        assert again is not None
        return again
    made = actions.begin(session, staff, host_id, at=at, form=form)
    return RedirectResponse(f"/registrations/{made.id}", 303)


@router.get("/registrations/{registration_id}/edit")
def ask_changes(
    request: Request, registration_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    shown = shown_to(session, staff, registration_id)
    filled = Filled(form_of(shown.registration.said))
    return _form(request, session, staff, filled, registration=shown)


@router.post("/registrations/{registration_id}/edit")
def keep_changes(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """Keep the form as it was put right; whoever was first is shown beside it."""
    filled = Filled(form)
    shown = shown_to(session, staff, registration_id)
    again = _previewed(request, session, staff, filled, registration=shown)
    if again is not None:
        return again
    seen = filled.number("version", highest=HIGHEST) or 0
    try:
        with session.begin_nested():
            actions.write_all(session, staff, registration_id, form, seen=seen)
    except Stale:
        filled.mistakes["title"] = STALE
        now = [(row.name, row.then) for row in rows(shown)]
        return _form(request, session, staff, filled, registration=shown, now=now)
    except Settled:
        return page(request, session, staff, registration_id, {"word": SETTLED}, status=409)
    return RedirectResponse(f"/registrations/{registration_id}", 303)
