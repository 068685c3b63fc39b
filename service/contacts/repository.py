"""Every query of contacts and concerns."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.tables import Activity, Host
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.accounts.tables import Account
from service.contacts.tables import Concern, Contact
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.placements.tables import Placement

Told = TypeVar("Told", Contact, Concern)


def _visible(kind: type[Told], staff: Staff, reach: Reach = Reach.READ) -> SelectOfScalar[Told]:
    """Select what concerns people with whom the caller comes so far, or a host and nobody else."""
    people = visible_people(staff, reach=reach).with_only_columns(col(Person.id))
    return select(kind).where(
        kind.municipality_id == staff.municipality_id,
        col(kind.person_id).in_(people)
        | (col(kind.person_id).is_(None) & col(kind.placement_id).is_(None))
        | (
            col(kind.person_id).is_(None)
            & col(kind.placement_id).in_(
                select(Placement.id).where(col(Placement.person_id).in_(people))
            )
        ),
    )


def told(
    session: Session, staff: Staff, kind: type[Told], told_id: UUID, *, reach: Reach = Reach.READ
) -> Told | None:
    """Return one contact or concern that the caller may see, or change where that is asked."""
    return session.exec(_visible(kind, staff, reach).where(kind.id == told_id)).one_or_none()


def all_told(
    session: Session,
    staff: Staff,
    kind: type[Told],
    *,
    person_id: UUID | None = None,
    host_id: UUID | None = None,
    placement_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Told]:
    """Return what the caller may see, by id; a corrected contact gives way to its correction."""
    corrected = select(Contact.corrects_id).where(col(Contact.corrects_id).is_not(None))
    query = _visible(kind, staff).where(col(kind.id).not_in(corrected))
    if person_id is not None:
        query = query.where(kind.person_id == person_id)
    if host_id is not None:
        query = query.where(kind.host_id == host_id)
    if placement_id is not None:
        query = query.where(kind.placement_id == placement_id)
    if after is not None:
        query = query.where(col(kind.id) > after)
    return session.exec(query.order_by(col(kind.id)).limit(limit)).all()


class Said(NamedTuple):
    """A contact and who wrote it down; nobody did where it came by a link."""

    contact: Contact
    name: str | None


def last_said(
    session: Session,
    staff: Staff,
    *,
    since: datetime,
    person_id: UUID | None,
    host_id: UUID | None,
    placement_id: UUID | None,
) -> Said | None:
    """Return what was last written down of a side since a moment, as far as the caller sees it."""
    side = col(Contact.person_id) == person_id if person_id else col(Contact.host_id) == host_id
    of_this = col(Contact.placement_id).is_(None) | (col(Contact.placement_id) == placement_id)
    query = _visible(Contact, staff).where(side, of_this, col(Contact.recorded_at) >= since)
    newest = query.order_by(col(Contact.recorded_at).desc(), col(Contact.id)).limit(1)
    contact = session.exec(newest).first()
    if contact is None:
        return None
    name = select(Account.display_name).where(col(Account.id) == contact.recorded_by)
    return Said(contact, session.exec(name).first())


def told_before(session: Session, staff: Staff, person_id: UUID) -> dict[UUID, Contact]:
    """Return the contacts of a person that were corrected, as far as the caller sees them."""
    corrected = select(Contact.corrects_id).where(col(Contact.corrects_id).is_not(None))
    query = _visible(Contact, staff).where(
        Contact.person_id == person_id, col(Contact.id).in_(corrected)
    )
    return {each.id: each for each in session.exec(query)}


def correction_of(session: Session, staff: Staff, contact_id: UUID) -> Contact | None:
    """Return what corrects a contact, if anything does."""
    query = _visible(Contact, staff).where(Contact.corrects_id == contact_id)
    return session.exec(query).first()


def is_corrected(session: Session, contact_id: UUID) -> bool:
    query = select(Contact.id).where(Contact.corrects_id == contact_id)
    return session.exec(query.limit(1)).first() is not None


def locked_concern(session: Session, concern: Concern) -> Concern:
    """Read a concern for change, so that two callers do not settle it at once."""
    return session.exec(
        select(Concern)
        .where(Concern.id == concern.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def host_exists(session: Session, staff: Staff, host_id: UUID) -> bool:
    query = select(Host.id).where(Host.id == host_id, Host.municipality_id == staff.municipality_id)
    return session.exec(query).one_or_none() is not None


def host_of(session: Session, placement: Placement) -> UUID:
    """Return the host of a placement's activity."""
    query = select(Activity.host_id).where(Activity.id == placement.activity_id)
    return session.exec(query).one()


def people_behind(session: Session, placement_ids: Iterable[UUID]) -> Sequence[UUID]:
    """Return whom these placements are about."""
    return session.exec(
        select(Placement.person_id).where(col(Placement.id).in_(list(placement_ids)))
    ).all()


def worried_on(session: Session, placement: Placement, *, since: date) -> list[date]:
    """Return when concerns were raised that are open, or that were raised since a day."""
    query = select(Concern).where(
        (col(Concern.placement_id) == placement.id)
        | (col(Concern.placement_id).is_(None) & (col(Concern.person_id) == placement.person_id)),
        col(Concern.settled_on).is_(None) | (col(Concern.raised_on) >= since),
    )
    return [each.raised_on for each in session.exec(query.order_by(col(Concern.raised_on)))]
