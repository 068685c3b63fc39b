"""Disclosure endpoints for staff: packets, cards and the links that show them to a host."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.disclosures import actions, cards, showing
from service.disclosures.lifecycle import State
from service.disclosures.repository import Seen
from service.disclosures.schemas import MoveIn, PacketIn, PacketOut
from service.hosts.link_schemas import LinkIn, LinkOut, MadeLinkOut
from service.placements.access import Office
from service.refusals import Kind
from service.settings import Settings
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import MaybeSeen, both_shown, tag

router = APIRouter(route_class=Once, prefix="/api/v1", tags=["disclosures"])


@router.post(
    "/disclosures",
    response_model=PacketOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_disclosure(
    *,
    body: PacketIn,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    office: Office,
    response: Response,
) -> PacketOut:
    """Draft a packet for a host, exactly the fields of one consent; or keep a proposal's card."""
    if body.placement_id is not None:
        made = cards.keep_card(session, staff, body.placement_id, at=at)
    else:
        assert body.person_id is not None
        assert body.host_id is not None
        made = actions.draft(
            session,
            staff,
            body.person_id,
            body.host_id,
            consent_id=body.consent_id,
            until=body.until,
            at=at,
        )
    seen = actions.packet_for(session, staff, made.id, act=Act.WRITE, at=at)
    return _out(staff, seen, office, response)


@router.get("/disclosures", response_model=Page[PacketOut], responses=documented(Kind.MISSING))
def list_disclosures(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    office: Office,
    person_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[State | None, Query()] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[PacketOut]:
    """List what hosts may see, or are about to; each in the state that it is in today."""
    found = actions.list_packets(
        session, staff, at=at, person_id=person_id, state=state, after=after, limit=limit
    )
    items = [PacketOut.of(each, actions.hands_of(staff, each, office)) for each in found]
    return page_of(items, limit)


@router.get(
    "/disclosures/{packet_id}", response_model=PacketOut, responses=documented(Kind.MISSING)
)
def read_disclosure(
    *,
    packet_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    office: Office,
    response: Response,
) -> PacketOut:
    """Show a packet with its sheet: what the host sees, word by word."""
    seen = actions.packet_for(session, staff, packet_id, act=Act.READ, at=at)
    return _out(staff, seen, office, response)


@router.post(
    "/disclosures/{packet_id}/moves",
    response_model=PacketOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.STALE),
)
def move_disclosure(
    *,
    packet_id: UUID,
    body: MoveIn,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    office: Office,
    version: MaybeSeen,
    response: Response,
) -> PacketOut:
    """Prepare, release, refuse or end. Nobody releases what they prepared themselves."""

    def current() -> PacketOut:
        found = actions.packet_for(session, staff, packet_id, act=Act.READ, at=at)
        return _out(staff, found, office, response)

    with both_shown(session, body, current):
        seen = actions.move(
            session, staff, packet_id, body.move, at=at, settings=office, version=version
        )
    return _out(staff, seen, office, response)


def _out(staff: Staff, seen: Seen, office: Settings, response: Response) -> PacketOut:
    tag(response, seen.packet.version)
    return PacketOut.of(seen, actions.hands_of(staff, seen, office))


@router.post(
    "/disclosures/{packet_id}/links",
    response_model=MadeLinkOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_link(
    *,
    packet_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    office: Office,
    body: LinkIn | None = None,
) -> MadeLinkOut:
    """Make a link for the host. Its token is told this once and kept as a hash."""
    days = (body and body.days) or office.host_link_days
    return MadeLinkOut.of(showing.make_link(session, staff, packet_id, days=days, at=at))


@router.get(
    "/disclosures/{packet_id}/links",
    response_model=Page[LinkOut],
    responses=documented(Kind.MISSING),
)
def list_links(
    packet_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> Page[LinkOut]:
    """List every link of a packet, the newest first; those revoked as well."""
    found = showing.links_of(session, staff, packet_id, at=at)
    return Page(items=[LinkOut.model_validate(link) for link in found])


@router.post(
    "/host-links/{link_id}/revocation",
    response_model=LinkOut,
    responses=documented(Kind.MISSING),
)
def revoke_link(link_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment) -> LinkOut:
    """End a link at once."""
    return LinkOut.model_validate(showing.revoke_link(session, staff, link_id, at=at))
