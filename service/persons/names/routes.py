"""Endpoints of names: kept apart from what is known of a person, sealed, found by any spelling."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.database import SessionDep
from service.hosts.repository import areas_by_id
from service.persons.name import Name
from service.persons.names import actions as naming
from service.persons.names.schemas import FoundOut, NameIn, NameOut, SearchIn
from service.refusals import Kind
from service.web.paging import Page
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter()


@router.post("/search", response_model=Page[FoundOut], responses=documented())
def search_people(
    body: SearchIn, session: SessionDep, staff: PeopleReader, at: Moment
) -> Page[FoundOut]:
    """Find people by code, name, reading or telephone number; at most 50, whoever is visible."""
    areas = areas_by_id(session, staff.municipality_id)
    found = naming.search(session, staff, body.text, at=at)
    told = {"called", "family", "given", "kana"}
    items = [
        FoundOut(
            id=each.person_id,
            code=each.code,
            area=areas[each.area_id].ref,
            **each.name.model_dump(include=told),
        )
        for each in found
    ]
    return Page(items=items)


@router.get("/{person_id}/name", response_model=NameOut, responses=documented(Kind.MISSING))
def read_name(
    person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment, response: Response
) -> NameOut:
    """Give a person's name; an empty one where none was ever kept."""
    return _told(naming.name_of(session, staff, person_id, at=at), response)


@router.put(
    "/{person_id}/name",
    response_model=NameOut,
    responses=documented(Kind.MISSING, Kind.UNSEEN, Kind.STALE),
)
def keep_name(
    *,
    person_id: UUID,
    body: NameIn,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    seen: SeenVersion,
    response: Response,
) -> NameOut:
    """Keep a name in the place of the last one, if nobody changed it since it was seen."""
    name = Name.model_validate(body.model_dump())
    with both_shown(session, body, lambda: read_name(person_id, session, staff, at, response)):
        kept = naming.keep_name(session, staff, person_id, name, at=at, seen=seen)
    return _told(kept, response)


def _told(kept: naming.Kept, response: Response) -> NameOut:
    tag(response, kept.version)
    return NameOut(**kept.name.model_dump(), version=kept.version)
