"""Links of hosts: make one, revoke one, and show what it opens at this very moment."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from migrations.grants import HOST
from service.accounts.actions import Staff, hashed
from service.audit.actions import record_access
from service.audit.rules import Ground, Purpose
from service.audit.tables import Act
from service.clock import local_day
from service.database import enter, knock
from service.disclosures import repository
from service.disclosures.actions import packet_for
from service.disclosures.lifecycle import State
from service.disclosures.sheet import Sheet
from service.disclosures.tables import HostLink, Packet
from service.refusals import Kind, Refusal
from service.trail import Entry, Happening, collect, record_event

LINK: Final = "host_link"


class NoSuchLink(Refusal):
    """Wrong, expired, revoked, withdrawn: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class NotReleased(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link with its token, which is shown once and kept nowhere."""

    link: HostLink
    token: str


def make_link(
    session: Session, staff: Staff, packet_id: UUID, *, days: int, at: datetime
) -> MadeLink:
    """Make an address that shows a released packet to its host."""
    seen = packet_for(session, staff, packet_id, act=Act.WRITE, at=at)
    if seen.state is not State.RELEASED:
        raise NotReleased("only what is released has a link", current=seen.state)
    token = secrets.token_urlsafe(32)
    link = HostLink(
        municipality_id=staff.municipality_id,
        packet_id=seen.packet.id,
        person_id=seen.packet.person_id,
        host_id=seen.packet.host_id,
        purpose=seen.packet.sort,
        token_hash=hashed(token),
        made_by=staff.id,
        expires_at=at + timedelta(days=days),
        created_at=at,
    )
    session.add(link)
    session.flush()
    _tell(session, staff, link, Happening.LINK_MADE, at=at)
    return MadeLink(link, token)


def _tell(
    session: Session, staff: Staff, link: HostLink, event: Happening, *, at: datetime
) -> None:
    record_event(
        session,
        municipality_id=link.municipality_id,
        account_id=staff.id,
        event=event,
        at=at,
        person_id=link.person_id,
        detail={"link": str(link.id), "host": str(link.host_id)},
    )


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
    record_access(session, staff, [link.person_id], act=Act.WRITE, resource=LINK, at=at)
    if link.revoked_at is None:
        link.revoked_at = at
        session.flush()
        _tell(session, staff, link, Happening.LINK_REVOKED, at=at)
    return link


def show(session: Session, token: str, *, at: datetime) -> Sheet:
    """Return what a link opens now; everything is asked in the one query that reads it."""
    token_hash = hashed(token)
    knock(session, token_hash)
    municipality_id = repository.municipality_of(session, token_hash)
    if municipality_id is not None:
        enter(session, HOST, municipality_id)
        packet = repository.shown_by(session, token_hash, at=at, on=local_day(at))
        if packet is not None:
            _record(session, packet, at=at)
            return Sheet.of(packet.content)
    raise NoSuchLink("this link opens nothing")


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
