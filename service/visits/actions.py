"""Write down what came of a day at an activity, and correct it by appending."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.companions.actions import lose
from service.placements.actions import placement_for, refuse
from service.refusals import Kind, Refusal
from service.visits import repository
from service.visits.repository import visits_of
from service.visits.rules import Report, too_early, unfit
from service.visits.tables import Outcome, Visit

__all__ = ["list_visits", "read_visit", "record_visit", "visits_of"]

RESOURCE = "visit"


class NoSuchVisit(Refusal):
    kind: ClassVar = Kind.MISSING


class AlreadyCorrected(Refusal):
    kind: ClassVar = Kind.CONFLICT


def record_visit(
    session: Session,
    staff: Staff,
    placement_id: UUID,
    report: Report,
    *,
    at: datetime,
    corrects_id: UUID | None = None,
) -> Visit:
    """Append a visit. A correction is a visit of its own that names the one it corrects."""
    refuse(unfit(report))
    placement = placement_for(session, staff, placement_id, act=Act.WRITE, at=at)
    refuse(too_early(report, status=placement.status, today=local_day(at)))
    if corrects_id is not None:
        _refuse_correction(session, staff, corrects_id, placement_id)
    visit = Visit(
        municipality_id=placement.municipality_id,
        person_id=placement.person_id,
        placement_id=placement_id,
        recorded_at=at,
        recorded_by=staff.id,
        corrects_id=corrects_id,
        **asdict(report),
    )
    session.add(visit)
    session.flush()
    if report.outcome is Outcome.COMPANION_UNAVAILABLE:
        lose(session, placement_id, report.occurred_on, at=at)
    return visit


def _refuse_correction(
    session: Session, staff: Staff, corrects_id: UUID, placement_id: UUID
) -> None:
    found = repository.visit_of(session, staff, corrects_id)
    if found is None or found[0].placement_id != placement_id:
        raise NoSuchVisit("no such visit of this placement")
    if repository.is_corrected(session, corrects_id):
        raise AlreadyCorrected("this was corrected already; please correct the correction")


def read_visit(session: Session, staff: Staff, visit_id: UUID, *, at: datetime) -> Visit:
    found = repository.visit_of(session, staff, visit_id)
    if found is None:
        raise NoSuchVisit("no such visit")
    visit, person_id = found
    record_access(session, staff, [person_id], act=Act.READ, resource=RESOURCE, at=at)
    return visit


def list_visits(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    placement_id: UUID | None = None,
    person_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Visit]:
    rows = repository.visits(
        session,
        staff,
        placement_id=placement_id,
        person_id=person_id,
        after=after,
        limit=limit,
    )
    people = sorted({person for _, person in rows})
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return [visit for visit, _ in rows]
