"""What staff do about ends: say that support ended, hold, ask for erasure, draw and approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff, require_step_up
from service.audit.actions import record_access, record_event
from service.audit.tables import Act
from service.clock import local_day
from service.persons.actions import person_for
from service.persons.tables import Person
from service.refusals import Kind, Refusal
from service.retention import repository
from service.retention.repository import ROOT, Due
from service.retention.rules import HoldReason, years_before
from service.retention.tables import (
    DisposalItem,
    DisposalList,
    ErasureRequest,
    LegalHold,
    SupportEnd,
)
from service.settings import Settings
from service.trail import Happening

RETENTION: Final = "retention"
HOLD: Final = "legal_hold"


class StillRunning(Refusal):
    """A placement of this person has not ended."""

    kind: ClassVar = Kind.CONFLICT


class EndAhead(Refusal):
    kind: ClassVar = Kind.CONFLICT


class AlreadyAsked(Refusal):
    kind: ClassVar = Kind.CONFLICT


class HoldPassed(Refusal):
    """A hold that would hold nothing: its last day lies in the past."""

    kind: ClassVar = Kind.CONFLICT


class NoSuchHold(Refusal):
    kind: ClassVar = Kind.MISSING


class NoSuchList(Refusal):
    kind: ClassVar = Kind.MISSING


class OwnList(Refusal):
    """Nobody approves what they drew themselves."""

    kind: ClassVar = Kind.CONFLICT


class ApprovedBefore(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Drawn:
    """A list with its items, and the codes of people who are still there."""

    head: DisposalList
    items: Sequence[DisposalItem]
    codes: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Ends:
    """How far somebody's records are from their end, and what holds them."""

    person: Person
    end: SupportEnd | None
    request: ErasureRequest | None
    holds: Sequence[LegalHold]
    running: bool


def ends_of(session: Session, staff: Staff, person_id: UUID, *, at: datetime) -> Ends:
    """Return what is written down about the end of somebody's records."""
    person = person_for(session, staff, person_id, act=Act.READ, resource=RETENTION, at=at)
    return Ends(
        person=person,
        end=repository.end_of(session, person.id),
        request=repository.request_of(session, person.id),
        holds=repository.holds_of(session, person.id, on=local_day(at)),
        running=repository.has_running(session, person.id),
    )


def end_support(
    session: Session, staff: Staff, person_id: UUID, *, on: date | None, at: datetime
) -> SupportEnd:
    """Say on which day support ended; a second time corrects the day."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=RETENTION, at=at, locked=True
    )
    day = on or local_day(at)
    if day > local_day(at):
        raise EndAhead("support ends today or on an earlier day")
    if repository.has_running(session, person.id):
        raise StillRunning("a placement is still running; end it first")
    row = repository.end_of(session, person.id) or SupportEnd(
        municipality_id=person.municipality_id,
        person_id=person.id,
        ended_on=day,
        recorded_at=at,
        recorded_by=staff.id,
    )
    row.ended_on, row.recorded_at, row.recorded_by = day, at, staff.id
    session.add(row)
    session.flush()
    return row


def resume_support(session: Session, staff: Staff, person_id: UUID, *, at: datetime) -> None:
    """Take the end back: support begins again, and no term runs."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=RETENTION, at=at, locked=True
    )
    row = repository.end_of(session, person.id)
    if row is not None:
        session.delete(row)


def hold(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    reason: HoldReason,
    until: date | None,
    at: datetime,
) -> LegalHold:
    """Let nothing of a person go until a day, or until the hold is lifted."""
    person = person_for(session, staff, person_id, act=Act.WRITE, resource=HOLD, at=at, locked=True)
    if until is not None and until < local_day(at):
        raise HoldPassed("a hold lasts until today or a later day")
    row = LegalHold(
        municipality_id=person.municipality_id,
        person_id=person.id,
        reason=reason,
        until=until,
        placed_at=at,
        placed_by=staff.id,
    )
    session.add(row)
    session.flush()
    about = {"how": reason.value}
    _tell(session, staff, Happening.HOLD_SET, at=at, about=about, person_id=person.id)
    return row


