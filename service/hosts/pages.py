"""Pages of the catalogue: the list of activities, and one activity."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from catalogue import repository as catalogue
from catalogue.tables import Activity, Area, Host
from catalogue.terms import ActivityTerms
from catalogue.terms.values import Line
from service.accounts.access import CatalogueReader
from service.clock import Today
from service.database import SessionDep
from service.hosts import actions, leaflet, repository
from service.web.pages import render

router = APIRouter()

SECTION: Final = "activities"
PAGE_LENGTH: Final = 50
DATES_SHOWN: Final = 5


@router.get("/activities")
def show_activities(
    request: Request,
    session: SessionDep,
    staff: CatalogueReader,
    area: Annotated[Line, Query(max_length=36)] = "",
    after: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    areas = repository.areas_by_id(session, staff.municipality_id)
    chosen = next((area_id for area_id in areas if str(area_id) == area), None)
    found = catalogue.activities(
        session, staff.municipality_id, area_id=chosen, after=after, limit=PAGE_LENGTH
    )
    return render(
        request,
        "hosts/activities.html",
        staff=staff,
        section=SECTION,
        activities=[(each, ActivityTerms.model_validate(each.terms)) for each in found],
        areas={area_id: each.name for area_id, each in areas.items()},
        chosen=chosen,
        following=found[-1].id if len(found) == PAGE_LENGTH else None,
    )


@router.get("/activities/{activity_id}")
def show_activity(
    request: Request,
    activity_id: UUID,
    session: SessionDep,
    staff: CatalogueReader,
    today: Today,
) -> HTMLResponse:
    activity = actions.entry(session, staff, Activity, activity_id)
    slots = repository.slots_of(session, [activity.id])[activity.id]
    terms = ActivityTerms.model_validate(activity.terms)
    return render(
        request,
        "hosts/activity.html",
        staff=staff,
        section=SECTION,
        activity=activity,
        terms=terms,
        host=actions.entry(session, staff, Host, activity.host_id),
        area=actions.entry(session, staff, Area, activity.area_id),
        openings=leaflet.openings(activity, slots, today=today)[:DATES_SHOWN],
        by_arrangement=any(slot.recurrence is None and slot.capacity for slot in slots),
        places=sum(slot.capacity for slot in slots),
        left=sum(slot.capacity - slot.taken for slot in slots),
        facts=leaflet.facts(terms),
        welcomes=leaflet.welcomes(terms),
        asks=leaflet.asks(terms),
    )
