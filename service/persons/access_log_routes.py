"""The access log over HTTP, for programs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from service.accounts.access import PeopleReader
from service.audit.rules import Act
from service.clock import Moment
from service.database import SessionDep
from service.persons.access_log import access_log
from service.refusals import Kind
from service.web.paging import Limit
from service.web.problems import documented

router = APIRouter()


class LookOut(BaseModel):
    """One look, in the words in which it is told to the person."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    at: datetime
    name: str
    role: str
    act: str
    resource: str
    purpose: str
    basis: str


class LookPage(BaseModel):
    items: list[LookOut]
    next: int | None = None


@router.get("/{person_id}/access-log", response_model=LookPage, responses=documented(Kind.MISSING))
def list_access_log(
    *,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="seq of the last look")] = 0,
    limit: Limit = 50,
) -> LookPage:
    """Return who looked at a person, when and why; for the worker whom the person has."""
    _, found = access_log(
        session, staff, person_id, act=Act.EXPORT, at=at, after=after, limit=limit
    )
    items = [LookOut.model_validate(line) for line in found]
    return LookPage(items=items, next=items[-1].seq if len(items) == limit else None)
