"""Keep two people apart, say who they are to whoever may see both, and end it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.audit.actions import record_access
from service.audit.tables import Act
from service.persons.actions import NoSuchPerson, person_for
from service.persons.apart import repository
from service.persons.repository import visible_of
from service.persons.tables import KeepApart
from service.refusals import Kind, Refusal

RESOURCE: Final = "keep_apart"


class NoPair(Refusal):
    kind: ClassVar = Kind.MALFORMED


class AlreadyApart(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoSuchPair(Refusal):
    """Absent, ended, or of people of whom the caller may not see both: the answer is the same."""

    kind: ClassVar = Kind.MISSING


def keep_apart(
    session: Session, staff: Staff, person_id: UUID, other_id: UUID, *, reason: str, at: datetime
) -> KeepApart:
    """Keep two people apart from now on; where they are together already, nobody is moved."""
    found = repository.locked_pair(session, staff, person_id, other_id)
    if {person.id for person in found} != {person_id, other_id}:
        raise NoSuchPerson("no such person")
    if person_id == other_id:
        raise NoPair("a pair is two people")
    record_access(
        session, staff, sorted({person_id, other_id}), act=Act.WRITE, resource=RESOURCE, at=at
    )
    first, second = sorted((person_id, other_id))
    pair = KeepApart(
        municipality_id=staff.municipality_id,
        person_id=first,
        other_id=second,
        reason=reason,
        recorded_at=at,
        recorded_by=staff.id,
    )
    try:
        with session.begin_nested():
            session.add(pair)
    except IntegrityError:
        raise AlreadyApart("these two are kept apart already") from None
    return pair


def pairs_of(
    session: Session, staff: Staff, person_id: UUID, *, at: datetime
) -> Sequence[KeepApart]:
    """Return a person's pairs as far as the caller may see both, and write both down as seen."""
    person_for(session, staff, person_id, act=Act.READ, resource=RESOURCE, at=at)
    found = repository.visible_pairs(session, staff, person_id)
    others = sorted({other_of(pair, person_id) for pair in found})
    record_access(session, staff, others, act=Act.LIST, resource=RESOURCE, at=at)
    return found


def end(session: Session, staff: Staff, person_id: UUID, pair_id: UUID, *, at: datetime) -> None:
    """Let two people meet again; the pair stays written down as it was."""
    person_for(session, staff, person_id, act=Act.WRITE, resource=RESOURCE, at=at)
    pairs = repository.visible_pairs(session, staff, person_id, reach=Reach.WRITE)
    pair = next((each for each in pairs if each.id == pair_id), None)
    if pair is None:
        raise NoSuchPair("no such pair")
    other = other_of(pair, person_id)
    record_access(session, staff, [other], act=Act.WRITE, resource=RESOURCE, at=at)
    pair.ended_at, pair.ended_by = at, staff.id
    session.flush()


def codes_of(
    session: Session, staff: Staff, pairs: Sequence[KeepApart], person_id: UUID
) -> dict[UUID, str]:
    """Return the codes of the others of some pairs that the caller was shown."""
    others = [other_of(pair, person_id) for pair in pairs]
    return {each.id: each.code for each in visible_of(session, staff, others, reach=Reach.READ)}


def other_of(pair: KeepApart, person_id: UUID) -> UUID:
    """Return the other one of a pair."""
    return pair.other_id if pair.person_id == person_id else pair.person_id
