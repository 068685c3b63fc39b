"""Endpoints of what a person's file holds: dated assessments and consents."""

from uuid import UUID

from fastapi import APIRouter

from catalogue.tables import Host
from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.database import SessionDep
from service.hosts.actions import entry
from service.persons import actions
from service.persons.picture import Picture
from service.persons.schemas import (
    AssessmentIn,
    AssessmentOut,
    ConsentIn,
    ConsentOut,
    WithdrawalIn,
    picture_in,
)
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import Page
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/{person_id}")


@router.post(
    "/assessments",
    response_model=AssessmentOut,
    status_code=201,
    responses=documented(Kind.MISSING),
)
def create_assessment(
    person_id: UUID, body: AssessmentIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> AssessmentOut:
    """Add a dated picture. It never overwrites the last; what is left out is unknown."""
    picture = picture_in(body) or Picture()
    taken_on = body.taken_on
    assessment = actions.assess(session, staff, person_id, picture, taken_on=taken_on, at=at)
    return AssessmentOut.of(assessment)


@router.get("/assessments", response_model=Page[AssessmentOut], responses=documented(Kind.MISSING))
def list_assessments(
    person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> Page[AssessmentOut]:
    """List every assessment, the newest first."""
    found = actions.assessments_of(session, staff, person_id, at=at)
    return Page(items=[AssessmentOut.of(assessment) for assessment in found])


@router.get("/assessments/latest", response_model=AssessmentOut, responses=documented(Kind.MISSING))
def read_latest_assessment(
    person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> AssessmentOut:
    found = actions.assessment_for(session, staff, person_id, None, at=at)
    return AssessmentOut.of(found)


@router.get(
    "/assessments/{assessment_id}",
    response_model=AssessmentOut,
    responses=documented(Kind.MISSING),
)
def read_assessment(
    person_id: UUID, assessment_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> AssessmentOut:
    found = actions.assessment_for(session, staff, person_id, assessment_id, at=at)
    return AssessmentOut.of(found)


@router.post(
    "/consents", response_model=ConsentOut, status_code=201, responses=documented(Kind.MISSING)
)
def create_consent(
    person_id: UUID, body: ConsentIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> ConsentOut:
    if body.host_id is not None:
        entry(session, staff, Host, body.host_id)
    given = body.model_dump()
    consent = actions.keep_consent(session, staff, person_id, given, at=at)
    return ConsentOut.model_validate(consent)


@router.get("/consents", response_model=Page[ConsentOut], responses=documented(Kind.MISSING))
def list_consents(
    person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> Page[ConsentOut]:
    """List every consent, the newest first; those withdrawn as well."""
    found = actions.consents_of(session, staff, person_id, at=at)
    return Page(items=[ConsentOut.model_validate(consent) for consent in found])


@router.post(
    "/consents/{consent_id}/narrowing",
    response_model=ConsentOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def narrow_consent(
    *,
    person_id: UUID,
    consent_id: UUID,
    body: ConsentIn,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> ConsentOut:
    """Replace a consent by a narrower one at once; the purpose stays the one agreed to."""
    if body.host_id is not None:
        entry(session, staff, Host, body.host_id)
    given = body.model_dump()
    consent = actions.narrow_consent(session, staff, person_id, consent_id, given, at=at)
    return ConsentOut.model_validate(consent)


@router.post(
    "/consents/{consent_id}/withdrawal",
    response_model=ConsentOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def withdraw_consent(
    *,
    person_id: UUID,
    consent_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    body: WithdrawalIn | None = None,
) -> ConsentOut:
    """End a consent from today or an earlier day on; it stays written down."""
    on = body.withdrawn_on if body else None
    consent = actions.withdraw_consent(session, staff, person_id, consent_id, on=on, at=at)
    return ConsentOut.model_validate(consent)
