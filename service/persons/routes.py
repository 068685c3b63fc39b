"""People endpoints; assessments and consents stand in a module of their own."""

from uuid import UUID

from fastapi import APIRouter, Response

from catalogue.terms.values import Line
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.hosts.actions import area_named
from service.hosts.repository import areas_by_id
from service.persons import access_log_routes, actions, files
from service.persons.names.routes import router as names
from service.persons.schemas import (
    KNOWN,
    AssessmentOut,
    PersonChangeIn,
    PersonDetail,
    PersonIn,
    PersonOut,
    picture_in,
)
from service.persons.tables import Person
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter(route_class=Once, prefix="/api/v1/people", tags=["people"])


@router.get("", response_model=Page[PersonOut], responses=documented(Kind.MISSING))
def list_people(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    area: Line | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[PersonOut]:
    area_id = area_named(session, staff, area).id if area else None
    found = actions.list_people(session, staff, area_id=area_id, after=after, limit=limit, at=at)
    areas = areas_by_id(session, staff.municipality_id)
    items = [PersonOut.of(person, areas) for person in found]
    return page_of(items, limit)


@router.post(
    "",
    response_model=PersonDetail,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def create_person(
    body: PersonIn, session: SessionDep, staff: PeopleWriter, at: Moment, response: Response
) -> PersonDetail:
    """Write down somebody new; what is said of their wishes becomes the first assessment."""
    person = actions.register(
        session,
        staff,
        area=area_named(session, staff, body.area),
        at=at,
        picture=picture_in(body),
        taken_on=body.taken_on,
        consent=body.consent.model_dump() if body.consent else None,
        **body.model_dump(include=KNOWN),
    )
    return _detail(session, staff, person, response)


@router.get("/{person_id}", response_model=PersonDetail, responses=documented(Kind.MISSING))
def read_person(
    person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment, response: Response
) -> PersonDetail:
    person = actions.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.PERSON, at=at
    )
    return _detail(session, staff, person, response)


@router.patch(
    "/{person_id}",
    response_model=PersonDetail,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.UNSEEN, Kind.STALE),
)
def change_person(
    *,
    person_id: UUID,
    body: PersonChangeIn,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    seen: SeenVersion,
    response: Response,
) -> PersonDetail:
    """Change what is given and leave the rest, if nobody changed it since it was seen."""
    changes = body.model_dump(exclude_unset=True)
    if "area" in changes:
        changes["area_id"] = area_named(session, staff, changes.pop("area")).id
    with both_shown(session, body, lambda: read_person(person_id, session, staff, at, response)):
        person = actions.amend(session, staff, person_id, changes, at=at, seen=seen)
    return _detail(session, staff, person, response)


def _detail(session: SessionDep, staff: Staff, person: Person, response: Response) -> PersonDetail:
    tag(response, person.version)
    latest = actions.latest_assessment(session, person.id)
    known = PersonOut.of(person, areas_by_id(session, staff.municipality_id))
    assessment = AssessmentOut.of(latest) if latest else None
    return PersonDetail(**known.model_dump(), assessment=assessment)


router.include_router(names)
router.include_router(files.router)
router.include_router(access_log_routes.router)
