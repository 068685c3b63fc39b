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
from service.audit.tables import Act
from service.clock import local_day
from service.database import enter, knock
from service.disclosures import repository
from service.disclosures.actions import packet_for
from service.disclosures.lifecycle import State
from service.disclosures.sheet import Sheet
from service.disclosures.tables import HostLink
from service.refusals import Kind, Refusal

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
    return MadeLink(link, token)


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
            return Sheet.of(packet.content)
    raise NoSuchLink("this link opens nothing")
