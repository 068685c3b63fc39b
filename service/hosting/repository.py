"""Every query of registrations."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from catalogue.tables import Host
from service.accounts.actions import Staff
from service.hosting.rules import OPEN, State
from service.hosting.tables import Registration
from service.hosts.tables import HostLink
from service.persons.repository import visible_people
from service.persons.tables import Person


def registration(
    session: Session, municipality_id: UUID, registration_id: UUID, *, lock: bool = False
) -> Registration | None:
    """Return one registration of a municipality; ``lock``: for change."""
    query = select(Registration).where(
        Registration.id == registration_id, Registration.municipality_id == municipality_id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def open_ones(session: Session, staff: Staff) -> Sequence[tuple[Registration, Host]]:
    """Return what is not decided yet with its host: what came in first, then the oldest."""
    query = (
        select(Registration, Host)
        .join(Host, col(Host.id) == col(Registration.host_id))
        .where(
            Registration.municipality_id == staff.municipality_id,
            col(Registration.state).in_(OPEN),
        )
        .order_by(
            (col(Registration.state) != State.SENT),
            col(Registration.created_at),
            col(Registration.id),
        )
    )
    return session.exec(query).all()


def waiting(session: Session, staff: Staff) -> int:
    """Count what hosts have sent and nobody has decided."""
    query = select(func.count(col(Registration.id))).where(
        Registration.municipality_id == staff.municipality_id,
        Registration.state == State.SENT,
    )
    return session.exec(query).one()


def of_host(session: Session, host_id: UUID) -> Sequence[Registration]:
    """Return every registration of a host, the newest first."""
    query = select(Registration).where(Registration.host_id == host_id)
    return session.exec(query.order_by(col(Registration.created_at).desc())).all()


def links_of_host(session: Session, staff: Staff, host_id: UUID) -> Sequence[HostLink]:
    """Return the links that were made for a host, the newest first: about nobody hidden."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    query = select(HostLink).where(
        HostLink.host_id == host_id,
        col(HostLink.person_id).is_(None) | col(HostLink.person_id).in_(people),
    )
    return session.exec(query.order_by(col(HostLink.created_at).desc(), col(HostLink.id))).all()


def open_links(session: Session, registration_id: UUID, *, at: datetime) -> Sequence[HostLink]:
    """Return the links of one registration that still open it, the newest first."""
    query = select(HostLink).where(
        HostLink.registration_id == registration_id,
        col(HostLink.revoked_at).is_(None),
        HostLink.expires_at > at,
    )
    return session.exec(query.order_by(col(HostLink.created_at).desc(), col(HostLink.id))).all()
