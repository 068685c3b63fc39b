"""The published catalogue for a machine: what anybody may know, and nothing of what hosts said."""

from collections.abc import Mapping, Sequence
from typing import Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from catalogue import repository as catalogue
from catalogue.tables import Activity, Area, Host, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.machine_access import CatalogueMachine
from service.database import SessionDep
from service.hosts import repository
from service.refusals import Kind
from service.web.paging import After, Limit, Page
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/machine", tags=["catalogue"])


class PublishedOut(BaseModel):
    """An open activity as a leaflet tells it."""

    id: UUID
    ref: str
    title: str
    plain_title: str
    description: str
    host: str
    area: str
    schedule: list[ScheduleItem]

    @classmethod
    def of(cls, activity: Activity, host: Host, area: Area, slots: Sequence[Slot]) -> Self:
        terms = ActivityTerms.model_validate(activity.terms)
        return cls(
            id=activity.id,
            ref=activity.ref,
            title=activity.title,
            plain_title=terms.plain_title,
            description=terms.description,
            host=host.name,
            area=area.name,
            schedule=[
                ScheduleItem.model_validate(slot.recurrence)
                for slot in slots
                if slot.recurrence and slot.capacity
            ],
        )


@router.get("/catalogue", response_model=Page[PublishedOut], responses=documented(Kind.TOO_OFTEN))
def read_catalogue(
    machine: CatalogueMachine, session: SessionDep, after: After = None, limit: Limit = 50
) -> Page[PublishedOut]:
    """Give the activities that are open and may be published, page by page.

    A page may hold fewer than asked for.
    """
    found = catalogue.activities(session, machine.municipality_id, after=after, limit=limit)
    areas = repository.areas_by_id(session, machine.municipality_id)
    hosts = _hosts(session, machine.municipality_id)
    slots = repository.slots_of(session, [each.id for each in found])
    return Page(
        items=[
            PublishedOut.of(each, hosts[each.host_id], areas[each.area_id], slots[each.id])
            for each in found
            if each.open and not each.terms.get("not_published")
        ],
        next=found[-1].id if len(found) == limit else None,
    )


def _hosts(session: SessionDep, municipality_id: UUID) -> Mapping[UUID, Host]:
    return {host.id: host for host in catalogue.all_by_ref(session, Host, municipality_id).values()}