def lift(
    session: Session, staff: Staff, person_id: UUID, hold_id: UUID, *, at: datetime
) -> LegalHold:
    person = person_for(session, staff, person_id, act=Act.WRITE, resource=HOLD, at=at, locked=True)
    row = repository.hold_named(session, person.id, hold_id)
    if row is None or row.lifted_at is not None:
        raise NoSuchHold("no such hold")
    row.lifted_at, row.lifted_by = at, staff.id
    session.flush()
    about = {"how": row.reason.value}
    _tell(session, staff, Happening.HOLD_LIFTED, at=at, about=about, person_id=person.id)
    return row


def ask_erasure(
    session: Session, staff: Staff, person_id: UUID, *, on: date | None, at: datetime
) -> ErasureRequest:
    """Write down that a person asked for the end of what is kept of them."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource="erasure", at=at, locked=True
    )
    day = on or local_day(at)
    if day > local_day(at):
        raise EndAhead("somebody asked today or on an earlier day")
    if repository.request_of(session, person.id) is not None:
        raise AlreadyAsked("this is written down already")
    row = ErasureRequest(
        municipality_id=person.municipality_id,
        person_id=person.id,
        asked_on=day,
        recorded_at=at,
        recorded_by=staff.id,
    )
    session.add(row)
    session.flush()
    return row


def due(session: Session, municipality_id: UUID, *, on: date, settings: Settings) -> list[Due]:
    """Return what is due on a day and not held; a request goes before a term."""
    requests = repository.due_requests(session, municipality_id, on=on)
    asked = {subject for _, subject, _ in requests}
    ended_by = years_before(on, settings.retain_case_years)
    cases = repository.due_cases(session, municipality_id, ended_by=ended_by, on=on)
    closed_by = years_before(on, settings.retain_pre_consent_years)
    records = repository.due_records(session, municipality_id, closed_by=closed_by)
    return [*requests, *(each for each in cases if each[1] not in asked), *records]


def draw(
    session: Session,
    *,
    municipality_id: UUID,
    by: UUID,
    at: datetime,
    settings: Settings,
) -> DisposalList:
    """Store what is due today as a list that somebody else has to approve."""
    today = local_day(at)
    head = DisposalList(municipality_id=municipality_id, due_on=today, drawn_at=at, drawn_by=by)
    session.add(head)
    session.flush()
    for kind, subject, since in due(session, municipality_id, on=today, settings=settings):
        session.add(
            DisposalItem(
                municipality_id=municipality_id,
                list_id=head.id,
                subject_id=subject,
                kind=kind,
                due_since=since,
            )
        )
    session.flush()
    return head


def approve(session: Session, staff: Staff, list_id: UUID, *, at: datetime) -> DisposalList:
    """Approve a list, after a fresh proof; never one's own. From here on a run erases it."""
    require_step_up(staff, at)
    head = repository.list_of(session, staff.municipality_id, list_id, locked=True)
    if head is None:
        raise NoSuchList("no such list")
    if head.drawn_by == staff.id:
        raise OwnList("somebody else has to approve what you drew")
    if head.approved_at is not None:
        raise ApprovedBefore("this list was approved before")
    head.approved_at, head.approved_by = at, staff.id
    session.flush()
    _tell(session, staff, Happening.RETENTION_APPROVED, at=at, about={"list": str(head.id)})
    return head


def _tell(
    session: Session,
    staff: Staff,
    what: Happening,
    *,
    at: datetime,
    about: dict[str, str],
    person_id: UUID | None = None,
) -> None:
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=what,
        at=at,
        person_id=person_id,
        detail=dict(about),
    )


def show(session: Session, staff: Staff, list_id: UUID, *, at: datetime) -> Drawn:
    """Return a list with codes, classes and days, and nothing that is kept about anybody."""
    head = repository.list_of(session, staff.municipality_id, list_id)
    if head is None:
        raise NoSuchList("no such list")
    items = repository.items_of(session, head.id)
    people = [item.subject_id for item in items if ROOT[item.kind] == "person"]
    codes = repository.codes_of(session, people)
    record_access(session, staff, list(codes), act=Act.LIST, resource=RETENTION, at=at)
    return Drawn(head, items, codes)


def is_due(session: Session, item: DisposalItem, *, on: date, settings: Settings) -> bool:
    """Say whether an item is still due and not held, whatever was so when it was drawn."""
    now_due = due(session, item.municipality_id, on=on, settings=settings)
    return any(
        subject == item.subject_id and ROOT[kind] == ROOT[item.kind] for kind, subject, _ in now_due
    )
