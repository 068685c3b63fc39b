"""Open a person in an emergency, tell at once who has to know, and read what was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff, require_step_up
from service.accounts.rules import Right, may
from service.accounts.sight import Reach
from service.audit.actions import record_access, record_event
from service.audit.tables import Act
from service.outbox.actions import report
from service.outbox.rules import Notice
from service.persons.actions import NoSuchPerson
from service.persons.emergencies import repository
from service.persons.repository import person_named, visible_of
from service.persons.tables import EmergencyAccess, EmergencyNotice, Person
from service.refusals import Kind, Refusal
from service.trail import Happening

RESOURCE: Final = "break_glass"
LASTS: Final = timedelta(hours=4)
SHORTEST_REASON: Final = 20
LONGEST_REASON: Final = 1000
TOLD: Final = 200


class NoSuchNotice(Refusal):
    kind: ClassVar = Kind.MISSING


class ReasonTooShort(Refusal):
    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Word:
    """What one is told of an emergency; the person and the reason only where one sees them."""

    id: UUID
    by: str
    opened_at: datetime
    until: datetime
    seen: bool
    person_id: UUID | None = None
    code: str = ""
    reason: str = ""


def open_in_emergency(
    session: Session, staff: Staff, code: str, reason: str, *, at: datetime
) -> EmergencyAccess:
    """Let the caller read one person for four hours, and tell of it in the same transaction."""
    require_step_up(staff, at)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(f"a reason has at least {SHORTEST_REASON} signs")
    person = person_named(session, staff.municipality_id, code)
    if person is None:
        raise NoSuchPerson("no such person")
    opened = EmergencyAccess(
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        person_id=person.id,
        opened_at=at,
        until=at + LASTS,
        reason=reason.strip(),
    )
    session.add(opened)
    session.flush()
    _tell(session, staff, opened, person.owner_id)
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.BREAK_GLASS,
        at=at,
        person_id=person.id,
    )
    return opened


def _tell(session: Session, staff: Staff, opened: EmergencyAccess, owner_id: UUID) -> None:
    told = {owner_id, *repository.watchers(session, staff.municipality_id)} - {staff.id}
    session.add_all(
        EmergencyNotice(
            municipality_id=staff.municipality_id,
            emergency_access_id=opened.id,
            account_id=account_id,
        )
        for account_id in sorted(told)
    )
    session.flush()
    report(
        session,
        staff.municipality_id,
        Notice.EMERGENCY,
        about=opened.person_id,
        ref=opened.id,
        by=staff.id,
        at=opened.opened_at,
    )


def list_opened(
    session: Session, staff: Staff, *, after: UUID | None = None, limit: int = 50
) -> Sequence[tuple[EmergencyAccess, str]]:
    """Return who opened whom and when; the reason speaks of the person and stays with them."""
    return repository.opened(session, staff.municipality_id, after=after, limit=limit)


def words_for(session: Session, staff: Staff, *, at: datetime) -> list[Word]:
    """Return what the caller was told, the newest first."""
    told = repository.notices(session, staff.id, limit=TOLD)
    people: dict[UUID, Person] = {}
    if may(staff.role, Right.READ_PEOPLE):
        wanted = {opened.person_id for _, opened, _ in told}
        found = visible_of(session, staff, wanted, reach=Reach.READ)
        people = {person.id: person for person in found}
        record_access(session, staff, sorted(people), act=Act.LIST, resource=RESOURCE, at=at)
    return [_word(*each, people.get(each[1].person_id)) for each in told]


def _word(notice: EmergencyNotice, opened: EmergencyAccess, by: str, person: Person | None) -> Word:
    return Word(
        id=notice.id,
        by=by,
        opened_at=opened.opened_at,
        until=opened.until,
        seen=notice.seen_at is not None,
        person_id=person.id if person else None,
        code=person.code if person else "",
        reason=opened.reason if person else "",
    )


def waiting(session: Session, staff: Staff) -> bool:
    """Say whether word of an emergency waits for the caller."""
    return repository.unseen(session, staff.id)


def acknowledge(session: Session, staff: Staff, notice_id: UUID, *, at: datetime) -> None:
    if not repository.mark_seen(session, staff.id, notice_id, at=at):
        raise NoSuchNotice("no such notice")
