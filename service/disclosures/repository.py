"""Every query about what leaves the office; each asks in itself whether the consent holds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from catalogue.profiles import SharedWith
from service.accounts.actions import Staff
from service.accounts.tables import Account
from service.disclosures.lifecycle import OPEN, State, seen_as
from service.disclosures.tables import Packet, Pseudonym
from service.hosts.tables import HostLink
from service.persons.repository import holding_ids, visible_people
from service.persons.tables import Consent, Person
from service.placements.lifecycle import CLOSED
from service.placements.tables import Placement


@dataclass(frozen=True, slots=True)
class Seen:
    """A packet with the state in which it is read on the day of asking, and whose it is."""

    packet: Packet
    state: State
    owner_id: UUID


def _holds(on: date) -> ColumnElement[bool]:
    """Say of a packet that its consent lets this host know, and a card's placement goes on."""
    # Named columns only: the host side may read no more of a consent or a placement than these.
    consent = (
        select(Consent.id)
        .where(
            col(Consent.id) == col(Packet.consent_id),
            col(Consent.shared_with) == SharedWith.HOSTS,
            col(Consent.host_id).is_(None) | (col(Consent.host_id) == col(Packet.host_id)),
            col(Consent.id).in_(holding_ids(on)),
        )
        .correlate(Packet)
        .exists()
    )
    placement = (
        select(Placement.id)
        .where(
            col(Placement.id) == col(Packet.placement_id),
            col(Placement.status).not_in(CLOSED),
        )
        .correlate(Packet)
        .exists()
    )
    return consent & (col(Packet.placement_id).is_(None) | placement)


def shown_by(session: Session, token_hash: str, *, at: datetime, on: date) -> Packet | None:
    """Return what a link shows at this moment; nothing once any reason for it is gone."""
    query = (
        select(Packet)
        .join(HostLink, col(HostLink.packet_id) == col(Packet.id))
        .where(
            HostLink.token_hash == token_hash,
            col(HostLink.revoked_at).is_(None),
            HostLink.expires_at > at,
            HostLink.host_id == col(Packet.host_id),
            Packet.state == State.RELEASED,
            col(Packet.until).is_(None) | (col(Packet.until) >= on),
            _holds(on),
        )
    )
    return session.exec(query).one_or_none()


def packets(
    session: Session,
    staff: Staff,
    *,
    on: date,
    packet_id: UUID | None = None,
    person_id: UUID | None = None,
    state: State | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Seen]:
    """Return the packets of people the caller may see, each in the state that it is read in."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    query = (
        select(Packet, _holds(on), Person.owner_id)
        .join(Person, col(Person.id) == col(Packet.person_id))
        .where(
            Packet.municipality_id == staff.municipality_id,
            col(Packet.person_id).in_(people),
        )
    )
    if packet_id is not None:
        query = query.where(Packet.id == packet_id)
    if person_id is not None:
        query = query.where(Packet.person_id == person_id)
    if state is not None:
        query = query.where(_read_as(state, on))
    if after is not None:
        query = query.where(col(Packet.id) > after)
    # Read anew: who waited for the person's row sees what was done meanwhile.
    fresh = query.order_by(col(Packet.id)).limit(limit).execution_options(populate_existing=True)
    found = session.exec(fresh).all()
    return [
        Seen(packet, seen_as(packet.state, holds=holds, until=packet.until, on=on), owner)
        for packet, holds, owner in found
    ]


def _read_as(state: State, on: date) -> ColumnElement[bool]:
    """Say of a packet that it is read in a state on a day, as ``seen_as`` says it of a row."""
    as_kept = col(Packet.state) == state
    if state not in OPEN and state is not State.ENDED:
        return as_kept
    live = _holds(on) & (col(Packet.until).is_(None) | (col(Packet.until) >= on))
    if state is State.ENDED:
        return as_kept | (col(Packet.state).in_(OPEN) & ~live)
    return as_kept & live


def consent_for(
    session: Session, person_id: UUID, host_id: UUID, consent_id: UUID | None, *, on: date
) -> Consent | None:
    """Return a consent that lets a host know of somebody on a day: this one, or the latest."""
    query = select(Consent).where(
        Consent.person_id == person_id,
        Consent.shared_with == SharedWith.HOSTS,
        col(Consent.host_id).is_(None) | (col(Consent.host_id) == host_id),
        col(Consent.id).in_(holding_ids(on)),
    )
    if consent_id is not None:
        query = query.where(Consent.id == consent_id)
    return session.exec(query.order_by(col(Consent.version).desc()).limit(1)).first()


def pseudonym_of(session: Session, host_id: UUID, person_id: UUID) -> str | None:
    query = select(Pseudonym.name).where(
        Pseudonym.host_id == host_id, Pseudonym.person_id == person_id
    )
    return session.exec(query).one_or_none()


def display_names(session: Session, ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Return what staff are called, by their accounts."""
    query = select(Account.id, Account.display_name).where(col(Account.id).in_(ids))
    return dict(session.exec(query).all())


def codes(session: Session, staff: Staff, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the codes of people whom the caller may see."""
    people = visible_people(staff).where(col(Person.id).in_(person_ids))
    return {person.id: person.code for person in session.exec(people)}


def links(session: Session, packet_ids: Sequence[UUID]) -> Sequence[HostLink]:
    """Return every link that was made for some packets, the newest first."""
    query = select(HostLink).where(col(HostLink.packet_id).in_(packet_ids))
    return session.exec(query.order_by(col(HostLink.created_at).desc(), col(HostLink.id))).all()


def link_of(session: Session, staff: Staff, link_id: UUID) -> HostLink | None:
    people = visible_people(staff).with_only_columns(col(Person.id))
    return session.exec(
        select(HostLink).where(
            HostLink.id == link_id,
            HostLink.municipality_id == staff.municipality_id,
            col(HostLink.person_id).is_(None) | col(HostLink.person_id).in_(people),
        )
    ).one_or_none()


def cards_of(session: Session, placement_id: UUID) -> Sequence[Packet]:
    """Return what was shown for a placement and has not ended."""
    query = select(Packet).where(Packet.placement_id == placement_id, col(Packet.state).in_(OPEN))
    return session.exec(query.order_by(col(Packet.id))).all()


def resting_on(session: Session, consent_id: UUID) -> list[UUID]:
    """Return what is shown, or waits to be shown, under a consent."""
    query = select(Packet.id).where(Packet.consent_id == consent_id, col(Packet.state).in_(OPEN))
    return list(session.exec(query.order_by(col(Packet.id))))


def open_links(session: Session, packet_ids: Collection[UUID], *, at: datetime) -> int:
    """Count the links of some packets that still open them."""
    query = select(func.count(col(HostLink.id))).where(
        col(HostLink.packet_id).in_(list(packet_ids)),
        col(HostLink.revoked_at).is_(None),
        HostLink.expires_at > at,
    )
    return session.exec(query).one()


def revoke_all(session: Session, packet_id: UUID, *, at: datetime) -> None:
    """End every link of a packet that is still open."""
    session.exec(
        update(HostLink)
        .where(col(HostLink.packet_id) == packet_id, col(HostLink.revoked_at).is_(None))
        .values(revoked_at=at)
    )
