"""Give people another worker: one of them, or all whom somebody has who leaves."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import NotYours, Staff
from service.accounts.repository import caseworkers
from service.accounts.rules import Right, may
from service.accounts.tables import Account
from service.audit.actions import record_access
from service.audit.tables import Act
from service.persons.actions import person_for
from service.persons.repository import give_all
from service.persons.tables import Person
from service.placements.repository import follow_worker
from service.refusals import Kind, Refusal

RESOURCE: Final = "handover"


class NoSuchColleague(Refusal):
    """Absent, gone, without casework or in another municipality: the answer is the same."""

    kind: ClassVar = Kind.MISSING


def colleagues(session: Session, staff: Staff) -> Sequence[Account]:
    """Return to whom people may be handed over."""
    return caseworkers(session, staff.municipality_id)


def hand_over(session: Session, staff: Staff, person_id: UUID, to: UUID, *, at: datetime) -> Person:
    """Give a person another worker. The worker whom they have may, and who coordinates.

    Whoever handed them over sees them afterwards only as far as the table of sight says.
    """
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=RESOURCE, at=at, locked=True
    )
    if person.owner_id != staff.id and not may(staff.role, Right.HAND_OVER):
        raise NotYours("only the person's own worker or a coordinator may hand them over")
    _refuse_stranger(session, staff, to)
    before, person.owner_id = person.owner_id, to
    person.version += 1
    session.flush()
    follow_worker(session, [person.id], before, to)
    return person


def hand_over_all(session: Session, staff: Staff, *, before: UUID, to: UUID, at: datetime) -> int:
    """Give everybody whom one worker has to another, and say only how many they were.

    For somebody who leaves: people without a consent are seen by nobody else, and must not be
    lost. Whoever asks sees none of them.
    """
    _refuse_stranger(session, staff, to)
    moved = give_all(session, staff.municipality_id, before=before, to=to)
    record_access(session, staff, moved, act=Act.WRITE, resource=RESOURCE, at=at)
    follow_worker(session, moved, before, to)
    return len(moved)


def _refuse_stranger(session: Session, staff: Staff, to: UUID) -> None:
    if to not in {account.id for account in colleagues(session, staff)}:
        raise NoSuchColleague("no such colleague")
