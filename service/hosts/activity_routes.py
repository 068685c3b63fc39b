"""Catalogue endpoints: activities."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Response

from catalogue import repository as catalogue
from catalogue.tables import Activity
from service.accounts.access import CatalogueReader, CatalogueWriter
from service.database import SessionDep
from service.hosts import actions, repository
from service.hosts.activity_schemas import ActivityChangeIn, ActivityIn, ActivityOut, terms_in
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter(route_class=Once)

COLUMNS = {"ref", "host_id", "title", "area", "open"}


@router.get("/activities", response_model=Page[ActivityOut], responses=documented())
def list_activities(
    *,
    session: SessionDep,
    staff: CatalogueReader,
    host_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[ActivityOut]:
    found = catalogue.activities(
        session, staff.municipality_id, host_id=host_id, after=after, limit=limit
    )
    items = _all_shown(session, found)
    return page_of(items, limit)


@router.post(
    "/activities",
    response_model=ActivityOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_activity(
    body: ActivityIn, session: SessionDep, staff: CatalogueWriter, response: Response
) -> ActivityOut:
    activity = actions.add_activity(
        session,
        staff,
        body.model_dump(include=COLUMNS),
        terms=terms_in(body),
        schedule=body.schedule,
    )
    return _shown(session, activity, response)


@router.get(
    "/activities/{activity_id}", response_model=ActivityOut, responses=documented(Kind.MISSING)
)
def read_activity(
    activity_id: UUID, session: SessionDep, staff: CatalogueReader, response: Response
) -> ActivityOut:
    return _shown(session, actions.entry(session, staff, Activity, activity_id), response)


@router.patch(
    "/activities/{activity_id}",
    response_model=ActivityOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.UNSEEN, Kind.STALE),
)
def change_activity(
    *,
    activity_id: UUID,
    body: ActivityChangeIn,
    session: SessionDep,
    staff: CatalogueWriter,
    seen: SeenVersion,
    response: Response,
) -> ActivityOut:
    """Change what is given and leave the rest; a schedule replaces the whole schedule."""
    with both_shown(session, body, lambda: read_activity(activity_id, session, staff, response)):
        activity = actions.amend_activity(
            session,
            staff,
            activity_id,
            body.model_dump(include=COLUMNS, exclude_unset=True),
            terms=terms_in(body),
            schedule=body.schedule if "schedule" in body.model_fields_set else None,
            seen=seen,
        )
    return _shown(session, activity, response)


def _shown(session: SessionDep, activity: Activity, response: Response) -> ActivityOut:
    tag(response, activity.version)
    return _all_shown(session, [activity])[0]


def _all_shown(session: SessionDep, found: Sequence[Activity]) -> list[ActivityOut]:
    if not found:
        return []
    areas = repository.areas_by_id(session, found[0].municipality_id)
    slots = repository.slots_of(session, [activity.id for activity in found])
    return [ActivityOut.of(a, areas[a.area_id], slots[a.id]) for a in found]
