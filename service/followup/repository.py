"""Every follow-up query: what the queue is computed from, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.tables import Activity, Host
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.accounts.tables import Account
from service.contacts.tables import Channel, Concern, Contact, Result
from service.followup.tables import Answer, Claim
from service.persons.repository import visible_people
from service.persons.tables import Consent, Person
from service.placements.tables import Placement, PlacementMove
from service.visits.tables import Visit


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose queue it is: whom the caller may work with, narrowed to an area or to one worker."""

    staff: Staff
    area_id: UUID | None = None
    owner_id: UUID | None = None

    def people(self) -> SelectOfScalar[Person]:
        query = visible_people(self.staff, reach=Reach.WRITE)
        if self.area_id is not None:
            query = query.where(Person.area_id == self.area_id)
        return query

    def person_ids(self) -> Select[tuple[UUID]]:
        return self.people().with_only_columns(col(Person.id))

    def placement_ids(self) -> SelectOfScalar[UUID]:
        return select(Placement.id).where(
            Placement.municipality_id == self.staff.municipality_id,
            col(Placement.person_id).in_(self.person_ids()),
        )

    def hosts(self) -> SelectOfScalar[Host]:
        query = select(Host).where(Host.municipality_id == self.staff.municipality_id)
        for area_id in (self.staff.area_id, self.area_id):
            if area_id is not None:  # naming another area opens nothing of it
                query = query.where(Host.area_id == area_id)
        return query


class Placed(NamedTuple):
    placement: Placement
    activity: Activity
    host: Host


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


class Held(NamedTuple):
    """A lease that may have run out, with the name of who holds it."""

    claim: Claim
    name: str


@dataclass(frozen=True, slots=True)
class Material:
    people: Sequence[Person]
    hosts: Sequence[Host]
    placed: Sequence[Placed]
    moves: Sequence[PlacementMove]
    visits: Sequence[Visit]
    spoken: Sequence[Spoken]
    concerns: Sequence[Concern]
    answers: Sequence[Answer]
    consents: Sequence[Consent]


def material_of(session: Session, scope: Scope) -> Material:
    """Read everything the queue rests on: nine statements, however many people there are."""
    return Material(
        people=session.exec(scope.people()).all(),
        hosts=session.exec(scope.hosts()).all(),
        placed=_placed(session, scope),
        moves=session.exec(
            select(PlacementMove)
            .where(col(PlacementMove.placement_id).in_(scope.placement_ids()))
            .order_by(col(PlacementMove.placement_id), col(PlacementMove.position))
        ).all(),
        visits=_visits(session, scope),
        spoken=_spoken(session, scope),
        concerns=_concerns(session, scope),
        answers=session.exec(
            select(Answer).where(Answer.municipality_id == scope.staff.municipality_id)
        ).all(),
        consents=session.exec(
            select(Consent).where(
                col(Consent.person_id).in_(scope.person_ids()), col(Consent.withdrawn_on).is_(None)
            )
        ).all(),
    )


def _placed(session: Session, scope: Scope) -> list[Placed]:
    query = (
        select(Placement, Activity, Host)
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .join(Host, col(Host.id) == col(Activity.host_id))
        .where(col(Placement.id).in_(scope.placement_ids()))
    )
    return [Placed(*row) for row in session.exec(query)]


def _visits(session: Session, scope: Scope) -> Sequence[Visit]:
    corrected = select(Visit.corrects_id).where(col(Visit.corrects_id).is_not(None))
    return session.exec(
        select(Visit)
        .where(col(Visit.placement_id).in_(scope.placement_ids()), col(Visit.id).not_in(corrected))
        .order_by(col(Visit.occurred_on), col(Visit.recorded_at))
    ).all()


def _spoken(session: Session, scope: Scope) -> list[Spoken]:
    """Read days only, so that a host is not rung twice on account of somebody else's people."""
    corrected = select(Contact.corrects_id).where(col(Contact.corrects_id).is_not(None))
    query = select(Contact).where(
        Contact.municipality_id == scope.staff.municipality_id,
        col(Contact.id).not_in(corrected),
        col(Contact.person_id).in_(scope.person_ids()) | col(Contact.host_id).is_not(None),
    )
    columns = (
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
    return [Spoken(*row) for row in session.execute(query.with_only_columns(*columns))]


def _concerns(session: Session, scope: Scope) -> Sequence[Concern]:
    return session.exec(
        select(Concern).where(
            Concern.municipality_id == scope.staff.municipality_id,
            col(Concern.settled_on).is_(None),
            col(Concern.placement_id).in_(scope.placement_ids())
            | (
                col(Concern.placement_id).is_(None)
                & (
                    col(Concern.person_id).in_(scope.person_ids())
                    | col(Concern.person_id).is_(None)
                )
            ),
        )
    ).all()


def contacts_named(session: Session, ids: Sequence[UUID]) -> dict[UUID, Contact]:
    """Return these contacts with their words."""
    found = session.exec(select(Contact).where(col(Contact.id).in_(ids)))
    return {contact.id: contact for contact in found}


def claims(session: Session, staff: Staff, *, at: datetime) -> dict[UUID, Held]:
    """Return the leases of a municipality that still run, by item."""
    query = (
        select(Claim, Account.display_name)
        .join(Account, col(Account.id) == col(Claim.account_id))
        .where(Claim.municipality_id == staff.municipality_id, col(Claim.until) > at)
    )
    return {claim.item_id: Held(claim, name) for claim, name in session.exec(query)}


def locked_claim(session: Session, staff: Staff, item_id: UUID) -> Claim | None:
    """Read the lease of an item for change, also one that has run out."""
    return session.exec(
        select(Claim)
        .where(Claim.item_id == item_id, Claim.municipality_id == staff.municipality_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def drop_claim(session: Session, staff: Staff, item_id: UUID) -> None:
    """End the caller's own lease of an item, if there is one."""
    session.execute(
        delete(Claim).where(
            col(Claim.item_id) == item_id,
            col(Claim.account_id) == staff.id,
            col(Claim.municipality_id) == staff.municipality_id,
        )
    )
