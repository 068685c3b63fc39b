"""What follow-up rests on, read for some subjects at once: days and words of the tables alone.

Columns instead of rows: nothing sealed is even carried along. Everything that is read here is
watched by ``migrations/marks.py``, so that a change of it marks whom it is about.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from catalogue.profiles import Stage
from catalogue.tables import Activity, Host
from service.contacts.tables import Channel, Concern, Contact, Result
from service.followup.tables import Answer
from service.persons.tables import Consent, Person
from service.placements.lifecycle import Action, Side, Status
from service.placements.repository import told_on
from service.placements.tables import Placement, PlacementMove
from service.visits.tables import Feeling, Outcome, Visit

CHUNK: Final = 400


class Known(NamedTuple):
    """A person, as far as follow-up asks."""

    id: UUID
    stage: Stage
    known_since: date


class Receiving(NamedTuple):
    id: UUID
    created_at: datetime
    confirmed_on: date | None


class Placed(NamedTuple):
    id: UUID
    person_id: UUID
    host_id: UUID
    status: Status
    proposed_on: date
    asked_until: date | None
    first_on: date | None
    ask_again_on: date | None


class Moved(NamedTuple):
    placement_id: UUID
    action: Action
    to_status: Status
    occurred_on: date


class Attended(NamedTuple):
    placement_id: UUID
    occurred_on: date
    outcome: Outcome
    with_notice: bool | None
    feeling: Feeling


class Spoken(NamedTuple):
    """What follow-up needs of a contact; its words stay where they are until a row shows them."""

    id: UUID
    person_id: UUID | None
    host_id: UUID | None
    placement_id: UUID | None
    on: date
    at: datetime
    channel: Channel
    result: Result
    next_on: date | None


class Raised(NamedTuple):
    id: UUID
    placement_id: UUID | None
    person_id: UUID | None
    host_id: UUID | None
    side: Side
    raised_on: date


class Excused(NamedTuple):
    item_id: UUID
    placement_id: UUID | None
    person_id: UUID | None
    host_id: UUID | None
    answered_on: date
    until: date | None


class Agreed(NamedTuple):
    person_id: UUID
    until: date | None


@dataclass(frozen=True, slots=True)
class Material:
    people: Sequence[Known] = ()
    hosts: Sequence[Receiving] = ()
    placed: Sequence[Placed] = ()
    moves: Sequence[Moved] = ()
    visits: Sequence[Attended] = ()
    spoken: Sequence[Spoken] = ()
    concerns: Sequence[Raised] = ()
    answers: Sequence[Excused] = ()
    consents: Sequence[Agreed] = ()


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose contacts are asked for: placements, people and hosts by their ids."""

    placements: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    hosts: frozenset[UUID] = frozenset()

    def every(self) -> frozenset[UUID]:
        return self.placements | self.people | self.hosts


def material_of(session: Session, subjects: Subjects) -> Material:
    """Read everything that the contacts with these subjects rest on: nine statements."""
    placed = _placed(session, subjects.placements)
    return Material(
        people=_people(session, subjects.people),
        hosts=_hosts(session, subjects.hosts),
        placed=placed,
        moves=_moves(session, subjects.placements),
        visits=_visits(session, subjects.placements),
        spoken=_spoken(session, subjects, placed),
        concerns=_concerns(session, subjects),
        answers=_answers(session, subjects),
        consents=_consents(session, subjects.people),
    )


def around(session: Session, marked: Collection[UUID]) -> Subjects:
    """Return the subjects behind marks: with a person and with a host all of their placements."""
    ids = list(marked)
    placements = sa.select(col(Placement.id)).join_from(
        Placement, Activity, col(Activity.id) == col(Placement.activity_id)
    )
    named = (col(Placement.id), col(Placement.person_id), col(Activity.host_id))
    found = [session.execute(placements.where(each.in_(ids))).scalars() for each in named]
    return Subjects(
        placements=frozenset(id_ for each in found for id_ in each),
        people=frozenset(session.exec(select(Person.id).where(col(Person.id).in_(ids)))),
        hosts=frozenset(session.exec(select(Host.id).where(col(Host.id).in_(ids)))),
    )


def everybody(session: Session, municipality_id: UUID) -> Iterator[Subjects]:
    """Yield all subjects of a municipality in portions; each person with all of theirs."""
    people = session.exec(
        select(Person.id).where(Person.municipality_id == municipality_id).order_by(col(Person.id))
    ).all()
    for portion in portions(people):
        query = select(Placement.id).where(col(Placement.person_id).in_(portion))
        yield Subjects(frozenset(session.exec(query)), frozenset(portion))
    hosts = session.exec(select(Host.id).where(Host.municipality_id == municipality_id)).all()
    for portion in portions(hosts):
        yield Subjects(hosts=frozenset(portion))


