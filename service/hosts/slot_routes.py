"""Catalogue endpoints: slots."""

from uuid import UUID

from fastapi import APIRouter, Response

from catalogue import repository as catalogue
from catalogue.tables import Slot
from service.accounts.access import CatalogueReader, CatalogueWriter
from service.database import SessionDep
from service.hosts import actions
from service.hosts.slot_schemas import SlotChangeIn, SlotIn, SlotOut, item_in
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter(route_class=Once)


@router.get("/slots", response_model=Page[SlotOut], responses=documented())
def list_slots(
    *,
    session: SessionDep,
    staff: CatalogueReader,
    activity_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[SlotOut]:
    found = catalogue.slots(
        session, staff.municipality_id, activity_id=activity_id, after=after, limit=limit
    )
    items = [SlotOut.model_validate(slot) for slot in found]
    return page_of(items, limit)


@router.post("/slots", response_model=SlotOut, status_code=201, responses=documented(Kind.MISSING))
def create_slot(
    body: SlotIn, session: SessionDep, staff: CatalogueWriter, response: Response
) -> SlotOut:
    """Add a slot: with times as in a file's schedule, or without: by arrangement."""
    slot = actions.add_slot(
        session, staff, body.activity_id, item=item_in(body), capacity=body.capacity
    )
    return _shown(slot, response)


@router.get("/slots/{slot_id}", response_model=SlotOut, responses=documented(Kind.MISSING))
def read_slot(
    slot_id: UUID, session: SessionDep, staff: CatalogueReader, response: Response
) -> SlotOut:
    return _shown(actions.entry(session, staff, Slot, slot_id), response)


@router.patch(
    "/slots/{slot_id}",
    response_model=SlotOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.UNSEEN, Kind.STALE),
)
def change_slot(
    *,
    slot_id: UUID,
    body: SlotChangeIn,
    session: SessionDep,
    staff: CatalogueWriter,
    seen: SeenVersion,
    response: Response,
) -> SlotOut:
    """Change how many a slot takes, if nobody changed it since it was seen."""
    with both_shown(session, body, lambda: read_slot(slot_id, session, staff, response)):
        slot = actions.amend_slot(session, staff, slot_id, capacity=body.capacity, seen=seen)
    return _shown(slot, response)


def _shown(slot: Slot, response: Response) -> SlotOut:
    tag(response, slot.version)
    return SlotOut.model_validate(slot)
