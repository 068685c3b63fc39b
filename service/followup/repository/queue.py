"""Every query of the queue: one selection of rows stands behind list, count, export and figures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.tables import Activity, Area, Host
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.accounts.tables import Account
from service.contacts.tables import Concern, Contact
from service.followup.cadence import Occasion
from service.followup.tables import Claim, DueRow
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.placements.lifecycle import Side
from service.placements.tables import Placement

DEFERRALS_IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose queue it is: what the caller may work with, narrowed on request."""

    staff: Staff
    area_id: UUID | None = None
    owner_id: UUID | None = None
    host_id: UUID | None = None
    another_way: bool = False
    for_coordinator: bool = False

    def narrowed(self) -> tuple[UUID | bool | None, ...]:
        """Return to what the queue is narrowed."""
        wanted = (self.another_way, self.for_coordinator)
        return (self.area_id, self.owner_id, self.host_id, *wanted)


class Placed(NamedTuple):
    placement: Placement
    activity: Activity


class Held(NamedTuple):
    """A lease that may have run out, with the name of who holds it."""

    claim: Claim
    name: str


class Tally(NamedTuple):
    """How many rows are alike in what is counted."""

    rank: int
    side: Side
    another_way: bool
    for_coordinator: bool
    number: int


ORDER: Final[tuple[Any, ...]] = (
    col(DueRow.lead_rank),
    col(DueRow.lead_behind),
    col(DueRow.lead_due),
    col(DueRow.lead_id),
    col(DueRow.rank),
    col(DueRow.behind),
    col(DueRow.due),
    col(DueRow.id),
)
Key = tuple[int, float, date, UUID, int, float, date, UUID]


def in_sight(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Say which rows somebody works with: whom they may see, asked for each row by itself."""
    found = [
        col(DueRow.municipality_id) == scope.staff.municipality_id,
        col(DueRow.about_id).is_(None) | _people(scope).exists(),
        col(DueRow.person_id).is_not(None) | _hosts(scope).exists(),
    ]
    if scope.owner_id is not None:
        found.append(_owned(scope.owner_id))
    if scope.host_id is not None:
        found.append(col(DueRow.host_id) == scope.host_id)
    if scope.another_way:
        found.append(col(DueRow.another_way).is_(True))
    if scope.for_coordinator:
        found.append(col(DueRow.deferrals) >= DEFERRALS_IN_A_ROW)
    return tuple(found)


def standing(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Say which rows are the queue of the day for which they were placed."""
    return (*in_sight(scope), col(DueRow.lead_rank).is_not(None))


def _people(scope: Scope) -> SelectOfScalar[Person]:
    query = visible_people(scope.staff, reach=Reach.WRITE).where(Person.id == DueRow.about_id)
    if scope.area_id is not None:  # a host's own row stands in the host's area, whoever it names
        query = query.where(
            col(DueRow.person_id).is_(None) | (col(Person.area_id) == scope.area_id)
        )
    return query.correlate(DueRow)


def _hosts(scope: Scope) -> SelectOfScalar[Host]:
    query = select(Host).where(Host.id == DueRow.host_id)
    for area_id in (scope.staff.area_id, scope.area_id):
        if area_id is not None:  # naming another area opens nothing of it
            query = query.where(Host.area_id == area_id)
    return query.correlate(DueRow)


def _owned(owner_id: UUID) -> sa.ColumnElement[bool]:
    """Say which rows belong to a worker's placements and people; hosts belong to nobody."""
    placed = select(Placement.id).where(
        Placement.id == DueRow.placement_id, Placement.owner_id == owner_id
    )
    known = select(Person.id).where(Person.id == DueRow.person_id, Person.owner_id == owner_id)
    return placed.correlate(DueRow).exists() | (
        col(DueRow.placement_id).is_(None) & known.correlate(DueRow).exists()
    )


def page(
    session: Session, scope: Scope, *, after: Key | None = None, limit: int | None = None
) -> Sequence[DueRow]:
    """Return rows in the order of the queue, from behind a place on."""
    query = select(DueRow).where(*standing(scope)).order_by(*ORDER)
    if after is not None:
        known = (sa.literal(said, each.type) for each, said in zip(ORDER, after, strict=True))
        query = query.where(sa.tuple_(*ORDER) > sa.tuple_(*known))
    return session.exec(query.limit(limit) if limit is not None else query).all()


def begun_by(session: Session, scope: Scope, on: date) -> Sequence[DueRow]:
    """Return the rows that stand on a day, in no order: for a day other than the placed one."""
    return session.exec(select(DueRow).where(*in_sight(scope), col(DueRow.appears_on) <= on)).all()


def item(session: Session, scope: Scope, item_id: UUID) -> DueRow | None:
    query = select(DueRow).where(DueRow.id == item_id, *standing(scope))
    return session.exec(query).one_or_none()


def tallies(session: Session, scope: Scope) -> list[Tally]:
    """Count the rows of the same selection by what they are."""
    late = (col(DueRow.deferrals) >= DEFERRALS_IN_A_ROW).label("for_coordinator")
    alike = (col(DueRow.rank), col(DueRow.side), col(DueRow.another_way), late)
    query = sa.select(*alike, sa.func.count()).where(*standing(scope)).group_by(*alike)
    return [Tally(*row) for row in session.execute(query)]


def days(session: Session, scope: Scope) -> Sequence[tuple[tuple[UUID, Side, Occasion], date]]:
    """Return on which day each row of the same selection is due, by what it is about."""
    columns = (col(DueRow.topic_id), col(DueRow.side), col(DueRow.occasion), col(DueRow.due))
    query = sa.select(*columns).where(*standing(scope))
    return [((topic, side, why), due) for topic, side, why, due in session.execute(query)]


def people_in_sight(session: Session, scope: Scope) -> frozenset[UUID]:
    query = visible_people(scope.staff, reach=Reach.WRITE).with_only_columns(col(Person.id))
    return frozenset(session.execute(query).scalars())


def hosts_in_sight(session: Session, scope: Scope) -> frozenset[UUID]:
    query = select(Host.id).where(Host.municipality_id == scope.staff.municipality_id)
    if scope.staff.area_id is not None:
        query = query.where(Host.area_id == scope.staff.area_id)
    return frozenset(session.exec(query))


def by_host(session: Session, scope: Scope) -> Sequence[tuple[UUID, str, int]]:
    """Count the same rows by host."""
    query = (
        sa.select(col(Host.id), col(Host.name), sa.func.count())
        .join_from(DueRow, Host, col(Host.id) == col(DueRow.host_id))
        .where(*standing(scope))
        .group_by(col(Host.id), col(Host.name))
        .order_by(sa.func.count().desc(), col(Host.name), col(Host.id))
    )
    return [(id_, name, number) for id_, name, number in session.execute(query)]


def by_area(session: Session, scope: Scope) -> Sequence[tuple[UUID, str, int]]:
    """Count the same rows by the area of the person, or of the host where there is no person."""
    query = (
        sa.select(col(Area.id), col(Area.name), sa.func.count())
        .select_from(DueRow)
        .outerjoin(Person, col(Person.id) == col(DueRow.person_id))
        .outerjoin(Host, col(Host.id) == col(DueRow.host_id))
        .join(Area, col(Area.id) == sa.func.coalesce(col(Person.area_id), col(Host.area_id)))
        .where(*standing(scope))
        .group_by(col(Area.id), col(Area.name))
        .order_by(sa.func.count().desc(), col(Area.name), col(Area.id))
    )
    return [(id_, name, number) for id_, name, number in session.execute(query)]


def people_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id: person for person in found}


