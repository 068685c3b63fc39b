"""Moving over on pages: each part ticked by hand, a look at what will be, then the move."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.profiles import SharedWith
from catalogue.tables import Area
from service.accounts.access import ConferenceMember
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.conferences import actions, moving
from service.conferences.pages import SECTION
from service.conferences.record_pages import parts_of
from service.conferences.rules import PART_WORDS, Part, TooMuchToCarry, filled
from service.conferences.tables import ConferenceRecord
from service.database import SessionDep
from service.languages.ours import ours
from service.persons import words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PATH: Final = "/conferences/{conference_id}/records/{record_id}/person"
# Without consent to anybody there is nothing to move over for.
SHARED: Final = [
    (each, word) for each, word in words.SHARED_WORDS.items() if each is not SharedWith.NONE
]
HOWS: Final = [pair for pair in words.CONSENT_HOWS if pair[0]]
NAME_WORDS: Final = ours(
    {
        "called": "呼び名",
        "family": "姓",
        "given": "名",
        "kana": "ふりがな",
        "address": "住まい",
    }
)
TOO_MUCH: Final = ours("選んだものが長すぎます。いくつか外すか、先に短くしてください")


@router.get(PATH)
def show_move(
    *,
    request: Request,
    conference_id: UUID,
    record_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    record = actions.record_for(session, staff, conference_id, record_id, at=at)
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    ref = next((area.ref for area in areas if area.id == record.area_id), "")
    blank = FormData({"area": ref, "given_on": today.isoformat(), "version": str(record.version)})
    return _choosing_page(request, session, staff, record, Filled(blank))


@router.post(PATH)
def move_over(
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
    """Show what would be; with the second button of the preview, do it."""
    record = actions.record_for(session, staff, conference_id, record_id, at=at)
    filled_in = Filled(form)
    move = _read(session, staff, record, filled_in, today=today)
    if move is None or filled_in.text("then") == "choose":
        return _choosing_page(request, session, staff, record, filled_in)
    if filled_in.text("then") != "move":
        return _preview_page(request, session, staff, record, filled_in, move=move)
    seen = filled_in.number("version", highest=10_000_000) or 0
    person = moving.move_over(session, staff, conference_id, record_id, move, seen=seen, at=at)
    return RedirectResponse(f"/people/{person.id}?saved=true", 303)


def _read(
    session: SessionDep, staff: Staff, record: ConferenceRecord, filled_in: Filled, *, today: Today
) -> moving.Move | None:
    """Return what was decided, or None with the mistakes named."""
    area = catalogue.by_ref(session, Area, staff.municipality_id, filled_in.text("area"))
    if area is None:
        filled_in.mistakes["area"] = ours("圏域を選んでください")
    parts = frozenset(part for part in Part if part in filled_in.ticked("parts"))
    consent = _consent(filled_in, today=today)
    try:
        moving.taken_over(record, parts)
    except TooMuchToCarry:
        filled_in.mistakes["parts"] = TOO_MUCH
    if filled_in.mistakes or area is None:
        return None
    age_band = filled_in.text("age_band", longest=32)
    return moving.Move(parts=parts, area=area, consent=consent, age_band=age_band)


def _consent(filled_in: Filled, *, today: Today) -> dict[str, Any]:
    sentence = ours("本人が、だれに話してよいと言ったかを選んでください")
    how = filled_in.text("consent_how")
    given_on, until = filled_in.day("given_on"), filled_in.day("until")
    if not how:
        filled_in.mistakes["consent_how"] = ours("同意をどのように聞いたかを選んでください")
    if given_on is None or given_on > today:
        filled_in.mistakes.setdefault(
            "given_on", ours("聞いた日を、きょうまでの日で書いてください")
        )
    if until is not None and until < today:
        filled_in.mistakes["until"] = ours("きょうか、あとの日にしてください")
    return {
        "shared_with": filled_in.needed("shared_with", dict(SHARED), sentence=sentence),
        "scope": filled_in.text("consent_scope", longest=1000),
        "how": how,
        "given_on": given_on,
        "until": until,
    }


def _choosing_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    record: ConferenceRecord,
    filled_in: Filled,
) -> HTMLResponse:
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    named = sorted((area.name, area.ref) for area in areas)
    return render(
        request,
        "conferences/choosing.html",
        status=422 if filled_in.mistakes else 200,
        **_about(session, staff, record),
        offered=[(part, PART_WORDS[part], getattr(record, part)) for part in _offered(record)],
        areas=[("", ours("選んでください")), *((ref, name) for name, ref in named)],
        ages=words.AGE_BANDS,
        shared=SHARED,
        hows=HOWS,
        values=filled_in.form,
        errors=filled_in.mistakes,
    )


def _offered(record: ConferenceRecord) -> list[Part]:
    return filled(parts_of(record))


def _preview_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    record: ConferenceRecord,
    filled_in: Filled,
    *,
    move: moving.Move,
) -> HTMLResponse:
    taken = moving.taken_over(record, move.parts)
    return render(
        request,
        "conferences/preview.html",
        **_about(session, staff, record),
        move=move,
        taken=taken,
        name_words=NAME_WORDS,
        behind=[PART_WORDS[part] for part in _offered(record) if part not in move.parts],
        shared=words.SHARED_WORDS,
        sent=[(name, value) for name, value in filled_in.form.multi_items() if _own(name)],
    )


def _own(name: str) -> bool:
    return name not in {"csrf_token", "then"}


def _about(session: SessionDep, staff: Staff, record: ConferenceRecord) -> dict[str, Any]:
    conference = actions.conference_for(session, staff, record.conference_id)
    return {"staff": staff, "section": SECTION, "conference": conference, "record": record}
