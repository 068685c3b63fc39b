"""Endpoints for staff: ask a host, make the link, write an answer down, offer it to everybody."""

from uuid import UUID

from fastapi import APIRouter

from service.accounts.access import PeopleReader, PeopleWriter
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.hosts.link_schemas import LinkIn, LinkOut, MadeLinkOut
from service.placements.access import Office
from service.refusals import Kind
from service.replies import actions
from service.replies.schemas import HeardReplyIn, InquiryIn, InquiryOut
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/inquiries", tags=["replies"])


@router.post(
    "",
    response_model=InquiryOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_inquiry(
    body: InquiryIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> InquiryOut:
    """Put a question together. It names nobody, but by a nickname that a consent covers."""
    return InquiryOut.of(actions.ask(session, staff, body.wanted(), at=at))


@router.get("", response_model=Page[InquiryOut], responses=documented())
def list_inquiries(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    host_id: UUID | None = None,
    activity_id: UUID | None = None,
    placement_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[InquiryOut]:
    """List what hosts were asked, each with its answer."""
    found = actions.list_inquiries(
        session,
        staff,
        at=at,
        host_id=host_id,
        activity_id=activity_id,
        placement_id=placement_id,
        after=after,
        limit=limit,
    )
    return page_of([InquiryOut.of(each) for each in found], limit)


@router.get("/{inquiry_id}", response_model=InquiryOut, responses=documented(Kind.MISSING))
def read_inquiry(
    inquiry_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> InquiryOut:
    """Show a question as the host reads it, and the answer."""
    return InquiryOut.of(actions.inquiry_for(session, staff, inquiry_id, act=Act.READ, at=at))


@router.post(
    "/{inquiry_id}/links",
    response_model=MadeLinkOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_inquiry_link(
    *,
    inquiry_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    office: Office,
    body: LinkIn | None = None,
) -> MadeLinkOut:
    """Make a link for the host, open until so many days after the day. Its token is told once."""
    days = (body and body.days) or office.answer_days
    return MadeLinkOut.of(actions.make_link(session, staff, inquiry_id, days=days, at=at))


@router.get("/{inquiry_id}/links", response_model=Page[LinkOut], responses=documented(Kind.MISSING))
def list_inquiry_links(
    inquiry_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> Page[LinkOut]:
    found = actions.links_of(session, staff, inquiry_id, at=at)
    return Page(items=[LinkOut.model_validate(link) for link in found])


@router.post(
    "/{inquiry_id}/reply",
    response_model=InquiryOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def write_reply_down(
    *,
    inquiry_id: UUID,
    body: HeardReplyIn,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    office: Office,
) -> InquiryOut:
    """Write down what a host answered by telephone or fax; the same follows as from a link."""
    heard = actions.write_down(
        session, staff, inquiry_id, body.said(), channel=body.channel, at=at, settings=office
    )
    return InquiryOut.of(heard)


@router.post(
    "/{inquiry_id}/offer",
    response_model=InquiryOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def offer_inquiry(
    inquiry_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> InquiryOut:
    """Make of a yes a part of what the activity offers everybody."""
    return InquiryOut.of(actions.offer(session, staff, inquiry_id, at=at))