def portions(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """Yield ids in portions that one statement takes."""
    left = iter(ids)
    while portion := list(islice(left, CHUNK)):
        yield portion


def _people(session: Session, ids: Collection[UUID]) -> list[Known]:
    query = sa.select(col(Person.id), col(Person.stage), col(Person.known_since))
    return [Known(*row) for row in session.execute(query.where(col(Person.id).in_(ids)))]


def _hosts(session: Session, ids: Collection[UUID]) -> list[Receiving]:
    query = sa.select(col(Host.id), col(Host.created_at), col(Host.confirmed_on))
    return [Receiving(*row) for row in session.execute(query.where(col(Host.id).in_(ids)))]


def _placed(session: Session, ids: Collection[UUID]) -> list[Placed]:
    query = (
        sa.select(
            col(Placement.id),
            col(Placement.person_id),
            col(Activity.host_id),
            col(Placement.status),
            col(Placement.proposed_on),
            col(Placement.asked_until),
            col(Placement.first_on),
            col(Placement.ask_again_on),
        )
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .where(col(Placement.id).in_(ids))
    )
    return [Placed(*row) for row in session.execute(query)]


def _moves(session: Session, ids: Collection[UUID]) -> list[Moved]:
    query = (
        sa.select(
            col(PlacementMove.placement_id),
            col(PlacementMove.action),
            col(PlacementMove.to_status),
            told_on(),
        )
        .where(col(PlacementMove.placement_id).in_(ids))
        .order_by(col(PlacementMove.placement_id), col(PlacementMove.position))
    )
    return [Moved(*row) for row in session.execute(query)]


def _visits(session: Session, ids: Collection[UUID]) -> list[Attended]:
    later = aliased(Visit)
    query = (
        sa.select(
            col(Visit.placement_id),
            col(Visit.occurred_on),
            col(Visit.outcome),
            col(Visit.with_notice),
            col(Visit.feeling),
        )
        .outerjoin(later, col(later.corrects_id) == col(Visit.id))
        .where(col(Visit.placement_id).in_(ids), col(later.id).is_(None))
        .order_by(col(Visit.occurred_on), col(Visit.recorded_at), col(Visit.id))
    )
    return [Attended(*row) for row in session.execute(query)]


def _spoken(session: Session, subjects: Subjects, placed: Collection[Placed]) -> list[Spoken]:
    """Read days only, so that a host is not rung twice on account of somebody else's people.

    Of a host who only receives somebody here, what was said of other placements is left aside.
    """
    people = subjects.people | {each.person_id for each in placed}
    hosts = {each.host_id for each in placed} - subjects.hosts
    here = col(Contact.placement_id).is_(None) | col(Contact.placement_id).in_(subjects.placements)
    later = aliased(Contact)
    query = (
        sa.select(
            col(Contact.id),
            col(Contact.person_id),
            col(Contact.host_id),
            col(Contact.placement_id),
            col(Contact.occurred_on),
            col(Contact.recorded_at),
            col(Contact.channel),
            col(Contact.result),
            col(Contact.next_on),
        )
        .outerjoin(later, col(later.corrects_id) == col(Contact.id))
        .where(
            col(Contact.person_id).in_(people)
            | col(Contact.host_id).in_(subjects.hosts)
            | (col(Contact.host_id).in_(hosts) & here),
            col(later.id).is_(None),
        )
    )
    return [Spoken(*row) for row in session.execute(query)]


def _hanging(table: type[Answer | Concern], subjects: Subjects) -> sa.ColumnElement[bool]:
    """Hold for what hangs on a placement of these, or, without one, on one of these sides."""
    sides = col(table.person_id).in_(subjects.people) | col(table.host_id).in_(subjects.hosts)
    by_itself: sa.ColumnElement[bool] = col(table.placement_id).is_(None) & sides
    return col(table.placement_id).in_(subjects.placements) | by_itself


def _concerns(session: Session, subjects: Subjects) -> list[Raised]:
    query = sa.select(
        col(Concern.id),
        col(Concern.placement_id),
        col(Concern.person_id),
        col(Concern.host_id),
        col(Concern.side),
        col(Concern.raised_on),
    ).where(col(Concern.settled_on).is_(None), _hanging(Concern, subjects))
    return [Raised(*row) for row in session.execute(query)]


def _answers(session: Session, subjects: Subjects) -> list[Excused]:
    query = sa.select(
        col(Answer.item_id),
        col(Answer.placement_id),
        col(Answer.person_id),
        col(Answer.host_id),
        col(Answer.answered_on),
        col(Answer.until),
    ).where(_hanging(Answer, subjects))
    return [Excused(*row) for row in session.execute(query)]


def _consents(session: Session, people: Collection[UUID]) -> list[Agreed]:
    query = sa.select(col(Consent.person_id), col(Consent.until)).where(
        col(Consent.person_id).in_(people), col(Consent.withdrawn_on).is_(None)
    )
    return [Agreed(*row) for row in session.execute(query)]
