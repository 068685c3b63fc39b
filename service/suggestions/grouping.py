"""Many people and many places: a proposal who might go where. Nothing is kept or placed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity
from matching.assign import Assignment, assign
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.hosts.actions import entry
from service.persons import crowd
from service.suggestions.candidacy import NotOnOffer, RememberMany
from service.suggestions.engine import Indexes

ASSIGNMENT: Final = "assignment"


@dataclass(frozen=True, slots=True)
class Shared:
    """A proposal for people, with their codes, and the catalogue it was made with."""

    assignment: Assignment
    codes: dict[str, str]
    revision: int


def share_out(
    session: Session,
    staff: Staff,
    person_ids: Sequence[UUID],
    *,
    places: Mapping[UUID, int] | None,
    indexes: Indexes,
    histories: RememberMany,
    as_of: date,
    at: datetime,
    adaptable: bool = True,
    ask_host: bool = True,
) -> Shared:
    """Propose who might go where; everybody asked about is written down as looked at."""
    people = crowd.those(session, staff, person_ids)
    asked = [person.id for person in people]
    record_access(session, staff, asked, act=Act.MATCH, resource=ASSIGNMENT, at=at)
    dated = indexes.on(session, staff.municipality_id, as_of)
    for activity_id in places or ():
        entry(session, staff, Activity, activity_id)
    tried, today = histories(session, asked), local_day(at)
    profiles = crowd.portrayed(session, people, on=as_of, today=today, tried=tried)
    seats = None if places is None else {str(id_): number for id_, number in places.items()}
    try:
        made = assign(dated.index, profiles, seats, adaptable=adaptable, ask_host=ask_host)
    except KeyError:
        raise NotOnOffer("one of the activities takes nobody at present") from None
    return Shared(made, {str(person.id): person.code for person in people}, dated.revision)
