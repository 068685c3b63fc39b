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
from service.accounts.work import Source, work_from
from service.audit.actions import record_access
from service.audit.tables import Act
from service.persons.actions import person_for
from service.persons.repository import give_all, owned_count
from service.persons.tables import Person
from service.placements.leaving import repository
from service.placements.tables import HandOver
from service.refusals import Kind, Refusal

RESOURCE: Final = "handover"


def _in_hand(session: Session, account: Account, _at: datetime) -> dict[str, int]:
    people = owned_count(session, account)
    return {"people": people, "placements": repository.open_owned(session, account)}


work_from("placements", Source(_in_hand))


class NoSuchColleague(Refusal):
    """Absent, gone, without casework or in another municipality: the answer is the same."""

    kind: ClassVar = Kind.MISSING


def colleagues(session: Session, staff: Staff) -> Sequence[Account]:
    """Return to whom people may be handed over."""
    return caseworkers(session, staff.municipality_id)


def hand_over(
    session: Session, staff: Staff, person_id: UUID, to: UUID, *, at: datetime, note: str = ""
) -> Person:
    """Give a person another worker. The worker whom they have may, and who coordinates.

    Whoever handed them over sees them afterwards only as far as the table of sight says. What is
    put off about them comes back to the new worker: a deferral hangs on the placement.
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
    placements = repository.follow_worker(session, person.id, before, to)
    session.add(
        _written(staff, before, to, at, person_id=person.id, placements=placements, note=note)
    )
    # Whoever closed the account meanwhile was waited for just now.
    _refuse_stranger(session, staff, to)
    return person


def hand_over_all(
    session: Session, staff: Staff, *, before: UUID, to: UUID, at: datetime, message: str = ""
) -> HandOver:
    """Give everybody whom one worker has to another, with whatever else is open in their name.

    For somebody who leaves: people without a consent are seen by nobody else, and must not be
    lost. Whoever asks sees none of them, and is told only how many they were.
    """
    _refuse_stranger(session, staff, to)
    moved = give_all(session, staff.municipality_id, before=before, to=to)
    record_access(session, staff, moved, act=Act.WRITE, resource=RESOURCE, at=at)
    # Also those of people who have another worker: somebody would look for them in vain.
    placements = repository.give_rest(session, staff.municipality_id, before, to)
    handed = _written(
        staff, before, to, at, people=len(moved), placements=placements, message=message
    )
    if moved or placements:
        session.add(handed)
        session.flush()
    _refuse_stranger(session, staff, to)
    return handed


def _written(
    staff: Staff,
    before: UUID,
    to: UUID,
    at: datetime,
    *,
    placements: int,
    people: int = 1,
    person_id: UUID | None = None,
    **said: str,
) -> HandOver:
    return HandOver(
        municipality_id=staff.municipality_id,
        person_id=person_id,
        before_id=before,
        to_id=to,
        people=people,
        placements=placements,
        handed_at=at,
        handed_by=staff.id,
        **said,
    )


def received(session: Session, staff: Staff) -> Sequence[HandOver]:
    """Return what was handed to the caller all at once, the newest first."""
    return repository.handed_to(session, staff)


def handed_of(session: Session, person_id: UUID) -> Sequence[HandOver]:
    """Return how a person who is looked at already came from one worker to the next."""
    return repository.handed_of(session, person_id)


def _refuse_stranger(session: Session, staff: Staff, to: UUID) -> None:
    if to not in {account.id for account in colleagues(session, staff)}:
        raise NoSuchColleague("no such colleague")
