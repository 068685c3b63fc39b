"""Contact endpoints, and those of concerns."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.contacts import actions
from service.contacts.concern_schemas import ConcernIn, ConcernOut, SettlementIn
from service.contacts.schemas import ContactIn, ContactOut
from service.contacts.subjects import Subject
from service.contacts.tables import Concern, Contact
from service.database import SessionDep
from service.refusals import Kind
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/contacts", tags=["contacts"])
concerns = APIRouter(prefix="/api/v1/concerns", tags=["concerns"])


def named_subject(
    person_id: UUID | None = None, host_id: UUID | None = None, placement_id: UUID | None = None
) -> Subject:
    return Subject(person_id=person_id, host_id=host_id, placement_id=placement_id)


NamedSubject = Annotated[Subject, Depends(named_subject)]


@router.post(
    "",
    response_model=ContactOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_contact(
    body: ContactIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Contact:
    return actions.record_contact(
        session, staff, body.subject, body.story, at=at, corrects_id=body.corrects_id
    )


@router.get("", response_model=Page[ContactOut], responses=documented())
def list_contacts(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    subject: NamedSubject,
    after: After = None,
    limit: Limit = 50,
) -> Page[ContactOut]:
    found = actions.list_contacts(session, staff, subject, at=at, after=after, limit=limit)
    items = [ContactOut.model_validate(contact) for contact in found]
    return page_of(items, limit)


@router.get("/{contact_id}", response_model=ContactOut, responses=documented(Kind.MISSING))
def read_contact(contact_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> Contact:
    return actions.read_contact(session, staff, contact_id, at=at)


@concerns.post(
    "",
    response_model=ConcernOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_concern(
    body: ConcernIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Concern:
    return actions.raise_concern(
        session,
        staff,
        body.subject,
        side=body.side,
        words=body.words,
        raised_on=body.raised_on,
        at=at,
    )


@concerns.get("", response_model=Page[ConcernOut], responses=documented())
def list_concerns(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    subject: NamedSubject,
    after: After = None,
    limit: Limit = 50,
) -> Page[ConcernOut]:
    found = actions.list_concerns(session, staff, subject, at=at, after=after, limit=limit)
    items = [ConcernOut.model_validate(concern) for concern in found]
    return page_of(items, limit)


@concerns.get("/{concern_id}", response_model=ConcernOut, responses=documented(Kind.MISSING))
def read_concern(concern_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> Concern:
    return actions.read_concern(session, staff, concern_id, at=at)


@concerns.post(
    "/{concern_id}/settlement",
    response_model=ConcernOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def settle_concern(
    concern_id: UUID, body: SettlementIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Concern:
    return actions.settle_concern(
        session,
        staff,
        concern_id,
        settlement=body.settlement,
        settled_on=body.settled_on,
        at=at,
    )
