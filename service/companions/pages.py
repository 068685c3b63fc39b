"""The page of companions and lifts: who there is, the next days, and a day called off."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.intake import stored_recurrence
from catalogue.terms import ScheduleItem
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.companions import actions, repository
from service.companions.rules import AID_WORDS
from service.database import SessionDep
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PATH: Final = "/aids"
SHOWN: Final = 6
MANY: Final = 200
WEEKDAYS: Final = ours(
    {
        "MO": "月",
        "TU": "火",
        "WE": "水",
        "TH": "木",
        "FR": "金",
        "SA": "土",
        "SU": "日",
    },
    "weekday",
)


@router.get(PATH)
def show_aids(
    request: Request, session: SessionDep, staff: PeopleReader, today: Today
) -> HTMLResponse:
    return _page(request, session, staff, today)


@router.post(PATH)
def add_aid(
    request: Request, form: SignedForm, session: SessionDep, staff: PeopleWriter, today: Today
) -> Response:
    filled = Filled(form)
    values = _read(filled)
    if filled.mistakes:
        return _page(request, session, staff, today, values=form, errors=filled.mistakes)
    actions.add_aid(session, staff, values)
    return RedirectResponse(PATH, 303)


@router.post(f"{PATH}/{{aid_id}}/days-off")
def call_day_off(
    *,
    request: Request,
    aid_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    """Call a day off; whoever it was kept for stands in today's queue."""
    filled = Filled(form)
    day = filled.day("day")
    actions.aid_for(session, staff, aid_id)
    errors = filled.mistakes or ({} if day else {"day": ours("休みになる日を書いてください")})
    if day is not None:
        try:
            actions.call_off(session, staff, aid_id, day, at=at)
        except actions.NotTheirDay:
            errors = {"day": ours("これからの予定のある日から選んでください")}
    if errors:
        typed = filled.text("day")
        return _page(request, session, staff, today, errors=errors, off=(aid_id, typed))
    return RedirectResponse(PATH, 303)


def _read(filled: Filled) -> dict[str, Any]:
    kind = filled.needed(
        "kind", AID_WORDS, sentence=ours("同行する人か、送り迎えかを選んでください")
    )
    name = filled.text("name", longest=100)
    days = [day for day in WEEKDAYS if day in filled.ticked("days")]
    start, end = filled.clock("start"), filled.clock("end")
    if not name:
        filled.mistakes.setdefault("name", ours("名前か呼び名を書いてください"))
    if not days:
        filled.mistakes["days"] = ours("曜日を一つは選んでください")
    said = {"rrule": f"FREQ=WEEKLY;BYDAY={','.join(days)}", "start": start, "end": end}
    try:
        item = ScheduleItem.model_validate(said) if days else None
    except ValidationError:
        filled.mistakes.setdefault(
            "start", ours("始まりと終わりを、13:00 と 16:00 のように書いてください")
        )
        item = None
    return {
        "kind": kind,
        "name": name,
        "seats": filled.number("seats", lowest=1, highest=20) or 1,
        "recurrence": stored_recurrence(item) if item else None,
    }


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    today: date,
    *,
    values: FormData | None = None,
    errors: dict[str, str] | None = None,
    off: tuple[UUID, str] | None = None,
) -> HTMLResponse:
    aids = repository.listed(session, staff.municipality_id, after=None, limit=MANY)
    days = actions.diary(session, aids, first=today)
    return render(
        request,
        "companions/aids.html",
        status=422 if errors else 200,
        staff=staff,
        section="people",
        aids=[(aid, days[aid.id][:SHOWN]) for aid in aids],
        kinds=list(AID_WORDS.items()),
        kind_words=AID_WORDS,
        weekdays=list(WEEKDAYS.items()),
        values=values or FormData({"seats": "1", "start": "10:00", "end": "16:00"}),
        errors=errors or {},
        off=off or (None, ""),
    )
