"""The times at which an activity takes people: in words, added and ended by plain choices."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Activity, Slot
from catalogue.terms import ScheduleItem
from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.database import SessionDep
from service.hosting.fields import NAMES
from service.hosting.one import SECTION, STALE, TAKEN
from service.hosting.reading import NO_PATTERN, read
from service.hosting.rules import Section
from service.hosting.screens import CHOICES
from service.hosts import actions, repository
from service.hosts.times import day_said, next_days, said
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale

router = APIRouter(route_class=Once)

MOST: Final = 999
FIRST: Final = "-0"  # one line at a time


@router.get("/activities/{activity_id}/slots")
def show_slots(
    request: Request, activity_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    return _page(request, session, staff, activity_id, Filled(FormData()))


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    activity_id: UUID,
    filled: Filled,
    *,
    lines: list[ScheduleItem | None] | None = None,
) -> HTMLResponse:
    activity = actions.entry(session, staff, Activity, activity_id)
    slots = repository.slots_of(session, [activity.id])[activity.id]
    context: dict[str, Any] = {
        "activity": activity,
        "slots": [(each, _item(each), _days(each, staff)) for each in slots if each.capacity],
        "w": CHOICES,
        "said": said,
        "day_said": day_said,
        "days": next_days([each for each in lines or () if each], today=staff.on),
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 422 if filled.mistakes else 200
    return render(
        request, "hosting/slots.html", status=status, staff=staff, section=SECTION, **context
    )


def _item(slot: Slot) -> ScheduleItem | None:
    return ScheduleItem.model_validate(slot.recurrence) if slot.recurrence else None


def _days(slot: Slot, staff: Staff) -> list[str]:
    item = _item(slot)
    return [day_said(each) for each in next_days([item] if item else [], today=staff.on, most=3)]


@router.post("/activities/{activity_id}/slots")
def add_slot(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """Add one more time, or show its next days first."""
    found = read(form, today=staff.on)
    own = {name for name in NAMES[Section.WHEN] if name.endswith(FIRST)}
    filled = Filled(form, {n: words for n, words in found.mistakes.items() if n in own})
    capacity = filled.number("capacity", lowest=1, highest=MOST)
    if not found.lines and not filled.mistakes:
        filled.mistakes["pattern-0"] = NO_PATTERN
    if filled.mistakes or form.get("then") == "preview":
        return _page(request, session, staff, activity_id, filled, lines=found.lines)
    activity = actions.entry(session, staff, Activity, activity_id)
    usual = int(activity.terms.get("capacity") or 1)
    actions.add_slot(session, staff, activity_id, item=found.lines[0], capacity=capacity or usual)
    return RedirectResponse(f"/activities/{activity_id}/slots", 303)


@router.post("/slots/{slot_id}/end")
def end_slot(
    *,
    request: Request,
    slot_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """End a time that nobody holds a place in; what was there is still known of."""
    slot = actions.entry(session, staff, Slot, slot_id)
    filled = Filled(form)
    seen = filled.number("version", highest=HIGHEST) or 0
    try:
        with session.begin_nested():
            actions.amend_slot(session, staff, slot_id, capacity=0, seen=seen)
    except (Stale, actions.PlacesTaken) as refused:
        filled.mistakes["end"] = STALE if isinstance(refused, Stale) else TAKEN
        return _page(request, session, staff, slot.activity_id, filled)
    return RedirectResponse(f"/activities/{slot.activity_id}/slots", 303)