def hosts_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Host]:
    return {host.id: host for host in session.exec(select(Host).where(col(Host.id).in_(ids)))}


def placed_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Placed]:
    """Return these placements with what they are placements in."""
    query = (
        select(Placement, Activity)
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .where(col(Placement.id).in_(ids))
    )
    return {placement.id: Placed(placement, what) for placement, what in session.exec(query)}


def contacts_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Return these contacts with their words."""
    found = session.exec(select(Contact).where(col(Contact.id).in_(ids)))
    return {contact.id: contact for contact in found}


def worries_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Concern]:
    """Return these concerns with their words."""
    if not ids:
        return {}
    found = session.exec(select(Concern).where(col(Concern.id).in_(ids)))
    return {each.id: each for each in found}


def claims(session: Session, staff: Staff, *, at: datetime) -> dict[UUID, Held]:
    """Return the leases of a municipality that still run, by whom they keep others from ringing."""
    query = (
        select(Claim, Account.display_name)
        .join(Account, col(Account.id) == col(Claim.account_id))
        .where(Claim.municipality_id == staff.municipality_id, col(Claim.until) > at)
    )
    return {claim.rung_id: Held(claim, name) for claim, name in session.exec(query)}


def locked_claim(session: Session, staff: Staff, rung_id: UUID) -> Claim | None:
    """Read the lease of a person or host for change, also one that has run out."""
    return session.exec(
        select(Claim)
        .where(Claim.rung_id == rung_id, Claim.municipality_id == staff.municipality_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def drop_claim(session: Session, staff: Staff, **named: UUID) -> None:
    """End the caller's own lease, named by its item or by whom it is for, if there is one."""
    query = sa.delete(Claim).where(
        col(Claim.account_id) == staff.id, col(Claim.municipality_id) == staff.municipality_id
    )
    session.execute(query.filter_by(**named))


def key_of(row: DueRow | Mapping[str, Any]) -> Key:
    """Return the place of a row, from behind which the next page begins."""
    known = row if isinstance(row, Mapping) else row.model_dump()
    return cast(Key, tuple(known[each.key] for each in ORDER))
