"""Conference endpoints: for members only; to everybody else a conference is not there."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.accounts.access import ConferenceMember
from service.accounts.actions import Staff
from service.clock import Moment
from service.conferences import actions, moving, seats
from service.conferences.rules import Part
from service.conferences.schemas import (
    ConferenceIn,
    ConferenceOut,
    EntryIn,
    EntryOut,
    MemberIn,
    MemberOut,
    MovedOut,
    MoveIn,
    RecordIn,
    RecordOut,
)
from service.conferences.tables import Conference, ConferenceEntry, ConferenceRecord
from service.database import SessionDep
from service.hosts.actions import area_named
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import MaybeSeen, SeenVersion, both_shown, tag

router = APIRouter(route_class=Once, prefix="/api/v1/conferences", tags=["conferences"])


@router.get("", response_model=Page[ConferenceOut], responses=documented())
def list_conferences(
    session: SessionDep, staff: ConferenceMember, after: After = None, limit: Limit = 50
) -> Page[ConferenceOut]:
    """List the caller's own conferences."""
    found = actions.list_conferences(session, staff, after=after, limit=limit)
    return page_of([ConferenceOut.model_validate(each) for each in found], limit)


@router.post("", response_model=ConferenceOut, status_code=201, responses=documented(Kind.CONFLICT))
def open_conference(
    body: ConferenceIn, session: SessionDep, staff: ConferenceMember, at: Moment
) -> Conference:
    return actions.open_conference(
        session, staff, title=body.title, opened_on=body.opened_on, at=at
    )


@router.get("/{conference_id}", response_model=ConferenceOut, responses=documented(Kind.MISSING))
def read_conference(
    conference_id: UUID, session: SessionDep, staff: ConferenceMember
) -> Conference:
    return actions.conference_for(session, staff, conference_id)


@router.post(
    "/{conference_id}/closure",
    response_model=ConferenceOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def close_conference(
    conference_id: UUID, session: SessionDep, staff: ConferenceMember, at: Moment
) -> Conference:
    """End a conference: its members as of now may go on reading, nobody writes or joins."""
    return seats.close_conference(session, staff, conference_id, at=at)


@router.get(
    "/{conference_id}/members",
    response_model=list[MemberOut],
    responses=documented(Kind.MISSING),
)
def list_members(
    conference_id: UUID, session: SessionDep, staff: ConferenceMember
) -> list[MemberOut]:
    found = seats.members_of(session, staff, conference_id)
    return [MemberOut.of(membership, account) for membership, account in found]


@router.post(
    "/{conference_id}/members",
    response_model=list[MemberOut],
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def name_member(
    conference_id: UUID, body: MemberIn, session: SessionDep, staff: ConferenceMember, at: Moment
) -> list[MemberOut]:
    """Give a colleague of the municipality a seat; only the convener does."""
    seats.name_member(session, staff, conference_id, body.username, until=body.until, at=at)
    return list_members(conference_id, session, staff)


@router.delete(
    "/{conference_id}/members/{membership_id}",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def end_membership(
    *,
    conference_id: UUID,
    membership_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> None:
    """End a seat at once; the row stays, with the moment."""
    seats.end_membership(session, staff, conference_id, membership_id, at=at)


@router.get(
    "/{conference_id}/records",
    response_model=Page[RecordOut],
    responses=documented(Kind.MISSING),
)
def list_records(
    *,
    conference_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    after: After = None,
    limit: Limit = 50,
) -> Page[RecordOut]:
    found = actions.list_records(session, staff, conference_id, at=at, after=after, limit=limit)
    return page_of([RecordOut.model_validate(each) for each in found], limit)


@router.post(
    "/{conference_id}/records",
    response_model=RecordOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def write_record(
    *,
    conference_id: UUID,
    body: RecordIn,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    response: Response,
) -> ConferenceRecord:
    area_id = area_named(session, staff, body.area).id if body.area else None
    written = body.model_dump(include={part.value for part in Part})
    record = actions.write_record(session, staff, conference_id, written, area_id=area_id, at=at)
    tag(response, record.version)
    return record


@router.get(
    "/{conference_id}/records/{record_id}",
    response_model=RecordOut,
    responses=documented(Kind.MISSING),
)
def read_record(
    *,
    conference_id: UUID,
    record_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    response: Response,
) -> ConferenceRecord:
    record = actions.record_for(session, staff, conference_id, record_id, at=at)
    tag(response, record.version)
    return record


@router.patch(
    "/{conference_id}/records/{record_id}",
    response_model=RecordOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.UNSEEN, Kind.STALE),
)
def amend_record(
    *,
    conference_id: UUID,
    record_id: UUID,
    body: RecordIn,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    seen: SeenVersion,
    response: Response,
) -> ConferenceRecord:
    """Change what is given and leave the rest, if nobody changed it since it was seen."""
    changes = _changes(session, staff, body)

    def current() -> RecordOut:
        record = actions.record_for(session, staff, conference_id, record_id, at=at)
        return RecordOut.model_validate(record)

    with both_shown(session, body, current):
        record = actions.amend_record(
            session, staff, conference_id, record_id, changes, at=at, seen=seen
        )
    tag(response, record.version)
    return record


def _changes(session: SessionDep, staff: Staff, body: RecordIn) -> dict[str, object]:
    changes = body.model_dump(exclude_unset=True)
    if "area" in changes:
        ref = changes.pop("area")
        changes["area_id"] = area_named(session, staff, ref).id if ref else None
    return changes


@router.post(
    "/{conference_id}/records/{record_id}/closure",
    response_model=RecordOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def end_record(
    conference_id: UUID, record_id: UUID, session: SessionDep, staff: ConferenceMember, at: Moment
) -> ConferenceRecord:
    """Close a record of somebody who is supported no longer and never consented."""
    return actions.end_record(session, staff, conference_id, record_id, at=at)


@router.get(
    "/{conference_id}/records/{record_id}/entries",
    response_model=Page[EntryOut],
    responses=documented(Kind.MISSING),
)
def list_entries(
    *,
    conference_id: UUID,
    record_id: UUID,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    after: After = None,
    limit: Limit = 50,
) -> Page[EntryOut]:
    found = actions.list_entries(
        session, staff, conference_id, record_id, at=at, after=after, limit=limit
    )
    return page_of([EntryOut.model_validate(each) for each in found], limit)


@router.post(
    "/{conference_id}/records/{record_id}/entries",
    response_model=EntryOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def note_entry(
    *,
    conference_id: UUID,
    record_id: UUID,
    body: EntryIn,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
) -> ConferenceEntry:
    return actions.note_entry(
        session, staff, conference_id, record_id, body.story, corrects_id=body.corrects_id, at=at
    )


@router.post(
    "/{conference_id}/records/{record_id}/person",
    response_model=MovedOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.STALE),
)
def move_over(
    *,
    conference_id: UUID,
    record_id: UUID,
    body: MoveIn,
    session: SessionDep,
    staff: ConferenceMember,
    at: Moment,
    seen: MaybeSeen,
) -> MovedOut:
    """Register the person with exactly the chosen parts and the consent; the rest stays behind."""
    move = moving.Move(
        parts=frozenset(body.parts),
        area=area_named(session, staff, body.area),
        consent=body.consent.model_dump(),
        age_band=body.age_band,
        code=body.code,
    )
    person = moving.move_over(session, staff, conference_id, record_id, move, at=at, seen=seen)
    record = actions.record_for(session, staff, conference_id, record_id, at=at)
    return MovedOut(person_id=person.id, record=RecordOut.model_validate(record))
