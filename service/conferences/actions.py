"""What members do in a 支援会議: open it, name members, keep records, note what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.rules import Act, Basis, Ground
from service.clock import local_day
from service.conferences import repository
from service.conferences.repository import closed_records, open_records_count
from service.conferences.rules import Ending, Part
from service.conferences.tables import Conference, ConferenceEntry, ConferenceRecord
from service.contacts.rules import NotYet, Story, mistimed
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event
from service.web.versions import refuse_stale

__all__ = ["closed_records", "open_records_count"]

RECORD, ENTRY = "conference_record", "conference_entry"


class NoSuchConference(Refusal):
    """Absent, or one in which the caller does not sit: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class NoSuchRecord(Refusal):
    kind: ClassVar = Kind.MISSING


class NoSuchEntry(Refusal):
    kind: ClassVar = Kind.MISSING


class ConferenceClosed(Refusal):
    kind: ClassVar = Kind.CONFLICT


class RecordClosed(Refusal):
    kind: ClassVar = Kind.CONFLICT


def open_conference(
    session: Session, staff: Staff, *, title: str, at: datetime, opened_on: date | None = None
) -> Conference:
    """Open a conference; who opens it convenes it and is its first member."""
    opened_on = opened_on or local_day(at)
    if opened_on > local_day(at):
        raise NotYet("a conference is opened today or was on an earlier day")
    sealed: dict[str, Any] = {"title": title}
    conference = Conference(
        municipality_id=staff.municipality_id,
        opened_on=opened_on,
        convener_id=staff.id,
        **sealed,
    )
    session.add(conference)
    session.flush()
    repository.seat(session, conference, staff.id, since=opened_on, until=None, named_by=staff.id)
    report(session, staff, Happening.CONFERENCE_OPENED, conference, at=at)
    return conference


def list_conferences(
    session: Session, staff: Staff, *, after: UUID | None = None, limit: int = 50
) -> Sequence[Conference]:
    return repository.conferences(session, staff, after=after, limit=limit)


def conference_for(
    session: Session, staff: Staff, conference_id: UUID, *, locked: bool = False
) -> Conference:
    conference = repository.conference_of(session, staff, conference_id, locked=locked)
    if conference is None:
        raise NoSuchConference("no such conference")
    return conference


def running_conference(session: Session, staff: Staff, conference_id: UUID) -> Conference:
    """Return a conference in which the caller may write, with their seat held."""
    if not repository.hold_seat(session, staff, conference_id):
        raise NoSuchConference("no such conference")
    conference = conference_for(session, staff, conference_id, locked=True)
    if conference.closed_on is not None:
        raise ConferenceClosed("this conference is closed; its members may only read")
    return conference


def write_record(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    written: Mapping[str, str],
    *,
    at: datetime,
    area_id: UUID | None = None,
) -> ConferenceRecord:
    """Write down what is known of somebody; ``written`` by the names of Part."""
    conference = running_conference(session, staff, conference_id)
    sealed: dict[str, Any] = {part: written.get(part, "") for part in Part}
    record = ConferenceRecord(
        municipality_id=conference.municipality_id,
        conference_id=conference.id,
        area_id=area_id,
        recorded_at=at,
        recorded_by=staff.id,
        opened_on=local_day(at),
        **sealed,
    )
    session.add(record)
    session.flush()
    note_looks(session, staff, [record], act=Act.WRITE, resource=RECORD, at=at)
    return record


def list_records(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    *,
    at: datetime,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[ConferenceRecord]:
    conference_for(session, staff, conference_id)
    found = repository.records(session, staff, conference_id, after=after, limit=limit)
    note_looks(session, staff, found, act=Act.LIST, resource=RECORD, at=at)
    return found


def record_for(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    *,
    at: datetime,
    act: Act = Act.READ,
    resource: str = RECORD,
) -> ConferenceRecord:
    """Return a record that the caller may see, and write down that it was looked at."""
    changing = act is Act.WRITE
    record = repository.record_of(session, staff, conference_id, record_id, locked=changing)
    if record is None:
        raise NoSuchRecord("no such record")
    note_looks(session, staff, [record], act=act, resource=resource, at=at)
    return record


def open_record(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    *,
    at: datetime,
    resource: str = RECORD,
) -> ConferenceRecord:
    """Return a record that is open for a change, locked for it."""
    running_conference(session, staff, conference_id)
    record = record_for(
        session, staff, conference_id, record_id, act=Act.WRITE, resource=resource, at=at
    )
    if record.closed_on is not None:
        raise RecordClosed("this record is closed")
    return record


def amend_record(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    changes: Mapping[str, Any],
    *,
    at: datetime,
    seen: int | None = None,
) -> ConferenceRecord:
    """Change parts of a record, unless a colleague changed them since they were seen."""
    record = open_record(session, staff, conference_id, record_id, at=at)
    refuse_stale(record.version, seen)
    for name, value in changes.items():
        setattr(record, name, value)
    record.version += 1
    session.flush()
    return record


def end_record(
    session: Session, staff: Staff, conference_id: UUID, record_id: UUID, *, at: datetime
) -> ConferenceRecord:
    """Close a record without consent: the support ended; its members may still read it."""
    record = open_record(session, staff, conference_id, record_id, at=at)
    close_record(session, record, Ending.ENDED, at=at)
    return record


def close_record(
    session: Session, record: ConferenceRecord, ending: Ending, *, at: datetime, became: str = ""
) -> None:
    ended = {"closed_on": local_day(at), "ending": ending, "became": became}
    for name, value in ended.items():
        setattr(record, name, value)
    record.version += 1
    session.flush()


def note_entry(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    story: Story,
    *,
    at: datetime,
    corrects_id: UUID | None = None,
) -> ConferenceEntry:
    """Append what was done; an earlier entry is corrected by a later one and never changed."""
    record = open_record(session, staff, conference_id, record_id, resource=ENTRY, at=at)
    refusal = mistimed(story, today=local_day(at))
    if refusal is not None:
        raise refusal
    if corrects_id is not None and not repository.entry_of(session, record.id, corrects_id):
        raise NoSuchEntry("no such entry, or it was corrected already")
    entry = ConferenceEntry(
        municipality_id=record.municipality_id,
        conference_id=record.conference_id,
        record_id=record.id,
        recorded_at=at,
        recorded_by=staff.id,
        corrects_id=corrects_id,
        **asdict(story),
    )
    session.add(entry)
    session.flush()
    return entry


def list_entries(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    *,
    at: datetime,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[ConferenceEntry]:
    record = record_for(session, staff, conference_id, record_id, resource=ENTRY, at=at)
    return repository.entries(session, record.id, after=after, limit=limit)


def note_looks(
    session: Session,
    staff: Staff,
    records: Sequence[ConferenceRecord],
    *,
    act: Act,
    resource: str,
    at: datetime,
) -> None:
    """Write down which records were looked at, on the basis of which conference."""
    for conference_id in {record.conference_id for record in records}:
        looked_at = [record.id for record in records if record.conference_id == conference_id]
        basis = Basis(Ground.MEETING, conference_id)
        record_access(session, staff, looked_at, act=act, resource=resource, at=at, basis=basis)


def report(
    session: Session,
    staff: Staff,
    happening: Happening,
    conference: Conference,
    *,
    at: datetime,
    account_id: UUID | None = None,
) -> None:
    """Write down that a conference or one of its seats began or ended; ids and nothing else."""
    detail = {"conference": str(conference.id)}
    if account_id is not None:
        detail["account"] = str(account_id)
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=happening,
        detail=detail,
        at=at,
    )
