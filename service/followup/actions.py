"""Work through the queue: look at it, claim a row, write down what came of it."""

from collections import Counter
from dataclasses import dataclass
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
from service.contacts.subjects import Subject as Named
from service.contacts.tables import Contact
from service.followup import repository
from service.followup.cadence import STANDARD, Cadence
from service.followup.order import Rank
from service.followup.repository import Scope
from service.followup.results import LEAVES, Leaves, Outcome, leaves, unfit
from service.followup.rows import Row, laid_out
from service.followup.tables import Answer, Claim, Leaving
from service.placements.actions import refuse
from service.placements.lifecycle import Side
from service.refusals import Kind, Refusal

RESOURCE: Final = "follow_up"
LEASE: Final = timedelta(minutes=30)


class NoSuchItem(Refusal):
    """Answered, not due yet, or about somebody the caller may not see: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class HeldByAnother(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures above the queue, counted from its rows."""

    total: int
    people: int
    hosts: int
    another_way: int
    for_coordinator: int
    by_rank: dict[str, int]


@dataclass(frozen=True, slots=True)
class Done:
    """The contact that was written down, and what became of its row."""

    contact: Contact
    leaves: Leaves


def queue(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    area: UUID | None = None,
    owner: UUID | None = None,
    on: date | None = None,
    cadence: Cadence = STANDARD,
) -> list[Row]:
    """Return what is owed on a day in the order of the queue, and write down who was listed."""
    scope = Scope(staff, area, owner)
    rows = laid_out(session, scope, cadence, today=on or local_day(at), at=at)
    people = sorted({row.person_id for row in rows if row.person_id})
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return rows


def counts_for(
    session: Session, staff: Staff, *, at: datetime, cadence: Cadence = STANDARD
) -> Counts:
    """Return the figures of somebody's queue today; nobody is shown, so nobody is written down."""
    return counts(laid_out(session, Scope(staff), cadence, today=local_day(at), at=at))


def counts(rows: list[Row]) -> Counts:
    ranks = Counter(row.rank for row in rows)
    return Counts(
        total=len(rows),
        people=sum(row.due.side is Side.PERSON for row in rows),
        hosts=sum(row.due.side is Side.HOST for row in rows),
        another_way=sum(row.due.another_way for row in rows),
        for_coordinator=sum(row.for_coordinator for row in rows),
        by_rank={rank.name.lower(): ranks[rank] for rank in Rank},
    )


def record_result(
    session: Session,
    staff: Staff,
    item_id: UUID,
    outcome: Outcome,
    *,
    at: datetime,
    cadence: Cadence = STANDARD,
) -> Done:
    """Write down what came of a row; the contact is kept whatever came of it."""
    refuse(unfit(outcome, today=local_day(at)))
    row = _free_row(session, staff, item_id, at=at, cadence=cadence)
    contact = record_contact(session, staff, _named(row), _story(outcome), at=at)
    if leaving := _leaving(outcome):
        session.add(_answer(staff, row, outcome, leaving, at=at))
    repository.drop_claim(session, staff, item_id)
    session.flush()
    return Done(contact, leaves(outcome, opens=row.due.opens))


def claim(
    session: Session, staff: Staff, item_id: UUID, *, at: datetime, cadence: Cadence = STANDARD
) -> Claim:
    """Say that the caller is about to ring, for half an hour; again to go on."""
    row = _free_row(session, staff, item_id, at=at, cadence=cadence)
    people = [row.person_id] if row.person_id else []
    record_access(session, staff, people, act=Act.WRITE, resource=RESOURCE, at=at)
    held = repository.locked_claim(session, staff, item_id) or _new_claim(staff, item_id, at=at)
    if held.account_id != staff.id and held.until > at:
        raise HeldByAnother("somebody else is about to ring them", until=held.until.isoformat())
    held.account_id, held.until = staff.id, at + LEASE
    _keep_once(session, held)
    return held


def release(session: Session, staff: Staff, item_id: UUID) -> None:
    """Let go of the caller's own claim; there is nothing to say when there is none."""
    repository.drop_claim(session, staff, item_id)


def _free_row(
    session: Session, staff: Staff, item_id: UUID, *, at: datetime, cadence: Cadence
) -> Row:
    """Return the row, unless it is not there or somebody else is on the line with them."""
    rows = laid_out(session, Scope(staff), cadence, today=local_day(at), at=at)
    row = next((row for row in rows if row.due.id == item_id), None)
    if row is None:
        raise NoSuchItem("no such follow-up in today's queue")
    for other in rows:
        held = other.held
        if held and held.claim.account_id != staff.id and other.telephoned == row.telephoned:
            raise HeldByAnother(
                "somebody else is about to ring them", until=held.claim.until.isoformat()
            )
    return row


def _new_claim(staff: Staff, item_id: UUID, *, at: datetime) -> Claim:
    return Claim(
        municipality_id=staff.municipality_id,
        item_id=item_id,
        account_id=staff.id,
        until=at + LEASE,
    )


def _keep_once(session: Session, held: Claim) -> None:
    # Two callers may both have seen no claim: the unique item lets one of them in.
    try:
        with session.begin_nested():
            session.add(held)
    except IntegrityError:
        raise HeldByAnother("somebody else is about to ring them") from None


def _named(row: Row) -> Named:
    """Name one side only: what was said to the host answers nothing for the person."""
    subject = row.due.subject
    if row.due.side is Side.HOST:
        return Named(host_id=subject.host_id, placement_id=subject.placement_id)
    return Named(person_id=subject.person_id, placement_id=subject.placement_id)


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
