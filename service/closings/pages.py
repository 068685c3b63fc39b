"""The page that is read before a consent is withdrawn."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.accounts.access import PeopleWriter
from service.audit.tables import Act
from service.clock import Moment
from service.closings import actions
from service.closings.words import withdrawal_lines
from service.database import SessionDep
from service.persons.actions import CONSENT, person_for
from service.web.pages import render

router = APIRouter()


@router.get("/people/{person_id}/consents/{consent_id}/withdrawal")
def show_withdrawal(
    *,
    request: Request,
    person_id: UUID,
    consent_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> HTMLResponse:
    found = actions.withdrawal(session, staff, person_id, consent_id, at=at)
    return render(
        request,
        "closings/withdrawal.html",
        staff=staff,
        section="people",
        person=person_for(session, staff, person_id, act=Act.READ, resource=CONSENT, at=at),
        consent_id=consent_id,
        lines=withdrawal_lines(found),
    )
