"""Catalogue endpoints: areas and hosts. Activities and slots stand in a module of their own."""

from uuid import UUID

from fastapi import APIRouter, Response

from catalogue import repository as catalogue
from catalogue.tables import Host
from service.accounts.access import CatalogueReader, CatalogueWriter
from service.database import SessionDep
from service.hosts import actions, activity_routes, repository, slot_routes
from service.hosts.schemas import AreaOut, HostChangeIn, HostIn, HostOut
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter(route_class=Once, prefix="/api/v1", tags=["catalogue"])


@router.get("/areas", response_model=Page[AreaOut], responses=documented())
def list_areas(
    session: SessionDep, staff: CatalogueReader, after: After = None, limit: Limit = 50
) -> Page[AreaOut]:
    found = catalogue.areas(session, staff.municipality_id, after=after, limit=limit)
    items = [AreaOut.model_validate(area) for area in found]
    return page_of(items, limit)


@router.get("/hosts", response_model=Page[HostOut], responses=documented())
def list_hosts(
    session: SessionDep, staff: CatalogueReader, after: After = None, limit: Limit = 50
) -> Page[HostOut]:
    found = catalogue.hosts(session, staff.municipality_id, after=after, limit=limit)
    areas = repository.areas_by_id(session, staff.municipality_id)
    items = [HostOut.of(host, areas) for host in found]
    return page_of(items, limit)


@router.post(
    "/hosts",
    response_model=HostOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_host(
    body: HostIn, session: SessionDep, staff: CatalogueWriter, response: Response
) -> HostOut:
    host = actions.add_host(session, staff, body.model_dump())
    return _shown(session, host, response)


@router.get("/hosts/{host_id}", response_model=HostOut, responses=documented(Kind.MISSING))
def read_host(
    host_id: UUID, session: SessionDep, staff: CatalogueReader, response: Response
) -> HostOut:
    return _shown(session, actions.entry(session, staff, Host, host_id), response)


@router.patch(
    "/hosts/{host_id}",
    response_model=HostOut,
    responses=documented(Kind.MISSING, Kind.UNSEEN, Kind.STALE),
)
def change_host(
    *,
    host_id: UUID,
    body: HostChangeIn,
    session: SessionDep,
    staff: CatalogueWriter,
    seen: SeenVersion,
    response: Response,
) -> HostOut:
    """Change what is given and leave the rest, if nobody changed it since it was seen."""
    changes = body.model_dump(exclude_unset=True)
    with both_shown(session, body, lambda: read_host(host_id, session, staff, response)):
        host = actions.amend_host(session, staff, host_id, changes, seen=seen)
    return _shown(session, host, response)


def _shown(session: SessionDep, host: Host, response: Response) -> HostOut:
    tag(response, host.version)
    return HostOut.of(host, repository.areas_by_id(session, host.municipality_id))


router.include_router(activity_routes.router)
router.include_router(slot_routes.router)
