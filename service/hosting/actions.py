"""What hosts register: begun by us, written by link or telephone, sent, and answered."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Activity, Host
from service.accounts.actions import Staff
from service.clock import local_day
from service.hosting.fields import fields_of, kept, written
from service.hosting.rules import Move, Section, WordMissing, after
from service.hosting.shown import Shown, locked, refuse_unfinished
from service.hosting.tables import Registration
from service.hosts import links
from service.hosts import repository as hosts
from service.hosts.actions import entry
from service.hosts.links import MadeLink
from service.hosts.rules import LinkPurpose, closes_at
from service.hosts.tables import HostLink
from service.web.versions import refuse_stale


def begin(
    session: Session,
    staff: Staff,
    host_id: UUID,
    *,
    at: datetime,
    activity_id: UUID | None = None,
    form: FormData | None = None,
    by_host: bool = False,
) -> Registration:
    """Begin a registration: empty, from a form, or from an activity that is to be changed."""
    host = entry(session, staff, Host, host_id)
    activity = entry(session, staff, Activity, activity_id) if activity_id else None
    said: dict[str, list[str]] = {}
    if activity is not None:
        slots = hosts.slots_of(session, [activity.id])[activity.id]
        said = fields_of(activity, slots)
    if form is not None:
        said = {name: each for part in Section for name, each in kept(form, part).items()}
    found = Registration(
        municipality_id=staff.municipality_id,
        host_id=activity.host_id if activity else host.id,
        activity_id=activity_id,
        seen_version=activity.version if activity else None,
        said=said,
        made_by=staff.id,
        by_host=by_host,
        created_at=at,
    )
    session.add(found)
    session.flush()
    return found


def invite(
    session: Session, staff: Staff, registration_id: UUID, *, days: int, at: datetime
) -> MadeLink:
    """Make an address at which the host writes its registration, for so many days."""
    found = locked(session, staff.municipality_id, registration_id)
    after(found.state, Move.WRITE)
    found.by_host = True
    token, token_hash = links.drawn()
    link = HostLink(
        municipality_id=staff.municipality_id,
        registration_id=found.id,
        host_id=found.host_id,
        purpose=LinkPurpose.REGISTER,
        token_hash=token_hash,
        made_by=staff.id,
        expires_at=closes_at(local_day(at), days=days),
        created_at=at,
    )
    return links.make(session, staff, link, token)


def write(session: Session, found: Registration, section: Section, form: FormData) -> None:
    """Keep one screen as it was typed: by the link's host, or by whoever telephones."""
    found = locked(session, found.municipality_id, found.id)
    found.state = after(found.state, Move.WRITE)
    found.said = written(found.said, section, form)
    found.version += 1
    session.flush()


def write_all(
    session: Session, staff: Staff, registration_id: UUID, form: FormData, *, seen: int
) -> Registration:
    """Keep the whole form, as somebody of the office corrected it."""
    found = locked(session, staff.municipality_id, registration_id)
    refuse_stale(found.version, seen)
    after(found.state, Move.WRITE)
    said = found.said
    for section in Section:
        said = written(said, section, form)
    found.said = said
    found.version += 1
    session.flush()
    return found


def send(session: Session, shown: Shown, words: dict[str, str], *, at: datetime) -> None:
    """Lay a host's registration before the office; sent again it is the newest that counts."""
    found = locked(session, shown.registration.municipality_id, shown.registration.id)
    state = after(found.state, Move.SEND)
    refuse_unfinished(shown)
    found.said = found.said | {name: [said] for name, said in words.items() if said}
    found.state, found.sent_at = state, at
    found.version += 1
    session.flush()


def answer_host(
    session: Session,
    staff: Staff,
    registration_id: UUID,
    move: Move,
    word: str,
    *,
    seen: int,
    at: datetime,
) -> Registration:
    """Ask a host back, or decline what it wrote: with a word that the host reads."""
    found = locked(session, staff.municipality_id, registration_id)
    state = after(found.state, move)
    refuse_stale(found.version, seen)
    if not word:
        raise WordMissing("please say why: the host reads it", field="word")
    found.state, found.word = state, word
    if move is Move.DECLINE:
        found.decided_at, found.decided_by = at, staff.id
    found.version += 1
    session.flush()
    return found
