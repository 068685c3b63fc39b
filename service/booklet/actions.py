"""Put the booklet together, and write down what a host agreed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity, Area, Host, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.actions import Staff
from service.booklet import repository
from service.booklet.needs import needs_of
from service.booklet.repository import entry_of, every_host, name_of_town
from service.booklet.rules import Need, Shown
from service.booklet.tables import BookletEntry
from service.hosts import times
from service.hosts.actions import NoSuchEntry
from service.hosts.repository import host_locked, slots_of
from service.refusals import Kind, Refusal
from service.web.versions import refuse_stale

__all__ = ["agree", "booklet", "entry_of", "every_host", "name_of_town"]

NEVER_ASKED: Final = 0  # the version that the form of a host bears whom nobody has asked


class NotYetAgreed(Refusal):
    """Nobody has agreed on a day that is still to come."""

    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Offered:
    """One activity as the booklet tells it."""

    activity: Activity
    terms: ActivityTerms
    when: str

    @property
    def title(self) -> str:
        return self.terms.plain_title or self.activity.title


@dataclass(frozen=True, slots=True)
class Listed:
    """One host in the booklet: only what it agreed to have printed."""

    number: int
    host: Host
    area: Area
    telephone: str
    activities: Sequence[Offered]
    needs: Mapping[Need, Sequence[str]]
    in_return: Sequence[str]
    shows_needs: bool


def booklet(session: Session, staff: Staff, *, area_id: UUID | None = None) -> list[Listed]:
    """Return the booklet in its order, numbered through."""
    rows = repository.agreed(session, staff.municipality_id, area_id=area_id)
    offered = repository.activities_of(session, [host.id for host, _, _ in rows])
    slots = slots_of(session, [each.id for of_host in offered.values() for each in of_host])
    return [
        _listed(number, row, offered[row[0].id], slots) for number, row in enumerate(rows, start=1)
    ]


def _listed(
    number: int,
    row: tuple[Host, Area, BookletEntry],
    activities: Sequence[Activity],
    slots: Mapping[UUID, Sequence[Slot]],
) -> Listed:
    host, area, entry = row
    told = [_offered(each, slots[each.id]) for each in activities if _is_told(each)]
    shows_needs = entry.shown is Shown.WITH_NEEDS
    return Listed(
        number,
        host,
        area,
        host.telephone if entry.with_telephone else "",
        told,
        needs_of([(each.title, each.terms) for each in told]) if shows_needs else {},
        _in_return(told) if shows_needs else [],
        shows_needs,
    )


def _in_return(told: Sequence[Offered]) -> list[str]:
    """Return what the office does for a host in return, each thing once."""
    return list(dict.fromkeys(each.terms.in_return for each in told if each.terms.in_return))


def _is_told(activity: Activity) -> bool:
    return not activity.terms.get("not_published")


def _offered(activity: Activity, slots: Sequence[Slot]) -> Offered:
    terms = ActivityTerms.model_validate(activity.terms)
    lines = [
        times.said(ScheduleItem.model_validate(slot.recurrence) if slot.recurrence else None)
        for slot in slots
        if slot.capacity
    ]
    return Offered(activity, terms, terms.when or "、".join(dict.fromkeys(lines)))


def agree(
    session: Session,
    staff: Staff,
    host_id: UUID,
    *,
    shown: Shown,
    with_telephone: bool,
    agreed_on: date,
    seen: int,
) -> BookletEntry:
    """Write down what a host said of the booklet; the host's row lets one worker at a time."""
    host = host_locked(session, staff.municipality_id, host_id)
    if host is None:
        raise NoSuchEntry("there is no such entry in the catalogue")
    if agreed_on > staff.on:
        raise NotYetAgreed("a host has agreed today or earlier")
    entry = entry_of(session, staff.municipality_id, host_id)
    refuse_stale(entry.version if entry else NEVER_ASKED, seen)
    if entry is None:
        entry = BookletEntry(
            municipality_id=staff.municipality_id,
            host_id=host_id,
            shown=shown,
            agreed_on=agreed_on,
            heard_by=staff.id,
            version=NEVER_ASKED,
        )
        session.add(entry)
    entry.shown, entry.with_telephone = shown, with_telephone and shown is not Shown.NO
    entry.agreed_on, entry.heard_by = agreed_on, staff.id
    entry.version += 1
    session.flush()
    return entry
