"""What hosts register: begun by us, written by link or telephone, and offered once accepted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Activity, Area, Host, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.actions import Staff
from service.clock import local_day
from service.hosting import repository
from service.hosting.fields import fields_of, kept, lines_of, written
from service.hosting.reading import Read, read
from service.hosting.rules import Move, Section, Unfinished, WordMissing, after
from service.hosting.tables import Registration
from service.hosts import links, times
from service.hosts import repository as hosts
from service.hosts.actions import add_activity, add_slot, amend_activity, amend_host, entry
from service.hosts.links import Held, MadeLink, NoSuchLink
from service.hosts.rules import LinkPurpose, closes_at
from service.hosts.tables import HostLink
from service.refusals import Kind, Refusal
from service.web.versions import refuse_stale


class NoSuchRegistration(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Shown:
    """A registration with what it is about, and what it says."""

    registration: Registration
    host: Host
    activity: Activity | None
    slots: list[Slot]
    read: Read

    @property
    def base(self) -> ActivityTerms:
        return ActivityTerms.model_validate(self.activity.terms if self.activity else {})

    @property
    def proposed(self) -> ActivityTerms:
        """Return the terms as they would be, once accepted."""
        return self.base.model_copy(update=dict(ActivityTerms.model_validate(self.read.terms)))

    @property
    def stay(self) -> list[ScheduleItem | None]:
        """Return the lines that the form does not show; they stay as they are."""
        return lines_of(self.slots)[1]


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
    found = _locked(session, staff.municipality_id, registration_id)
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


def opened_by(session: Session, held: Held, *, today: date) -> Shown:
    """Return what a host's link lets it write; to look uses nothing up."""
    if held.link is None or held.link.registration_id is None:
        raise NoSuchLink("this link opens nothing")
    link = held.link
    found = repository.registration(session, link.municipality_id, held.link.registration_id)
    if found is None or found.host_id != link.host_id:
        raise NoSuchLink("this link opens nothing")
    return _shown(session, found, today=today)


def shown_to(session: Session, staff: Staff, registration_id: UUID) -> Shown:
    found = repository.registration(session, staff.municipality_id, registration_id)
    return _shown(session, _there(found), today=staff.on)


def _shown(session: Session, found: Registration, *, today: date) -> Shown:
    host = catalogue.get(session, Host, found.municipality_id, found.host_id)
    assert host is not None
    activity, slots = None, []
    if found.activity_id is not None:
        activity = catalogue.get(session, Activity, found.municipality_id, found.activity_id)
        slots = hosts.slots_of(session, [found.activity_id])[found.activity_id]
    base = ActivityTerms.model_validate(activity.terms) if activity else None
    said = read(found.said, today=today, base=base)
    if lines_of(slots)[1]:
        said.missing.pop("pattern-0", None)
    return Shown(found, host, activity, slots, said)


def write(session: Session, found: Registration, section: Section, form: FormData) -> None:
    """Keep one screen as it was typed: by the link's host, or by whoever telephones."""
    found = _locked(session, found.municipality_id, found.id)
    found.state = after(found.state, Move.WRITE)
    found.said = written(found.said, section, form)
    found.version += 1
    session.flush()


def write_all(
    session: Session, staff: Staff, registration_id: UUID, form: FormData, *, seen: int
) -> Registration:
    """Keep the whole form, as somebody of the office corrected it."""
    found = _locked(session, staff.municipality_id, registration_id)
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
    found = _locked(session, shown.registration.municipality_id, shown.registration.id)
    state = after(found.state, Move.SEND)
    _refuse_unfinished(shown)
    found.said = found.said | {name: [said] for name, said in words.items() if said}
    found.state, found.sent_at = state, at
    found.version += 1
    session.flush()


def _refuse_unfinished(shown: Shown) -> None:
    wrong = shown.read.mistakes | shown.read.missing
    if wrong:
        raise Unfinished("something has to be said first", fields=sorted(wrong))


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
    found = _locked(session, staff.municipality_id, registration_id)
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


def accept(
    session: Session, staff: Staff, registration_id: UUID, *, seen: int, at: datetime
) -> Activity:
    """Make of a registration what is offered to people from now on."""
    found = _locked(session, staff.municipality_id, registration_id)
    state = after(found.state, Move.ACCEPT)
    refuse_stale(found.version, seen)
    shown = _shown(session, found, today=local_day(at))
    _refuse_unfinished(shown)
    activity = _changed(session, staff, shown) if shown.activity else _added(session, staff, shown)
    _tell_host(session, staff, shown, at=at)
    found.activity_id, found.state = activity.id, state
    found.decided_at, found.decided_by = at, staff.id
    found.version += 1
    session.flush()
    return activity


def _added(session: Session, staff: Staff, shown: Shown) -> Activity:
    area = entry(session, staff, Area, shown.host.area_id)
    values = {"host_id": shown.host.id, "title": shown.read.title, "area": area.ref}
    dated, arranged = _parted(shown)
    terms = ActivityTerms.model_validate(shown.read.terms | {"when": _when(shown)})
    activity = add_activity(session, staff, values, terms=terms, schedule=dated)
    if dated and arranged:
        add_slot(session, staff, activity.id, item=None, capacity=terms.capacity or 0)
    return activity


def _changed(session: Session, staff: Staff, shown: Shown) -> Activity:
    """Change what was said otherwise; lines that are the same stay, with who holds a place."""
    assert shown.activity is not None
    dated, arranged = _parted(shown)
    now = [slot.recurrence for slot in shown.slots if slot.capacity]
    is_moved = _in_any_order(now) != sorted(map(times.said, [*shown.read.lines, *shown.stay]))
    said = dict(shown.read.terms)
    if said["capacity"] == shown.base.capacity:
        del said["capacity"]  # slots of other sizes keep theirs
    if is_moved or not shown.base.when:
        said["when"] = _when(shown)
    activity = amend_activity(
        session,
        staff,
        shown.activity.id,
        {"title": shown.read.title},
        terms=ActivityTerms.model_validate(said),
        schedule=dated if is_moved else None,
        seen=shown.registration.seen_version,
    )
    if is_moved and dated and arranged:
        capacity = shown.proposed.capacity or 0
        add_slot(session, staff, activity.id, item=None, capacity=capacity)
    return activity


def _parted(shown: Shown) -> tuple[list[ScheduleItem], bool]:
    """Part the lines that are wanted: those with days, and whether anything is by arrangement."""
    wanted = [*shown.read.lines, *shown.stay]
    return [item for item in wanted if item is not None], None in wanted


def _when(shown: Shown) -> str:
    return "／".join(map(times.said, [*shown.read.lines, *shown.stay]))


def _in_any_order(lines: list[dict[str, Any] | None]) -> list[str]:
    return sorted(times.said(ScheduleItem.model_validate(line) if line else None) for line in lines)


def _tell_host(session: Session, staff: Staff, shown: Shown, *, at: datetime) -> None:
    """Keep what a host said of itself: that it is there, and how to reach it."""
    telephone = next(iter(shown.registration.said.get("telephone", ())), "")
    changes: dict[str, Any] = {"confirmed_on": local_day(at)}
    if telephone:
        changes["telephone"] = telephone
    amend_host(session, staff, shown.host.id, changes, seen=None)


def _locked(session: Session, municipality_id: UUID, registration_id: UUID) -> Registration:
    return _there(repository.registration(session, municipality_id, registration_id, lock=True))


def _there(found: Registration | None) -> Registration:
    if found is None:
        raise NoSuchRegistration("there is no such registration")
    return found
