"""The other way round: whom one activity might suit. For staff only; nothing is kept or placed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import Tried
from catalogue.tables import Activity, Slot
from matching.candidates import Candidates, candidates
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.hosts.actions import entry
from service.persons import crowd
from service.refusals import Kind, Refusal
from service.suggestions.engine import Indexes

CANDIDATE: Final = "candidate"

# Placements stand above suggestions, so the app hands the memory of many people down.
RememberMany = Callable[[Session, Sequence[UUID]], dict[UUID, tuple[Tried, ...]]]


class NotOnOffer(Refusal):
    """The activity, the slot or every date asked for takes nobody: nobody is looked at."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Found:
    """Who might come to an activity, with their codes, and the catalogue it was found with."""

    candidates: Candidates
    codes: dict[str, str]
    revision: int


def find_candidates(
    session: Session,
    staff: Staff,
    activity_id: UUID,
    *,
    indexes: Indexes,
    histories: RememberMany,
    limit: int,
    as_of: date,
    at: datetime,
    slot_id: UUID | None = None,
    starts_on: date | None = None,
) -> Found:
    """Look for people among those the caller may see; who is named is written down as looked at.

    All others are counted by a code, so nothing is learnt of any one of them.
    """
    activity = entry(session, staff, Activity, activity_id)
    position = _position(session, staff, activity, slot_id)
    dated = indexes.on(session, staff.municipality_id, as_of)
    people = crowd.everybody(session, staff)
    tried = histories(session, [person.id for person in people])
    profiles = crowd.portrayed(session, people, on=as_of, today=local_day(at), tried=tried)
    try:
        found = candidates(
            dated.index,
            str(activity.id),
            profiles,
            limit=limit,
            slot=position,
            starts_on=starts_on,
        )
    except (KeyError, ValueError):
        raise NotOnOffer("the activity takes nobody then") from None
    shown = {each.person for each in found.shown}
    codes = {str(person.id): person.code for person in people if str(person.id) in shown}
    named = [UUID(person) for person in sorted(shown)]
    record_access(session, staff, named, act=Act.MATCH, resource=CANDIDATE, at=at)
    return Found(found, codes, dated.revision)


def _position(
    session: Session, staff: Staff, activity: Activity, slot_id: UUID | None
) -> str | None:
    """Return the name that a slot's openings bear, or refuse a slot of another activity."""
    if slot_id is None:
        return None
    slot = entry(session, staff, Slot, slot_id)
    if slot.activity_id != activity.id or slot.taken >= slot.capacity:
        raise NotOnOffer("the slot takes nobody for this activity")
    return str(slot.position)
