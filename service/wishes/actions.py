"""Keep what somebody would have liked, with what it failed on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.persons.actions import person_for
from service.refusals import Kind, Refusal
from service.wishes import repository
from service.wishes.tables import Wish

RESOURCE = "wish"


class NoSuchWish(Refusal):
    kind: ClassVar = Kind.MISSING


def keep_wish(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    own_words: str,
    failed_on: list[dict[str, Any]],
    on: date,
    at: datetime,
) -> Wish:
    """Store a wish that found no place; nothing else changes for the person."""
    person = person_for(session, staff, person_id, act=Act.WRITE, resource=RESOURCE, at=at)
    wish = Wish(
        municipality_id=person.municipality_id,
        person_id=person.id,
        area_id=person.area_id,
        own_words=own_words,
        failed_on=failed_on,
        wished_on=on,
        recorded_by=staff.id,
    )
    session.add(wish)
    session.flush()
    return wish


def list_wishes(
    session: Session, staff: Staff, *, after: UUID | None, limit: int, at: datetime
) -> Sequence[Wish]:
    found = repository.wishes(session, staff, after=after, limit=limit)
    people = {wish.person_id for wish in found}
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return found


def read_wish(session: Session, staff: Staff, wish_id: UUID, *, at: datetime) -> Wish:
    wish = repository.wish_of(session, staff, wish_id)
    if wish is None:
        raise NoSuchWish("no such wish")
    record_access(session, staff, [wish.person_id], act=Act.READ, resource=RESOURCE, at=at)
    return wish
