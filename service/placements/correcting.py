"""Correct the day or the note of a move by appending; where a placement stands stays as it is."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import local_day
from service.placements import repository
from service.placements.actions import placement_for, refuse
from service.placements.rules import mistimed
from service.placements.tables import MoveCorrection, Placement
from service.refusals import Kind, Refusal


class NoSuchMoveMade(Refusal):
    kind: ClassVar = Kind.MISSING


def correct_move(
    session: Session,
    staff: Staff,
    placement_id: UUID,
    move_id: UUID,
    *,
    at: datetime,
    on: date | None = None,
    note: str | None = None,
) -> Placement:
    """Append what is known better of a move; what is not said stays as it was told last."""
    seen = placement_for(session, staff, placement_id, act=Act.WRITE, at=at)
    repository.hold_person(session, seen.person_id)
    placement, *_ = repository.locked(session, seen, siblings=False)
    moves = repository.moves_of(session, [placement.id])
    made = next((each for each in moves if each.id == move_id), None)
    if made is None:
        raise NoSuchMoveMade("no such move of this placement")
    told = on or made.occurred_on
    first = None if made.position == 1 else moves[0].occurred_on
    refuse(mistimed(told, today=local_day(at), first_move_on=first))
    if placement.first_on == made.occurred_on:
        placement.first_on = told  # the first day was taken from this move
    session.add(
        MoveCorrection(
            municipality_id=placement.municipality_id,
            person_id=placement.person_id,
            placement_id=placement.id,
            move_id=made.id,
            occurred_on=told,
            note=made.note if note is None else note,
            recorded_at=at,
            recorded_by=staff.id,
        )
    )
    placement.version += 1
    session.flush()
    return placement
