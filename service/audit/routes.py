"""The audit over HTTP, for the auditor: who looked at whom, when and why; never what they saw."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from catalogue.terms.values import Line
from service.accounts.access import AuditReader
from service.audit import exporting, probing, reading
from service.audit.repository import Span
from service.audit.schemas import AccessOut, AccessPage, ProbingList, ProbingOut
from service.clock import Moment
from service.database import SessionDep
from service.web.paging import Limit
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])


@router.get("/accesses", response_model=AccessPage, responses=documented())
def list_accesses(
    *,
    session: SessionDep,
    staff: AuditReader,
    at: Moment,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to", description="up to, not with")] = None,
    person_id: UUID | None = None,
    account_id: UUID | None = None,
    resource: Annotated[Line | None, Query(max_length=64)] = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="seq of the last line")] = 0,
    limit: Limit = 50,
) -> AccessPage:
    """Return lines in the order in which they were written; the look itself is one of them."""
    span = Span(
        municipality_id=staff.municipality_id,
        since=since,
        until=until,
        person_id=person_id,
        account_id=account_id,
        resource=resource,
    )
    found = reading.look_through(session, staff, span, after=after, limit=limit, at=at)
    items = [AccessOut.model_validate(dict(line)) for line in found]
    return AccessPage(items=items, next=items[-1].seq if len(items) == limit else None)


@router.get("/probing", response_model=ProbingList, responses=documented())
def list_probing(session: SessionDep, staff: AuditReader, at: Moment) -> ProbingList:
    """Return who asked often in a week for what is absent or hidden from them."""
    found = probing.probing(session, staff.municipality_id, at=at)
    return ProbingList(items=[ProbingOut(account_id=each, times=times) for each, times in found])


@router.get("/exports-of-many", response_model=ProbingList, responses=documented())
def list_exports_of_many(session: SessionDep, staff: AuditReader, at: Moment) -> ProbingList:
    """Return who put more than fifty people into one file within thirty days, and how often."""
    found = exporting.of_many(session, staff.municipality_id, at=at)
    return ProbingList(items=[ProbingOut(account_id=each, times=times) for each, times in found])
