"""Lay out a page of the queue: what is owed, with what a worker needs beside the telephone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity, Host
from service.contacts.subjects import Subject as Named
from service.contacts.tables import Concern, Contact
from service.followup.cadence import Occasion
from service.followup.order import Rank
from service.followup.placing import placings
from service.followup.repository import queue as repository
from service.followup.repository.queue import DEFERRALS_IN_A_ROW, Held, Key, Placed, Scope, Tally
from service.followup.tables import DueRow
from service.followup.upkeep import DERIVED, settle
from service.followup.windows import Due, Subject
from service.persons.tables import Person
from service.placements.lifecycle import Side


@dataclass(frozen=True, slots=True)
class Row:
    """One contact that is owed, with whom and what it is about, and its place in the order."""

    due: Due
    rank: Rank
    place: Key
    person: Person | None = None
    host: Host | None = None
    placed: Placed | None = None
    last: Contact | None = None
    held: Held | None = None
    worry: Concern | None = None

    @property
    def person_id(self) -> UUID | None:
        return self.person.id if self.person else None

    @property
    def activity(self) -> Activity | None:
        return self.placed.activity if self.placed else None

    @property
    def rung_id(self) -> UUID:
        """Return whom one rings for this row."""
        return rung_by(self.due)

    @property
    def telephone(self) -> str:
        if self.due.side is Side.HOST:
            return self.host.telephone if self.host else ""
        return self.person.contact if self.person else ""

    @property
    def about(self) -> tuple[tuple[str, UUID], ...]:
        """Name the side that is contacted, as the form of the row sends it back."""
        named = asdict(subject_of(self)).items()
        return tuple((name, id_) for name, id_ in named if id_)

    @property
    def for_coordinator(self) -> bool:
        return self.due.deferrals >= DEFERRALS_IN_A_ROW


def subject_of(row: Row) -> Named:
    """Name one side only: what was said to the host answers nothing for the person."""
    subject = row.due.subject
    if row.due.side is Side.HOST:
        return Named(host_id=subject.host_id, placement_id=subject.placement_id)
    return Named(person_id=subject.person_id, placement_id=subject.placement_id)


def rung_by(due: Due) -> UUID:
    """Return whom one rings for this contact."""
    subject = due.subject
    side = subject.host_id if due.side is Side.HOST else subject.person_id
    return side or subject.id


def due_of(row: DueRow) -> Due:
    """Return the window that a row keeps, as the rule said it."""
    subject = Subject(row.topic_id, row.side, row.placement_id, row.person_id, row.host_id)
    return Due(id=row.id, subject=subject, **{name: getattr(row, name) for name in DERIVED})


def laid_out(
    session: Session,
    scope: Scope,
    *,
    at: datetime,
    on: date,
    after: Key | None = None,
    limit: int | None = None,
) -> list[Row]:
    """Return rows of a day in their order; list, export and page all come from here."""
    settle(session, scope.staff.municipality_id, today=scope.staff.on)
    if on == scope.staff.on:
        found = repository.page(session, scope, after=after, limit=limit)
        return _furnished(session, scope, [(row, repository.key_of(row)) for row in found], at=at)
    return _furnished(session, scope, _another_day(session, scope, on, after)[:limit], at=at)


def _another_day(
    session: Session, scope: Scope, on: date, after: Key | None
) -> list[tuple[DueRow, Key]]:
    """Place the rows of a day for which they do not lie ready: it costs as much as there are."""
    rows = repository.begun_by(session, scope, on)
    placed = (
        (row, repository.key_of({"due": row.due, "id": row.id, **asdict(placing)}))
        for row, placing in placings(((row.placement_id or row.id, row) for row in rows), on)
    )
    found = sorted(placed, key=lambda each: each[1])
    return [each for each in found if after is None or each[1] > after]


def stands_behind(session: Session, scope: Scope, on: date, place: Key) -> bool:
    """Say whether any row of a day stands behind a place."""
    if on == scope.staff.on:
        return bool(repository.page(session, scope, after=place, limit=1))
    return bool(_another_day(session, scope, on, place))


def tallied_on(session: Session, scope: Scope, on: date) -> list[Tally]:
    """Count the rows of another day."""
    return [
        Tally(place[4], row.side, row.another_way, row.deferrals >= DEFERRALS_IN_A_ROW, 1)
        for row, place in _another_day(session, scope, on, None)
    ]


def read_row(session: Session, scope: Scope, item_id: UUID, *, at: datetime) -> Row | None:
    """Return one row of today's queue."""
    settle(session, scope.staff.municipality_id, today=scope.staff.on)
    found = repository.item(session, scope, item_id)
    if found is None:
        return None
    (row,) = _furnished(session, scope, [(found, repository.key_of(found))], at=at)
    return row


def _furnished(
    session: Session, scope: Scope, found: Sequence[tuple[DueRow, Key]], *, at: datetime
) -> list[Row]:
    """Bring what is shown beside these rows: nothing else is read, and nothing else opened."""
    rows = [row for row, _ in found]
    people = repository.people_named(session, {row.person_id for row in rows if row.person_id})
    hosts = repository.hosts_named(session, {row.host_id for row in rows if row.host_id})
    placed = repository.placed_named(
        session, {row.placement_id for row in rows if row.placement_id}
    )
    said = {row.last_contact_id for row in rows if row.last_contact_id}
    words = repository.contacts_named(session, said)
    held = repository.claims(session, scope.staff, at=at)
    worries = repository.worries_named(
        session, {row.topic_id for row in rows if row.occasion is Occasion.CONCERN}
    )
    return [
        Row(
            due=(due := due_of(row)),
            rank=Rank(place[4]),
            place=place,
            person=people[row.person_id] if row.person_id else None,
            host=hosts[row.host_id] if row.host_id else None,
            placed=placed[row.placement_id] if row.placement_id else None,
            last=words.get(row.last_contact_id) if row.last_contact_id else None,
            held=held.get(rung_by(due)),
            worry=worries.get(row.topic_id),
        )
        for row, place in found
    ]
