"""Pages of a pre-consent record: write it, read it with its story, put it right, close it."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Area
from service.accounts.access import ConferenceMember
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.conferences import actions
from service.conferences.pages import MANY, SECTION
from service.conferences.rules import ENDING_WORDS, LONGEST, PART_WORDS, Part, filled
from service.conferences.tables import ConferenceRecord
from service.contacts.pages import read_story
from service.contacts.words import (
    CHANNEL_WORDS,
    DIRECTION_WORDS,
    RESULT_WORDS,
    Channel,
    Direction,
    Result,
)
from service.database import SessionDep
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

router = APIRouter(route_class=Once)

ONE_LINE: Final = frozenset({Part.CALLED_NAME, Part.NAME, Part.KANA, Part.TELEPHONE})
STORY: Final[dict[str, Any]] = {
    "results": [(each, RESULT_WORDS[each]) for each in Result],
    "channels": [(each, CHANNEL_WORDS[each]) for each in Channel],
    "directions": [(each, DIRECTION_WORDS[each]) for each in Direction],
}


@router.get("/conferences/{conference_id}/records/new")
def show_new_record(
    request: Request, conference_id: UUID, session: SessionDep, staff: ConferenceMember
) -> HTMLResponse:
    return _written_page(request, session, staff, conference_id, Filled(FormData()))


@router.post("/conferences/{conference_id}/records/new")
def write_record(
    *,
    request: Request,
    conference_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> Response:
    filled_in = Filled(form)
    written = _written(filled_in)
    if filled_in.mistakes:
        return _written_page(request, session, staff, conference_id, filled_in)
    area_id = _area_id(session, staff, filled_in)
    record = actions.write_record(session, staff, conference_id, written, area_id=area_id, at=at)
    return RedirectResponse(_record_path(conference_id, record.id), 303)


def _record_path(conference_id: UUID, record_id: UUID) -> str:
    return f"/conferences/{conference_id}/records/{record_id}"


def _written(filled_in: Filled) -> dict[str, str]:
    written = {part.value: filled_in.text(part, longest=LONGEST[part]) for part in Part}
    if not any(written.values()):
        filled_in.mistakes[Part.CALLED_NAME] = ours(
            "わかっていることを、どこか一つは書いてください"
        )
    return written


def _area_id(session: SessionDep, staff: Staff, filled_in: Filled) -> UUID | None:
    area = catalogue.by_ref(session, Area, staff.municipality_id, filled_in.text("area"))
    return area.id if area else None


def _written_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    conference_id: UUID,
    filled_in: Filled,
    *,
    record_id: UUID | None = None,
    now: ConferenceRecord | None = None,
) -> HTMLResponse:
    conference = actions.conference_for(session, staff, conference_id)
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    named = sorted((area.name, area.ref) for area in areas)
    return render(
        request,
        "conferences/written.html",
        status=409 if now else 422 if filled_in.mistakes else 200,
        staff=staff,
        section=SECTION,
        conference=conference,
        record_id=record_id,
        now=[(word, getattr(now, part)) for part, word in PART_WORDS.items()] if now else [],
        areas=[("", ours("わからない")), *((ref, name) for name, ref in named)],
        parts=list(PART_WORDS.items()),
        one_line=ONE_LINE,
        values=filled_in.form,
        errors=filled_in.mistakes,
    )


@router.get("/conferences/{conference_id}/records/{record_id}")
def show_record(
    *,
    request: Request,
    conference_id: UUID,
    record_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    blank = FormData({"occurred_on": today.isoformat(), "channel": "call", "direction": "sent"})
    return _record_page(
        request, session, staff, conference_id, Filled(blank), record_id=record_id, at=at
    )


@router.post("/conferences/{conference_id}/records/{record_id}/entries")
def note_entry(
    *,
    request: Request,
    conference_id: UUID,
    record_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    today: Today,
    at: Moment,
) -> Response:
    filled_in = Filled(form)
    story = read_story(filled_in, today=today)
    if story is None:
        return _record_page(
            request, session, staff, conference_id, filled_in, record_id=record_id, at=at
        )
    actions.note_entry(session, staff, conference_id, record_id, story, at=at)
    return RedirectResponse(f"{_record_path(conference_id, record_id)}#flow", 303)


def _record_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    conference_id: UUID,
    filled_in: Filled,
    *,
    record_id: UUID,
    at: Moment,
) -> HTMLResponse:
    conference = actions.conference_for(session, staff, conference_id)
    record = actions.record_for(session, staff, conference_id, record_id, at=at)
    entries = actions.list_entries(session, staff, conference_id, record_id, at=at, limit=MANY)
    context = STORY | {
        "staff": staff,
        "section": SECTION,
        "conference": conference,
        "record": record,
        "area": _area_name(session, staff, record.area_id),
        "said": [(PART_WORDS[part], getattr(record, part)) for part in filled(parts_of(record))],
        "entries": sorted(entries, key=lambda each: each.occurred_on, reverse=True),
        "channel_words": CHANNEL_WORDS,
        "direction_words": DIRECTION_WORDS,
        "result_words": RESULT_WORDS,
        "endings": ENDING_WORDS,
        "writable": conference.closed_on is None and record.closed_on is None,
        "values": filled_in.form,
        "errors": filled_in.mistakes,
    }
    status = 422 if filled_in.mistakes else 200
    return render(request, "conferences/record.html", status=status, **context)


def parts_of(record: ConferenceRecord) -> dict[str, str]:
    return {part.value: getattr(record, part) for part in Part}


def _area_name(session: SessionDep, staff: Staff, area_id: UUID | None) -> str:
    area = catalogue.get(session, Area, staff.municipality_id, area_id) if area_id else None
    return area.name if area else ""


@router.get("/conferences/{conference_id}/records/{record_id}/edit")
def show_edit(
    *,
    request: Request,
    conference_id: UUID,
    record_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> HTMLResponse:
    record = actions.record_for(session, staff, conference_id, record_id, at=at)
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    ref = next((area.ref for area in areas if area.id == record.area_id), "")
    values = FormData({"area": ref, "version": str(record.version)} | parts_of(record))
    return _written_page(
        request, session, staff, conference_id, Filled(values), record_id=record_id
    )


@router.post("/conferences/{conference_id}/records/{record_id}/edit")
def amend_record(
    *,
    request: Request,
    conference_id: UUID,
    record_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> Response:
    filled_in = Filled(form)
    changes: dict[str, Any] = dict(_written(filled_in))
    seen = filled_in.number("version", highest=HIGHEST) or 0
    if filled_in.mistakes:
        return _written_page(request, session, staff, conference_id, filled_in, record_id=record_id)
    changes["area_id"] = _area_id(session, staff, filled_in)
    try:
        actions.amend_record(session, staff, conference_id, record_id, changes, seen=seen, at=at)
    except Stale:
        record = actions.record_for(session, staff, conference_id, record_id, at=at)
        kept = Filled(newest(form, record.version))
        return _written_page(
            request, session, staff, conference_id, kept, record_id=record_id, now=record
        )
    return RedirectResponse(_record_path(conference_id, record_id), 303)


@router.post("/conferences/{conference_id}/records/{record_id}/closure")
def end_record(
    *,
    conference_id: UUID,
    record_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> RedirectResponse:
    actions.end_record(session, staff, conference_id, record_id, at=at)
    return RedirectResponse(f"/conferences/{conference_id}", 303)
