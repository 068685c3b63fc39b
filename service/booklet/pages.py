"""The booklet to print and as workbooks; and what each host agreed to have in it."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from catalogue.tables import Host
from service.accounts.access import CatalogueReader, CatalogueWriter
from service.accounts.actions import Staff
from service.booklet import actions, columns
from service.booklet.rules import NEED_WORDS, SHOWN_WORDS, Shown
from service.booklet.tables import BookletEntry
from service.database import SessionDep
from service.hosts.actions import entry
from service.hosts.repository import areas_by_id
from service.languages.ours import ours, say
from service.web.dates import dated_words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest
from service.web.workbooks import MEDIA, machine_file, print_file

router = APIRouter(route_class=Once)

SECTION: Final = "activities"
CHOOSE: Final = ours("のせてよいか、えらんでください")
WHEN: Final = ours("聞いた日を書いてください")
NOT_YET: Final = ours("きょうか、前の日にしてください")
TELEPHONE: Final = "telephone"
WorkBook = Response


@router.get("/booklet")
def show_booklet(
    *,
    request: Request,
    session: SessionDep,
    staff: CatalogueReader,
    area: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    """Show the booklet, or one area of it, as it will be printed."""
    areas = areas_by_id(session, staff.municipality_id)
    return render(
        request,
        "booklet/booklet.html",
        staff=staff,
        section=SECTION,
        listed=actions.booklet(session, staff, area_id=area),
        areas=sorted(((str(id_), each.name) for id_, each in areas.items()), key=_second),
        chosen=areas.get(area) if area else None,
        asked=FormData({"area": str(area or "")}),
        town=actions.name_of_town(session, staff.municipality_id),
        needs=NEED_WORDS,
        today=staff.on,
    )


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


@router.get("/booklet/machine.xlsx")
def machine_workbook(request: Request, session: SessionDep, staff: CatalogueReader) -> WorkBook:
    """Give the booklet as a table for programs, with its definitions."""
    listed = actions.booklet(session, staff)
    telephone = request.app.state.settings.office_telephone
    told = columns.about(actions.name_of_town(session, staff.municipality_id), staff.on, telephone)
    content = machine_file(columns.MACHINE, columns.machine_rows(listed), about=told)
    return _file(content, "machine", staff.on)


@router.get("/booklet/print.xlsx")
def print_workbook(session: SessionDep, staff: CatalogueReader) -> WorkBook:
    """Give the booklet as a table for people and their printer."""
    listed = actions.booklet(session, staff)
    foot = say("印刷用 {on} どなたでも", on=dated_words(staff.on))
    content = print_file(ours("資源冊子"), columns.PRINTED, columns.print_rows(listed), foot=foot)
    return _file(content, "print", staff.on)


def _file(content: bytes, sort: str, on: date) -> WorkBook:
    name = f"booklet-{sort}-{on.isoformat()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA, headers=headers)


@router.get("/booklet/hosts")
def show_agreements(request: Request, session: SessionDep, staff: CatalogueReader) -> HTMLResponse:
    """Show every host with what it agreed to."""
    return render(
        request,
        "booklet/hosts.html",
        staff=staff,
        section=SECTION,
        hosts=actions.every_host(session, staff.municipality_id),
        words=SHOWN_WORDS,
        writes=staff.role in {"csw", "coordinator"},
    )


@router.get("/booklet/hosts/{host_id}")
def ask_agreement(
    request: Request, host_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    host = entry(session, staff, Host, host_id)
    kept = actions.entry_of(session, staff.municipality_id, host.id)
    return _form(request, staff, host, Filled(FormData(_values(kept, staff.on))))


def _values(kept: BookletEntry | None, today: date) -> dict[str, str]:
    if kept is None:
        return {"agreed_on": today.isoformat(), "version": str(actions.NEVER_ASKED)}
    return {
        "shown": kept.shown.value,
        "also": TELEPHONE if kept.with_telephone else "",
        "agreed_on": kept.agreed_on.isoformat(),
        "version": str(kept.version),
    }


@router.post("/booklet/hosts/{host_id}")
def write_agreement(
    *,
    request: Request,
    host_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """Write down what a host said, unless a colleague heard something else meanwhile."""
    host = entry(session, staff, Host, host_id)
    filled = Filled(form)
    shown = filled.needed("shown", SHOWN_WORDS, sentence=CHOOSE)
    agreed_on = filled.day("agreed_on")
    if agreed_on is None:
        filled.mistakes.setdefault("agreed_on", WHEN)
    elif agreed_on > staff.on:
        filled.mistakes["agreed_on"] = NOT_YET
    seen = filled.number("version", highest=HIGHEST) or actions.NEVER_ASKED
    if filled.mistakes or shown is None or agreed_on is None:
        return _form(request, staff, host, filled)
    try:
        with session.begin_nested():
            actions.agree(
                session,
                staff,
                host_id,
                shown=shown,
                with_telephone=TELEPHONE in filled.ticked("also"),
                agreed_on=agreed_on,
                seen=seen,
            )
    except Stale:
        kept = actions.entry_of(session, staff.municipality_id, host.id)
        now = Filled(newest(form, kept.version if kept else actions.NEVER_ASKED))
        return _form(request, staff, host, now, kept=kept)
    return RedirectResponse(f"/booklet/hosts#host-{host_id}", 303)


def _form(
    request: Request,
    staff: Staff,
    host: Host,
    filled: Filled,
    *,
    kept: BookletEntry | None = None,
) -> HTMLResponse:
    now = (
        [(ours("冊子に"), SHOWN_WORDS[kept.shown]), (ours("聞いた日"), dated_words(kept.agreed_on))]
        if kept
        else []
    )
    context: dict[str, Any] = {
        "host": host,
        "choices": list(SHOWN_WORDS.items()),
        "also": [(TELEPHONE, ours("電話番号ものせる"))],
        "shown": Shown,
        "now": now,
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 409 if kept else 422 if filled.mistakes else 200
    return render(
        request, "booklet/agreement.html", status=status, staff=staff, section=SECTION, **context
    )
