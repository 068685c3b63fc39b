"""Write down who looked at whom; in the same transaction, so no answer leaves without it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit import repository
from service.audit.tables import AccessRecord, Act


def record_access(
    session: Session,
    staff: Staff,
    people: Iterable[UUID],
    *,
    act: Act,
    resource: str,
    at: datetime,
) -> None:
    """Append one row a person; ``resource`` is a kind of thing, never its content."""
    rows = [
        AccessRecord(
            municipality_id=staff.municipality_id,
            account_id=staff.id,
            person_id=person_id,
            act=act,
            resource=resource,
            at=at,
        ).model_dump()
        for person_id in people
    ]
    if rows:
        repository.append(session, rows)
