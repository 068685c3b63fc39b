"""Links of hosts: make one, revoke one, and show what it opens at this very moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.rules import Ground, Purpose
from service.audit.tables import Act
from service.clock import local_day
from service.disclosures import repository
from service.disclosures.actions import packet_for
from service.disclosures.lifecycle import State
from service.disclosures.sheet import Sheet
from service.disclosures.tables import Packet
from service.hosts import links
from service.hosts.links import LINK, Held, MadeLink, NoSuchLink
from service.hosts.rules import LinkPurpose
from service.hosts.tables import HostLink
from service.refusals import Kind, Refusal
from service.trail import Entry, collect

__all__ = ["MadeLink", "NoSuchLink", "links_of", "make_link", "on_paper", "revoke_link", "show"]


class NotReleased(Refusal):
    kind: ClassVar = Kind.CONFLICT


def make_link(
    session: Session, staff: Staff, packet_id: UUID, *, days: int, at: datetime
) -> MadeLink:
    """Make an address that shows a released packet to its host."""
    seen = packet_for(session, staff, packet_id, act=Act.WRITE, at=at)
    if seen.state is not State.RELEASED:
        raise NotReleased("only what is released has a link", current=seen.state)
    token, token_hash = links.drawn()
    link = HostLink(
        municipality_id=staff.municipality_id,
        packet_id=seen.packet.id,
        person_id=seen.packet.person_id,
        host_id=seen.packet.host_id,
        purpose=LinkPurpose(seen.packet.sort.value),
        token_hash=token_hash,
        made_by=staff.id,
        expires_at=at + timedelta(days=days),
        created_at=at,
    )
    return links.make(session, staff, link, token)


def links_of(
    session: Session, staff: Staff, packet_id: UUID, *, at: datetime
) -> Sequence[HostLink]:
    """Return every link of a packet, the newest first."""
    seen = packet_for(session, staff, packet_id, act=Act.READ, at=at)
    return repository.links(session, [seen.packet.id])


def revoke_link(session: Session, staff: Staff, link_id: UUID, *, at: datetime) -> HostLink:
    """End a link at once; to end it again changes nothing."""
    link = repository.link_of(session, staff, link_id)
    if link is None:
        raise NoSuchLink("no such link")
    people = [link.person_id] if link.person_id else []
    record_access(session, staff, people, act=Act.WRITE, resource=LINK, at=at)
    return links.revoke(session, staff, link, at=at)


def show(session: Session, held: Held, *, at: datetime) -> Sheet:
    """Return what a link shows now; everything is asked in the one query that reads it."""
    packet = repository.shown_by(session, held.token_hash, at=at, on=local_day(at))
    if packet is None:
        raise NoSuchLink("this link opens nothing")
    _record(session, packet, at=at)
    return Sheet.of(packet.content)


def on_paper(
    session: Session, staff: Staff, packet_id: UUID, *, at: datetime
) -> tuple[Packet, Sheet]:
    """Return what the links of a packet show now, to be printed: so nothing once none would."""
    seen = packet_for(session, staff, packet_id, act=Act.READ, at=at)
    if seen.state is not State.RELEASED:
        raise NotReleased("only what is released goes onto paper", current=seen.state)
    return seen.packet, Sheet.of(seen.packet.content)


def _record(session: Session, packet: Packet, *, at: datetime) -> None:
    """Write down that a host looked: no account, and the consent that it rests on."""
    look = Entry(
        municipality_id=packet.municipality_id,
        account_id=None,
        role="host",
        person_id=packet.person_id,
        act=Act.READ,
        resource=LINK,
        purpose=Purpose.DISCLOSURE,
        basis=Ground.CONSENT,
        basis_id=packet.consent_id,
        at=at,
    )
    collect(session, [look])
