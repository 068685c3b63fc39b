"""Emergency endpoints: open one, and look through them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms import Ref
from catalogue.terms.values import Text
from service.accounts.access import AuditReader, EmergencyReader
from service.clock import Moment
from service.database import SessionDep
from service.persons.emergencies import actions
from service.persons.emergencies.actions import LONGEST_REASON, SHORTEST_REASON
from service.persons.tables import EmergencyAccess
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/emergency-accesses", tags=["emergencies"])


class EmergencyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Ref
    reason: Annotated[Text, Field(min_length=SHORTEST_REASON, max_length=LONGEST_REASON)]


class EmergencyOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    opened_at: datetime
    until: datetime


class EmergencySeenOut(EmergencyOut):
    """What an auditor is told: who, whom, when; why is said in words about the person."""

    account_id: UUID
    display_name: str

    @classmethod
    def of(cls, opened: EmergencyAccess, name: str) -> "EmergencySeenOut":
        known = EmergencyOut.model_validate(opened).model_dump()
        return cls(**known, account_id=opened.account_id, display_name=name)


@router.post("", response_model=EmergencyOut, status_code=201, responses=documented(Kind.MISSING))
def open_in_emergency(
    body: EmergencyIn, session: SessionDep, staff: EmergencyReader, at: Moment
) -> EmergencyAccess:
    """Read anybody for four hours; their worker, coordinators and auditors are told at once."""
    return actions.open_in_emergency(session, staff, body.code, body.reason, at=at)


@router.get("", response_model=Page[EmergencySeenOut], responses=documented())
def list_emergencies(
    session: SessionDep, staff: AuditReader, after: After = None, limit: Limit = 50
) -> Page[EmergencySeenOut]:
    found = actions.list_opened(session, staff, after=after, limit=limit)
    return page_of([EmergencySeenOut.of(*row) for row in found], limit)
