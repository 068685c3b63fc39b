"""Draw somebody's own work as a calendar: how many contacts on which day, and first days."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from icalendar import Calendar, Event

from catalogue.schedule import TOKYO, occurrences
from catalogue.tables import Slot
from catalogue.terms.schedule_item import ScheduleItem
from service.notices.rules import uid_of

NAME: Final = "出番"
PRODUCT: Final = "-//Deban//notices//JA"
CONTACTS: Final = "連絡 {}件"
FIRST_DAY: Final = "はじめての日"
FIRST_DAYS: Final = "はじめての日 {}件"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One entry: codes alone. Without a time it stands on the whole day."""

    day: date
    uid: str
    words: str
    start: datetime | None = None
    end: datetime | None = None


def entries(
    account_id: UUID, contacts: Counter[date], firsts: Iterable[tuple[date, Slot]]
) -> list[Entry]:
    """Return the entries of a calendar in their order."""
    found = [
        Entry(day, uid_of(account_id, "contacts", day), CONTACTS.format(number))
        for day, number in contacts.items()
    ]
    by_day: dict[date, list[Slot]] = {}
    for day, slot in firsts:
        by_day.setdefault(day, []).append(slot)
    found += [_first_day(account_id, day, slots) for day, slots in by_day.items()]
    return sorted(found, key=lambda entry: (entry.day, entry.uid))


def _first_day(account_id: UUID, day: date, slots: Sequence[Slot]) -> Entry:
    uid = uid_of(account_id, "first", day)
    if len(slots) > 1:
        return Entry(day, uid, FIRST_DAYS.format(len(slots)))
    start, end = _opening(slots[0], day)
    return Entry(day, uid, FIRST_DAY, start, end)


def _opening(slot: Slot, day: date) -> tuple[datetime | None, datetime | None]:
    """Return when a slot is open on a day; by arrangement there is no time."""
    if slot.recurrence is None:
        return None, None
    recurrence = ScheduleItem.model_validate(slot.recurrence).recurrence()
    found = occurrences(recurrence, first=day, last=day)
    return (found[0].start, found[0].end) if found else (None, None)


def fingerprint(found: Sequence[Entry]) -> str:
    """Return a digest of what a calendar says, whenever it is drawn."""
    told = "\n".join(
        f"{each.day} {each.uid} {each.words} {each.start} {each.end}" for each in found
    )
    return hashlib.sha256(told.encode()).hexdigest()


def drawn(found: Sequence[Entry], *, changed_at: datetime) -> bytes:
    """Write the calendar; what is not in it any more vanishes where it is read."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", TOKYO.key)
    for each in found:
        calendar.add_component(_event(each, changed_at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, changed_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("summary", entry.words)
    event.add("class", "PRIVATE")
    if entry.start is not None and entry.end is not None:
        event.add("dtstart", entry.start.astimezone(TOKYO))
        event.add("dtend", entry.end.astimezone(TOKYO))
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + _DAY)
        event.add("transp", "TRANSPARENT")
    return event
