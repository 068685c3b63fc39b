"""A registration with what it is about, and what it says."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.tables import Activity, Host, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.actions import Staff
from service.hosting import repository
from service.hosting.fields import lines_of
from service.hosting.reading import Read, read
from service.hosting.rules import Unfinished
from service.hosting.tables import Registration
from service.hosts import repository as hosts
from service.hosts.links import Held, NoSuchLink
from service.refusals import Kind, Refusal


class NoSuchRegistration(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Shown:
    """A registration with what it is about, and what it says."""

    registration: Registration
    host: Host
    activity: Activity | None
    slots: list[Slot]
    read: Read

    @property
    def base(self) -> ActivityTerms:
        return ActivityTerms.model_validate(self.activity.terms if self.activity else {})

    @property
    def proposed(self) -> ActivityTerms:
        """Return the terms as they would be, once accepted."""
        return self.base.model_copy(update=dict(ActivityTerms.model_validate(self.read.terms)))

    @property
    def stay(self) -> list[ScheduleItem | None]:
        """Return the lines that the form does not show; they stay as they are."""
        return lines_of(self.slots)[1]


def opened_by(session: Session, held: Held, *, today: date) -> Shown:
    """Return what a host's link lets it write; to look uses nothing up."""
    if held.link is None or held.link.registration_id is None:
        raise NoSuchLink("this link opens nothing")
    link = held.link
    found = repository.registration(session, link.municipality_id, held.link.registration_id)
    if found is None or found.host_id != link.host_id:
        raise NoSuchLink("this link opens nothing")
    return shown_of(session, found, today=today)


def shown_to(session: Session, staff: Staff, registration_id: UUID) -> Shown:
    found = repository.registration(session, staff.municipality_id, registration_id)
    return shown_of(session, there(found), today=staff.on)


def shown_of(session: Session, found: Registration, *, today: date) -> Shown:
    host = catalogue.get(session, Host, found.municipality_id, found.host_id)
    assert host is not None
    activity, slots = None, []
    if found.activity_id is not None:
        activity = catalogue.get(session, Activity, found.municipality_id, found.activity_id)
        slots = hosts.slots_of(session, [found.activity_id])[found.activity_id]
    base = ActivityTerms.model_validate(activity.terms) if activity else None
    said = read(found.said, today=today, base=base)
    if lines_of(slots)[1]:
        said.missing.pop("pattern-0", None)
    return Shown(found, host, activity, slots, said)


def refuse_unfinished(shown: Shown) -> None:
    wrong = shown.read.mistakes | shown.read.missing
    if wrong:
        raise Unfinished("something has to be said first", fields=sorted(wrong))


def locked(session: Session, municipality_id: UUID, registration_id: UUID) -> Registration:
    return there(repository.registration(session, municipality_id, registration_id, lock=True))


def there(found: Registration | None) -> Registration:
    if found is None:
        raise NoSuchRegistration("there is no such registration")
    return found
