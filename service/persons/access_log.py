"""A person's own access log: who looked at them, when and why, for them to read."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.reading import BATCH
from service.audit.repository import Span, asked_for, names
from service.audit.rules import Act
from service.audit.saying import Said
from service.persons.actions import NoSuchPerson, person_for
from service.persons.tables import Person

RESOURCE: Final = "access_log"


def access_log(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    act: Act,
    at: datetime,
    after: int = 0,
    limit: int = BATCH,
) -> tuple[Person, list[Said]]:
    """Return a person with the looks at them; for the worker whom they have, and nobody else.

    Giving it out is a line of its own, which the next log shows.
    """
    person = person_for(session, staff, person_id, act=act, resource=RESOURCE, at=at)
    if person.owner_id != staff.id:
        raise NoSuchPerson("no such person")
    span = Span(municipality_id=person.municipality_id, person_id=person.id)
    known = names(session, person.municipality_id)
    found = asked_for(session, span, after=after, limit=limit)
    return person, [Said.of(line, known) for line in found]


def whole_log(session: Session, staff: Staff, person_id: UUID, *, at: datetime) -> list[Said]:
    """Return everything, for a file; it is asked for in parts, which are one look."""
    lines: list[Said] = []
    while len(lines) % BATCH == 0:
        after = lines[-1].seq if lines else 0
        _, more = access_log(session, staff, person_id, act=Act.EXPORT, at=at, after=after)
        lines += more
        if not more:
            break
    return lines
