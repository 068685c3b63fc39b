"""Write down contacts; raise and settle concerns."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import local_day
from service.companions.actions import worry_with
from service.companions.rules import LOST_WORDS
from service.companions.tables import AidBooking
from service.contacts import repository
from service.contacts.rules import NotYet, Story, mistimed
from service.contacts.subjects import Subject, behind, record_looks, settle_subject
from service.contacts.tables import Concern, Contact
from service.outbox.actions import report
from service.outbox.rules import Notice
from service.persons.actions import reach_for
from service.placements.actions import refuse
from service.placements.lifecycle import Side
from service.refusals import Kind, Refusal

CONTACT = "contact"
CONCERN = "concern"


class NoSuchContact(Refusal):
    kind: ClassVar = Kind.MISSING


class AlreadyCorrected(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoSuchConcern(Refusal):
    kind: ClassVar = Kind.MISSING


class AlreadySettled(Refusal):
    kind: ClassVar = Kind.CONFLICT


def record_contact(
    session: Session,
    staff: Staff,
    subject: Subject,
    story: Story,
    *,
    at: datetime,
    corrects_id: UUID | None = None,
) -> Contact:
    """Append a contact with a person, a host, or both sides of a placement."""
    refuse(mistimed(story, today=local_day(at)))
    subject = settle_subject(session, staff, subject, resource=CONTACT, at=at)
    if corrects_id is not None:
        read_contact(session, staff, corrects_id, at=at)
        if repository.is_corrected(session, corrects_id):
            raise AlreadyCorrected("this was corrected already; please correct the correction")
    contact = Contact(
        municipality_id=staff.municipality_id,
        recorded_at=at,
        recorded_by=staff.id,
        corrects_id=corrects_id,
        about_id=behind(session, subject),
        **asdict(subject),
        **asdict(story),
    )
    session.add(contact)
    session.flush()
    return contact


def hear_host(
    session: Session,
    municipality_id: UUID,
    subject: Subject,
    story: Story,
    *,
    at: datetime,
    recorded_by: UUID | None = None,
) -> Contact:
    """Append what a host answered; nobody recorded it where it came by a link."""
    contact = Contact(
        municipality_id=municipality_id,
        recorded_at=at,
        recorded_by=recorded_by,
        about_id=behind(session, subject),
        **asdict(subject),
        **asdict(story),
    )
    session.add(contact)
    session.flush()
    return contact


def worry_of_host(
    session: Session,
    municipality_id: UUID,
    subject: Subject,
    words: str,
    *,
    at: datetime,
    recorded_by: UUID | None = None,
) -> Concern:
    """Write down what troubles a host who answered; it stands first in the queue."""
    concern = Concern(
        municipality_id=municipality_id,
        side=Side.HOST,
        words=words,
        raised_on=local_day(at),
        recorded_at=at,
        recorded_by=recorded_by,
        about_id=behind(session, subject),
        **asdict(subject),
    )
    return _raised(session, concern, by=recorded_by, at=at)


def _raised(session: Session, concern: Concern, *, by: UUID | None, at: datetime) -> Concern:
    """Keep a concern, and write with it that whom it concerns is told at once."""
    session.add(concern)
    session.flush()
    about = concern.person_id or concern.about_id
    tenant = concern.municipality_id
    report(session, tenant, Notice.CONCERN, about=about, ref=concern.id, by=by, at=at)
    return concern


def read_contact(session: Session, staff: Staff, contact_id: UUID, *, at: datetime) -> Contact:
    contact = repository.told(session, staff, Contact, contact_id)
    if contact is None:
        raise NoSuchContact("no such contact")
    record_looks(session, staff, [contact], act=Act.READ, resource=CONTACT, at=at)
    return contact


def list_contacts(
    session: Session,
    staff: Staff,
    subject: Subject,
    *,
    at: datetime,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Contact]:
    found = repository.all_told(
        session, staff, Contact, **asdict(subject), after=after, limit=limit
    )
    record_looks(session, staff, found, act=Act.LIST, resource=CONTACT, at=at)
    return found


def raise_concern(
    session: Session,
    staff: Staff,
    subject: Subject,
    *,
    side: Side,
    words: str,
    at: datetime,
    raised_on: date | None = None,
) -> Concern:
    """Write down 少し困った, from either side; it is looked at within two working days."""
    raised_on = raised_on or local_day(at)
    if raised_on > local_day(at):
        raise NotYet("what has not happened yet cannot be recorded")
    subject = settle_subject(session, staff, subject, resource=CONCERN, at=at)
    concern = Concern(
        municipality_id=staff.municipality_id,
        side=side,
        words=words,
        raised_on=raised_on,
        recorded_at=at,
        recorded_by=staff.id,
        about_id=behind(session, subject),
        **asdict(subject),
    )
    return _raised(session, concern, by=staff.id, at=at)


def worry_about(session: Session, lost: AidBooking, at: datetime) -> None:
    """Write down that a placement has lost its companion or lift, whoever may see it."""
    concern = Concern(
        municipality_id=lost.municipality_id,
        placement_id=lost.placement_id,
        person_id=lost.person_id,
        side=Side.TEAM,
        words=f"{lost.day.isoformat()}: {LOST_WORDS[lost.kind]}",
        raised_on=local_day(at),
        recorded_at=at,
    )
    _raised(session, concern, by=None, at=at)


worry_with(worry_about)


def settle_concern(
    session: Session,
    staff: Staff,
    concern_id: UUID,
    *,
    settlement: str,
    at: datetime,
    settled_on: date | None = None,
) -> Concern:
    """Write down what was done about a concern; once."""
    seen = read_concern(session, staff, concern_id, act=Act.WRITE, at=at)
    concern = repository.locked_concern(session, seen)
    if concern.settled_on is not None:
        raise AlreadySettled("this concern is settled already")
    settled_on = settled_on or local_day(at)
    if not concern.raised_on <= settled_on <= local_day(at):
        raise NotYet("a concern is settled after it was raised, and not in the future")
    concern.settled_on, concern.settlement = settled_on, settlement
    session.flush()
    return concern


def read_concern(
    session: Session, staff: Staff, concern_id: UUID, *, at: datetime, act: Act = Act.READ
) -> Concern:
    concern = repository.told(session, staff, Concern, concern_id, reach=reach_for(act))
    if concern is None:
        raise NoSuchConcern("no such concern")
    record_looks(session, staff, [concern], act=act, resource=CONCERN, at=at)
    return concern


def list_concerns(
    session: Session,
    staff: Staff,
    subject: Subject,
    *,
    at: datetime,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Concern]:
    found = repository.all_told(
        session, staff, Concern, **asdict(subject), after=after, limit=limit
    )
    record_looks(session, staff, found, act=Act.LIST, resource=CONCERN, at=at)
    return found
