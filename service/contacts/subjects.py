"""Whom a contact or concern is about: a person, a host, or both sides of one placement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.contacts import repository
from service.contacts.tables import Concern, Contact
from service.persons.actions import person_for
from service.placements.actions import placement_for
from service.refusals import Kind, Refusal


class NobodyNamed(Refusal):
    kind: ClassVar = Kind.MALFORMED


class NoSuchHost(Refusal):
    kind: ClassVar = Kind.MISSING


class NotOfThisPlacement(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """With a placement alone both sides are meant; a side named beside it means that side."""

    person_id: UUID | None = None
    host_id: UUID | None = None
    placement_id: UUID | None = None


def settle_subject(
    session: Session, staff: Staff, subject: Subject, *, resource: str, at: datetime
) -> Subject:
    """Return the subject with its sides filled in, after looking whether the caller may see it."""
    if subject.placement_id is not None:
        return _of_placement(session, staff, subject, subject.placement_id, at=at)
    if subject.person_id is None and subject.host_id is None:
        raise NobodyNamed("please name person_id, host_id or placement_id")
    if subject.person_id is not None:
        person_for(session, staff, subject.person_id, act=Act.WRITE, resource=resource, at=at)
    if subject.host_id and not repository.host_exists(session, staff, subject.host_id):
        raise NoSuchHost("no such host")
    return subject


def _of_placement(
    session: Session, staff: Staff, subject: Subject, placement_id: UUID, *, at: datetime
) -> Subject:
    placement = placement_for(session, staff, placement_id, act=Act.WRITE, at=at)
    host_id = repository.host_of(session, placement)
    if subject.person_id is None and subject.host_id is None:
        return Subject(person_id=placement.person_id, host_id=host_id, placement_id=placement_id)
    of_another = subject.person_id not in {None, placement.person_id}
    if of_another or subject.host_id not in {None, host_id}:
        raise NotOfThisPlacement("this placement is about another person or host")
    return subject


def behind(session: Session, subject: Subject) -> UUID | None:
    """Return whom a host's words about a placement concern, where no person is named."""
    if subject.person_id is not None or subject.placement_id is None:
        return None
    return next(iter(repository.people_behind(session, [subject.placement_id])), None)


def record_looks(
    session: Session,
    staff: Staff,
    found: Iterable[Contact | Concern],
    *,
    act: Act,
    resource: str,
    at: datetime,
) -> None:
    """Write down whom these rows speak of, also where a host's row names a placement only."""
    rows = list(found)
    people = {row.person_id for row in rows if row.person_id}
    hidden = {row.placement_id for row in rows if row.placement_id and not row.person_id}
    people.update(repository.people_behind(session, hidden))
    record_access(session, staff, sorted(people), act=act, resource=resource, at=at)
