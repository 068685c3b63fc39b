"""Links of hosts, whatever they open: made with a token that is told once, and found by it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from migrations.grants import HOST
from service.accounts import throttling
from service.accounts.actions import Staff
from service.accounts.throttling import Bucket
from service.database import enter, knock
from service.hosts import repository
from service.hosts.tables import HostLink
from service.refusals import Kind, Refusal
from service.settings import Settings
from service.trail import Happening, record_event
from service.web.tokens import hashed

LINK: Final = "host_link"
NOBODY: Final = UUID(int=0)


class NoSuchLink(Refusal):
    """Wrong, expired, revoked, withdrawn: the answer is the same."""

    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link with its token, which is shown once and kept nowhere."""

    link: HostLink
    token: str

    @property
    def path(self) -> str:
        return path_of(self.token)


@dataclass(frozen=True, slots=True)
class Held:
    """What a host came with: the hash of a token, and the link if it opens anything now."""

    token_hash: str
    link: HostLink | None


def path_of(token: str) -> str:
    """Return the address that a host opens."""
    return f"/h/{token}"


def make(session: Session, staff: Staff, link: HostLink, token: str) -> MadeLink:
    """Keep a link under the hash of a token, and write down that it was made."""
    session.add(link)
    session.flush()
    tell(session, staff, link, Happening.LINK_MADE, at=link.created_at)
    return MadeLink(link, token)


def drawn() -> tuple[str, str]:
    """Draw a token that nobody guesses; return it with its hash."""
    token = secrets.token_urlsafe(32)
    return token, hashed(token)


def revoke(session: Session, staff: Staff, link: HostLink, *, at: datetime) -> HostLink:
    """End a link at once; to end it again changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = at
        session.flush()
        tell(session, staff, link, Happening.LINK_REVOKED, at=at)
    return link


def tell(session: Session, staff: Staff, link: HostLink, event: Happening, *, at: datetime) -> None:
    record_event(
        session,
        municipality_id=link.municipality_id,
        account_id=staff.id,
        event=event,
        at=at,
        person_id=link.person_id,
        detail={"link": str(link.id), "host": str(link.host_id), "purpose": link.purpose},
    )


def hold(session: Session, token: str, *, at: datetime) -> Held:
    """Go on as the host side within the link's municipality; a wrong token does the same work."""
    token_hash = hashed(token)
    knock(session, token_hash)
    enter(session, HOST, repository.municipality_of(session, token_hash) or NOBODY)
    return Held(token_hash, repository.open_link(session, token_hash, at=at))


def tries_of(address: str, settings: Settings) -> Bucket:
    """Return the bucket of wrong links from one address; right ones are given back."""
    network = throttling.network_of(address)
    return throttling.bucket("link", network, settings.link_tries)
