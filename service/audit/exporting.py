"""People in a file: with a right of its own, a reason, a fresh proof, and an alarm for many.

A file is out of reach for good: no consent that ends later and no erasure finds it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff, require, require_step_up
from service.accounts.rules import Right
from service.audit import repository
from service.audit.actions import record_access, record_event
from service.audit.rules import Act, Why
from service.trail import Happening

# More than these in one file is told to the auditor by name.
MANY: Final = 50
ALARM_FOR: Final = timedelta(days=30)


def record_export(
    session: Session,
    staff: Staff,
    people: Collection[UUID],
    *,
    why: Why,
    resource: str,
    at: datetime,
) -> None:
    """Write down, before a file of people leaves, who is in it and why; or refuse."""
    require(staff, Right.EXPORT_PEOPLE)
    require_step_up(staff, at)
    different = set(people)
    record_access(session, staff, sorted(different), act=Act.EXPORT, resource=resource, at=at)
    many = len(different) > MANY
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.EXPORT_OF_MANY if many else Happening.EXPORT,
        at=at,
        detail={"how": why.value, "of": resource, "people": len(different)},
    )


def of_many(session: Session, municipality_id: UUID, *, at: datetime) -> Sequence[tuple[UUID, int]]:
    """Return who exported many people at once of late, and how often."""
    since = at - ALARM_FOR
    return repository.often(
        session, municipality_id, Happening.EXPORT_OF_MANY, since=since, least=1
    )
