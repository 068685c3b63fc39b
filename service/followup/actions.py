"""Work through the queue: look at it, claim a row, write down what came of it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.contacts.actions import record_contact
from service.contacts.rules import Story
from service.contacts.tables import Contact
from service.followup.figures import Counts, counts_of
from service.followup.repository import queue as repository
from service.followup.repository.queue import Key, Scope
from service.followup.results import LEAVES, Leaves, Outcome, leaves, unfit
from service.followup.rows import Row, laid_out, read_row, stands_behind, subject_of
from service.followup.tables import Answer, Claim, Leaving
from service.followup.upkeep import settle
from service.placements.actions import refuse
from service.refusals import Kind, Refusal

RESOURCE: Final = "follow_up"
LEASE: Final = timedelta(minutes=30)


class NoSuchItem(Refusal):
    """Answered, not due yet, or about somebody the caller may not see: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class HeldByAnother(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Group:
    """So many rows of one host or area."""

    id: UUID
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Groups:
    """The same rows by host and by area."""

    hosts: list[Group]
    areas: list[Group]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the queue, and whether anything stands behind it."""

    rows: list[Row]
    more: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The contact that was written down, and what became of its row."""

    contact: Contact
    leaves: Leaves


def queue(
    session: Session,
    scope: Scope,
    *,
    at: datetime,
    on: date | None = None,
    after: Key | None = None,
    limit: int | None = None,
) -> list[Row]:
    """Return what is owed on a day in the order of the queue, and write down who was listed."""
    scope = replace(scope, staff=_now(scope.staff, at))
    rows = laid_out(session, scope, at=at, on=on or scope.staff.on, after=after, limit=limit)
    people = sorted({row.person_id for row in rows if row.person_id})
    record_access(session, scope.staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return rows


def leaf(
    session: Session,
    scope: Scope,
    *,
    at: datetime,
    limit: int,
    on: date | None = None,
    after: Key | None = None,
) -> Leaf:
    """Return a page of a day, and look whether there is another: nobody behind it is shown."""
    rows = queue(session, scope, at=at, on=on, after=after, limit=limit)
    if len(rows) < limit:
        return Leaf(rows, more=False)
    last, now = rows[-1].place, replace(scope, staff=_now(scope.staff, at))
    return Leaf(rows, more=stands_behind(session, now, on or now.staff.on, last))


def row(session: Session, staff: Staff, item_id: UUID, *, at: datetime) -> Row | None:
    """Return one row of today's queue, and write down that it was looked at."""
    found = read_row(session, Scope(_now(staff, at)), item_id, at=at)
    people = [found.person_id] if found and found.person_id else []
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return found


def counts_for(session: Session, staff: Staff, *, at: datetime) -> Counts:
    """Return the figures of somebody's queue today."""
    return counts_of(session, Scope(_now(staff, at)))


def days_for(session: Session, staff: Staff, *, until: date, at: datetime) -> Counter[date]:
    """Count the contacts of somebody's own work by the day they aim at; what is late is today's."""
    scope = Scope(_now(staff, at), owner_id=staff.id)
    settle(session, staff.municipality_id, today=scope.staff.on)
    rows = repository.begun_by(session, scope, until)
    aimed = (max(row.due, scope.staff.on) for row in rows)
    return Counter(day for day in aimed if day <= until)


def _now(staff: Staff, at: datetime) -> Staff:
    """Return the caller on the day of a moment."""
    return replace(staff, on=local_day(at), at=at)


def groups(session: Session, staff: Staff) -> Groups:
    """Return how many rows of the queue each host and each area has."""
    settle(session, staff.municipality_id, today=staff.on)
    scope = Scope(staff)
    return Groups(
        hosts=[Group(*each) for each in repository.by_host(session, scope)],
        areas=[Group(*each) for each in repository.by_area(session, scope)],
    )


def place_of_item(session: Session, staff: Staff, item_id: UUID) -> Key | None:
    """Return where a row stands; None where it is not in today's queue."""
    settle(session, staff.municipality_id, today=staff.on)
    row = repository.item(session, Scope(staff), item_id)
    return repository.key_of(row) if row else None


def following(session: Session, scope: Scope, place: Key) -> UUID | None:
    """Name the row that stands behind a place now."""
    settle(session, scope.staff.municipality_id, today=scope.staff.on)
    rows = repository.page(session, scope, after=place, limit=1)
    return rows[0].id if rows else None


def ids_of(session: Session, scope: Scope, *, after: Key | None, limit: int) -> set[UUID]:
    """Name the rows of a page; nobody is shown."""
    settle(session, scope.staff.municipality_id, today=scope.staff.on)
    return {each.id for each in repository.page(session, scope, after=after, limit=limit)}


def record_result(
    session: Session, staff: Staff, item_id: UUID, outcome: Outcome, *, at: datetime
) -> Done:
    """Write down what came of a row; the contact is kept whatever came of it."""
    refuse(unfit(outcome, today=local_day(at)))
    row = _free_row(session, staff, item_id, at=at)
    contact = record_contact(session, staff, subject_of(row), _story(outcome), at=at)
    if leaving := _leaving(outcome):
        session.add(_answer(staff, row, outcome, leaving, at=at))
    repository.drop_claim(session, staff, rung_id=row.rung_id)
    session.flush()
    return Done(contact, leaves(outcome, opens=row.due.opens))


def claim(session: Session, staff: Staff, item_id: UUID, *, at: datetime) -> Claim:
    """Say that the caller is about to ring, for half an hour; again to go on."""
    row = _free_row(session, staff, item_id, at=at)
    people = [row.person_id] if row.person_id else []
    record_access(session, staff, people, act=Act.WRITE, resource=RESOURCE, at=at)
    held = repository.locked_claim(session, staff, row.rung_id) or _new_claim(staff, row, at=at)
    if held.account_id != staff.id and held.until > at:
        raise HeldByAnother("somebody else is about to ring them", until=held.until.isoformat())
    held.item_id, held.account_id, held.until = item_id, staff.id, at + LEASE
    _keep_once(session, held)
    return held


def release(session: Session, staff: Staff, item_id: UUID) -> None:
    """Let go of the caller's own claim; there is nothing to say when there is none."""
    repository.drop_claim(session, staff, item_id=item_id)


def _free_row(session: Session, staff: Staff, item_id: UUID, *, at: datetime) -> Row:
    """Return the row, unless it is not there or somebody else is on the line with them."""
    row = read_row(session, Scope(_now(staff, at)), item_id, at=at)
    if row is None:
        raise NoSuchItem("no such follow-up in today's queue")
    if row.held and row.held.claim.account_id != staff.id:
        until = row.held.claim.until.isoformat()
        raise HeldByAnother("somebody else is about to ring them", until=until)
    return row


def _new_claim(staff: Staff, row: Row, *, at: datetime) -> Claim:
    return Claim(
        municipality_id=staff.municipality_id,
        rung_id=row.rung_id,
        item_id=row.due.id,
        account_id=staff.id,
        until=at + LEASE,
    )


def _keep_once(session: Session, held: Claim) -> None:
    # Two callers may both have seen no claim: whom they would ring lets one of them in.
    try:
        with session.begin_nested():
            session.add(held)
    except IntegrityError:
        raise HeldByAnother("somebody else is about to ring them") from None


def _story(outcome: Outcome) -> Story:
    return Story(
        occurred_on=outcome.occurred_on,
        channel=outcome.channel,
        direction=outcome.direction,
        result=outcome.result,
        what=outcome.what,
        intention=outcome.intention,
        small_change=outcome.small_change,
        next_on=outcome.next_on,
    )


def _leaving(outcome: Outcome) -> Leaving | None:
    left = LEAVES[outcome.result].value
    return Leaving(left) if left in set(Leaving) else None


def _answer(staff: Staff, row: Row, outcome: Outcome, leaving: Leaving, *, at: datetime) -> Answer:
    subject = row.due.subject
    return Answer(
        municipality_id=staff.municipality_id,
        item_id=row.due.id,
        placement_id=subject.placement_id,
        person_id=subject.person_id,
        host_id=subject.host_id,
        leaving=leaving,
        until=outcome.until,
        why=outcome.why,
        answered_on=outcome.occurred_on,
        recorded_at=at,
        recorded_by=staff.id,
    )
