"""Contact endpoints."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.contacts import actions
from service.contacts.schemas import ContactIn, ContactOut, NamedSubject
from service.contacts.tables import Contact
from service.database import SessionDep
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/contacts", tags=["contacts"])


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
