"""Make of a registration what is offered, or change what is offered already."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity, Area
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.actions import Staff
from service.clock import local_day
from service.hosting.rules import Move, after
from service.hosting.shown import Shown, locked, refuse_unfinished, shown_of
from service.hosts import times
from service.hosts.actions import add_activity, add_slot, amend_activity, amend_host, entry
from service.web.versions import refuse_stale


def accept(
    session: Session, staff: Staff, registration_id: UUID, *, seen: int, at: datetime
) -> Activity:
    """Make of a registration what is offered to people from now on."""
    found = locked(session, staff.municipality_id, registration_id)
    state = after(found.state, Move.ACCEPT)
    refuse_stale(found.version, seen)
    shown = shown_of(session, found, today=local_day(at))
    refuse_unfinished(shown)
    activity = _changed(session, staff, shown) if shown.activity else _added(session, staff, shown)
    _tell_host(session, staff, shown, at=at)
    found.activity_id, found.state = activity.id, state
    found.decided_at, found.decided_by = at, staff.id
    found.version += 1
    session.flush()
    return activity


def _added(session: Session, staff: Staff, shown: Shown) -> Activity:
    area = entry(session, staff, Area, shown.host.area_id)
    values = {"host_id": shown.host.id, "title": shown.read.title, "area": area.ref}
    dated, arranged = _parted(shown)
    terms = ActivityTerms.model_validate(shown.read.terms | {"when": _when(shown)})
    activity = add_activity(session, staff, values, terms=terms, schedule=dated)
    if dated and arranged:
        add_slot(session, staff, activity.id, item=None, capacity=terms.capacity or 0)
    return activity


def _changed(session: Session, staff: Staff, shown: Shown) -> Activity:
    """Change what was said otherwise; lines that are the same stay, with who holds a place."""
    assert shown.activity is not None
    dated, arranged = _parted(shown)
    now = [slot.recurrence for slot in shown.slots if slot.capacity]
    is_moved = _in_any_order(now) != sorted(map(times.said, [*shown.read.lines, *shown.stay]))
    said = dict(shown.read.terms)
    if said["capacity"] == shown.base.capacity:
        del said["capacity"]  # slots of other sizes keep theirs
    if is_moved or not shown.base.when:
        said["when"] = _when(shown)
    activity = amend_activity(
        session,
        staff,
        shown.activity.id,
        {"title": shown.read.title},
        terms=ActivityTerms.model_validate(said),
        schedule=dated if is_moved else None,
        seen=shown.registration.seen_version,
    )
    if is_moved and dated and arranged:
        capacity = shown.proposed.capacity or 0
        add_slot(session, staff, activity.id, item=None, capacity=capacity)
    return activity


def _parted(shown: Shown) -> tuple[list[ScheduleItem], bool]:
    """Part the lines that are wanted: those with days, and whether anything is by arrangement."""
    wanted = [*shown.read.lines, *shown.stay]
    return [item for item in wanted if item is not None], None in wanted


def _when(shown: Shown) -> str:
    return "／".join(map(times.said, [*shown.read.lines, *shown.stay]))


def _in_any_order(lines: list[dict[str, Any] | None]) -> list[str]:
    return sorted(times.said(ScheduleItem.model_validate(line) if line else None) for line in lines)


def _tell_host(session: Session, staff: Staff, shown: Shown, *, at: datetime) -> None:
    """Keep what a host said of itself: that it is there, and how to reach it."""
    telephone = next(iter(shown.registration.said.get("telephone", ())), "")
    changes: dict[str, Any] = {"confirmed_on": local_day(at)}
    if telephone:
        changes["telephone"] = telephone
    amend_host(session, staff, shown.host.id, changes, seen=None)
