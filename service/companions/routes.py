"""Endpoints of companions and lifts."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment, Today
from service.companions import actions, repository
from service.companions.schemas import AidChangeIn, AidDayOut, AidIn, AidOut, DayOffIn, columns
from service.companions.tables import Aid
from service.database import SessionDep
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter(route_class=Once, prefix="/api/v1/aids", tags=["companions"])


@router.get("", response_model=Page[AidOut], responses=documented())
def list_aids(
    session: SessionDep, staff: PeopleReader, after: After = None, limit: Limit = 50
) -> Page[AidOut]:
    found = repository.listed(session, staff.municipality_id, after=after, limit=limit)
    return page_of([AidOut.of(aid) for aid in found], limit)


@router.post("", response_model=AidOut, status_code=201, responses=documented())
def create_aid(body: AidIn, session: SessionDep, staff: PeopleWriter, response: Response) -> AidOut:
    """Write down who comes along, or which car drives, and on which days."""
    return _shown(actions.add_aid(session, staff, columns(body)), response)


@router.get("/{aid_id}", response_model=AidOut, responses=documented(Kind.MISSING))
def read_aid(aid_id: UUID, session: SessionDep, staff: PeopleReader, response: Response) -> AidOut:
    return _shown(actions.aid_for(session, staff, aid_id), response)


@router.patch(
    "/{aid_id}",
    response_model=AidOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.UNSEEN, Kind.STALE),
)
def change_aid(
    *,
    aid_id: UUID,
    body: AidChangeIn,
    session: SessionDep,
    staff: PeopleWriter,
    seen: SeenVersion,
    response: Response,
) -> AidOut:
    """Change what is given and leave the rest, if nobody changed it since it was seen."""
    with both_shown(session, body, lambda: read_aid(aid_id, session, staff, response)):
        aid = actions.amend_aid(session, staff, aid_id, columns(body), seen=seen)
    return _shown(aid, response)


@router.get("/{aid_id}/days", response_model=list[AidDayOut], responses=documented(Kind.MISSING))
def list_days(
    aid_id: UUID, session: SessionDep, staff: PeopleReader, today: Today
) -> list[AidDayOut]:
    """List the coming days: how many each takes, and how many are kept already."""
    aid = actions.aid_for(session, staff, aid_id)
    return [AidDayOut.of(day) for day in actions.diary(session, [aid], first=today)[aid.id]]


@router.post("/{aid_id}/days-off", response_model=AidDayOut, responses=documented(Kind.MISSING))
def call_day_off(
    aid_id: UUID, body: DayOffIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> AidDayOut:
    """Call a day off; whoever it was kept for is asked about at the top of the queue."""
    return AidDayOut.of(actions.call_off(session, staff, aid_id, body.day, at=at))


def _shown(aid: Aid, response: Response) -> AidOut:
    tag(response, aid.version)
    return AidOut.of(aid)
