"""Lay out the queue: what is owed, with what a worker needs beside the telephone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Host
from service.contacts.tables import Contact
from service.followup import repository
from service.followup.cadence import Cadence
from service.followup.gathering import Shelf, gathered, of_placement, shelved
from service.followup.order import Rank, in_order, rank_of
from service.followup.repository import Held, Material, Placed, Scope
from service.followup.rules import due as owed_today
from service.followup.windows import Due
from service.persons.tables import Person
from service.placements.lifecycle import Side

DEFERRALS_IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One contact that is owed, with whom and what it is about."""

    due: Due
    rank: Rank
    person: Person | None
    host: Host | None
    placed: Placed | None
    last: Contact | None
    held: Held | None

    @property
    def person_id(self) -> UUID | None:
        return self.person.id if self.person else None

    @property
    def telephoned(self) -> UUID:
        """Return whom one rings for this row."""
        subject = self.due.subject
        side = subject.host_id if self.due.side is Side.HOST else subject.person_id
        return side or subject.id

    @property
    def telephone(self) -> str:
        if self.due.side is Side.HOST:
            return self.host.telephone if self.host else ""
        return self.person.contact if self.person else ""

    @property
    def for_coordinator(self) -> bool:
        return self.due.deferrals >= DEFERRALS_IN_A_ROW


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies at hand while rows are laid out, by id."""

    people: dict[UUID, Person]
    hosts: dict[UUID, Host]
    placed: dict[UUID, Placed]
    shelf: Shelf

    def last_contact(self, due: Due) -> UUID | None:
        """Name the last contact with this side that belongs on this row."""
        subject = due.subject
        if due.side is Side.HOST and subject.host_id:
            spoken = of_placement(self.shelf.of_host[subject.host_id], subject.placement_id)
            # Who else is placed there stays between them and their worker.
            spoken = [each for each in spoken if each.person_id in {None, subject.person_id}]
        else:
            assert subject.person_id is not None
            spoken = self.shelf.of_person[subject.person_id]
        return spoken[-1].id if spoken else None


def laid_out(
    session: Session, scope: Scope, cadence: Cadence, *, today: date, at: datetime
) -> list[Row]:
    """Return the rows of a day in their order; list, count and export all come from here."""
    material = repository.material_of(session, scope)
    shelf = shelved(material)
    facts = gathered(material, shelf, owner_id=scope.owner_id)
    found = in_order((due for each in facts for due in owed_today(each, cadence, today)), today)
    desk = _desk(material, shelf)
    last = {due.id: desk.last_contact(due) for due in found}
    words = repository.contacts_named(session, sorted({id_ for id_ in last.values() if id_}))
    held = repository.claims(session, scope.staff, at=at)
    return [_row(due, today, desk, _words(words, last[due.id]), held.get(due.id)) for due in found]


def _words(words: dict[UUID, Contact], contact_id: UUID | None) -> Contact | None:
    return words.get(contact_id) if contact_id else None


def _desk(material: Material, shelf: Shelf) -> _Desk:
    hosts = {host.id: host for host in material.hosts}
    hosts |= {placed.host.id: placed.host for placed in material.placed}
    return _Desk(
        people={person.id: person for person in material.people},
        hosts=hosts,
        placed={placed.placement.id: placed for placed in material.placed},
        shelf=shelf,
    )


def _row(due: Due, today: date, desk: _Desk, last: Contact | None, held: Held | None) -> Row:
    subject = due.subject
    return Row(
        due=due,
        rank=rank_of(due, today),
        person=desk.people[subject.person_id] if subject.person_id else None,
        host=desk.hosts[subject.host_id] if subject.host_id else None,
        placed=desk.placed[subject.placement_id] if subject.placement_id else None,
        last=last,
        held=held,
    )
