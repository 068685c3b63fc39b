"""The list of activities: every one of a municipality with what somebody may look for in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlmodel import Session

from catalogue.repository import slots_by_activity
from catalogue.schedule import occurrences
from catalogue.tables import Activity, Area, Host, Slot
from catalogue.terms import ScheduleItem
from matching.roads import Roads
from matching.travel import walking_minutes
from service.accounts.actions import Staff
from service.hosts import repository, times
from service.hosts.finding import Found, Listed, Look, look_for
from service.languages.ours import joined

WEEKS: Final = timedelta(weeks=9)  # in which a place that opens once in two months opens
Place = tuple[float, float]


class Listing(NamedTuple):
    """What was found, the areas to choose from, and whether the way on foot could be told."""

    found: Found
    areas: Mapping[UUID, Area]
    placed: bool


def listing(session: Session, staff: Staff, look: Look, *, roads: Roads) -> Listing:
    """Look for activities; the way on foot begins in the middle of the area that was named."""
    areas = repository.areas_by_id(session, staff.municipality_id)
    if look.area_id not in areas:
        look = replace(look, area_id=None)
    start = _place(areas.get(look.area_id)) if look.area_id else None
    if start is None:
        look = replace(look, within=None)
    rows = _rows(session, staff, areas, days=look.day is not None)
    if start is not None:
        rows = (_walked(row, start, roads) for row in rows)
    return Listing(look_for(look, rows), areas, placed=start is not None)


def _walked(row: Listed, start: Place, roads: Roads) -> Listed:
    if row.place is None:
        return row
    return replace(row, minutes=walking_minutes(roads, start, row.place))


def _rows(
    session: Session, staff: Staff, areas: Mapping[UUID, Area], *, days: bool
) -> Iterator[Listed]:
    slots = slots_by_activity(session, staff.municipality_id)
    for activity, host in repository.offered(session, staff.municipality_id):
        offered = [slot for slot in slots.get(activity.id, ()) if slot.capacity]
        weekdays = _weekdays(offered, staff.on) if days else frozenset[int]()
        yield _row(activity, host, areas[activity.area_id], offered, weekdays)


def _row(
    activity: Activity, host: Host, area: Area, offered: list[Slot], weekdays: frozenset[int]
) -> Listed:
    terms = activity.terms
    return Listed(
        id=activity.id,
        title=activity.title,
        plain_title=terms.get("plain_title") or "",
        description=terms.get("description") or "",
        tags=tuple(terms.get("tags") or ()),
        host=host.name,
        area_id=activity.area_id,
        open=activity.open,
        when=terms.get("when") or _when(offered),
        just_being=bool(terms.get("just_being_ok")),
        loads=terms.get("load") or {},
        weekdays=weekdays,
        by_arrangement=any(slot.recurrence is None for slot in offered),
        place=_own_place(terms) or _place(host) or _place(area),
    )


def _when(offered: Iterable[Slot]) -> str:
    lines = (
        ScheduleItem.model_validate(slot.recurrence) if slot.recurrence else None
        for slot in offered
    )
    return joined("／", list(map(times.said, lines)))


def _weekdays(offered: Iterable[Slot], today: date) -> frozenset[int]:
    return frozenset(
        opening.start.weekday()
        for slot in offered
        if slot.recurrence
        for opening in occurrences(
            ScheduleItem.model_validate(slot.recurrence).recurrence(),
            first=today,
            last=today + WEEKS,
        )
    )


def _own_place(terms: Mapping[str, Any]) -> Place | None:
    lat, lon = terms.get("lat"), terms.get("lon")
    return None if lat is None or lon is None else (lat, lon)


def _place(where: Host | Area | None) -> Place | None:
    if where is None or where.lat is None or where.lon is None:
        return None
    return where.lat, where.lon
