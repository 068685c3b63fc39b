"""Pages on which somebody who receives is registered, and put right."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Host
from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.database import SessionDep
from service.hosting.host_page import SECTION
from service.hosts import repository as hosts
from service.hosts.actions import add_host, amend_host, entry
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale

router = APIRouter(route_class=Once)

KIND: Final = 64


NO_NAME: Final = ours("受け入れ先の名前を書いてください")


NO_AREA: Final = ours("圏域を選んでください")


STALE: Final = ours("ほかの人が先に直しました。上の「いまの内容」とくらべてください")


@router.get("/hosts/new")
def ask_host(request: Request, session: SessionDep, staff: CatalogueWriter) -> HTMLResponse:
    return _form(request, session, staff, None, Filled(FormData()))


@router.post("/hosts/new")
def register_host(
    *, request: Request, form: SignedForm, session: SessionDep, staff: CatalogueWriter
) -> Response:
    """Register somebody who receives."""
    filled = Filled(form)
    values = _read(filled, session, staff)
    if filled.mistakes:
        return _form(request, session, staff, None, filled)
    host = add_host(session, staff, values)
    return RedirectResponse(f"/hosts/{host.id}", 303)


@router.get("/hosts/{host_id}/edit")
def ask_host_changes(
    request: Request, host_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    host = entry(session, staff, Host, host_id)
    areas = hosts.areas_by_id(session, staff.municipality_id)
    known = {name: getattr(host, name) for name in ("name", "type", "telephone")}
    known |= {"area": areas[host.area_id].ref, "version": host.version}
    known |= {"max_people": host.max_people, "new_a_month": host.new_a_month}
    values = {name: str(value) for name, value in known.items() if value is not None}
    return _form(request, session, staff, host, Filled(FormData(values)))


@router.post("/hosts/{host_id}/edit")
def change_host(
    *,
    request: Request,
    host_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """Change what is known of a host; whoever was first is shown beside it."""
    filled = Filled(form)
    host = entry(session, staff, Host, host_id)
    values = _read(filled, session, staff)
    seen = filled.number("version", highest=HIGHEST) or 0
    if filled.mistakes:
        return _form(request, session, staff, host, filled)
    try:
        with session.begin_nested():
            amend_host(session, staff, host_id, values, seen=seen)
    except Stale:
        filled.mistakes["name"] = STALE
        return _form(request, session, staff, host, filled, now=_now(host))
    return RedirectResponse(f"/hosts/{host_id}", 303)


def _now(host: Host) -> list[tuple[str, str]]:
    said_now = (
        (ours("名前"), host.name),
        (ours("電話"), host.telephone),
        (ours("どんなところ"), host.type),
        (ours("一度に受けられる人数"), "" if host.max_people is None else str(host.max_people)),
        (ours("ひと月の新しい人"), "" if host.new_a_month is None else str(host.new_a_month)),
    )
    return list(said_now)


def _read(filled: Filled, session: Session, staff: Staff) -> dict[str, Any]:
    refs = {area.ref for area in hosts.areas_by_id(session, staff.municipality_id).values()}
    values: dict[str, Any] = {
        "name": filled.text("name"),
        "type": filled.text("type", longest=KIND) or "other",
        "area": filled.text("area"),
        "telephone": filled.text("telephone", longest=KIND),
        "max_people": filled.number("max_people"),
        "new_a_month": filled.number("new_a_month"),
    }
    if not values["name"]:
        filled.mistakes.setdefault("name", NO_NAME)
    if values["area"] not in refs:
        filled.mistakes["area"] = NO_AREA
    return values


def _form(
    request: Request,
    session: Session,
    staff: Staff,
    host: Host | None,
    filled: Filled,
    *,
    now: list[tuple[str, str]] | None = None,
) -> HTMLResponse:
    areas = hosts.areas_by_id(session, staff.municipality_id).values()
    return render(
        request,
        "hosting/host_form.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section=SECTION,
        host=host,
        now=now or [],
        version=host.version if host else 0,
        areas=[(each.ref, each.name) for each in sorted(areas, key=lambda area: area.name)],
        values=filled.form,
        errors=filled.mistakes,
    )
