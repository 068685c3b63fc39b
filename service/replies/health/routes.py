"""How hosts fare, over HTTP: each with why it stands there and what to do."""

from datetime import date
from typing import Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.accounts.access import PeopleReader
from service.clock import Moment
from service.database import SessionDep
from service.placements.access import Office
from service.replies.health.matters import Faring, Health, Matter
from service.replies.health.repository import health
from service.replies.health.words import MATTER_ENGLISH, MATTER_TODO, MATTER_WORDS
from service.web.paging import After, Limit, page_of
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["replies"])


class MatterOut(BaseModel):
    code: Matter
    ja: str
    todo: str
    en: str


class FaringOut(BaseModel):
    id: UUID
    name: str
    telephone: str
    last_asked_on: date | None
    asked_lately: int = Field(description="How often within the last 30 days.")
    confirmed_on: date | None
    resting_until: date | None
    max_people: int | None
    matters: list[MatterOut]

    @classmethod
    def of(cls, row: Faring) -> Self:
        own = {"asked_lately", "matters"}
        matters = [
            MatterOut(code=m, ja=MATTER_WORDS[m], todo=MATTER_TODO[m], en=MATTER_ENGLISH[m])
            for m in row.matters
        ]
        told = {name: getattr(row.host, name) for name in set(cls.model_fields) - own}
        return cls(**told, asked_lately=row.asked_lately, matters=matters)


class MatterCountOut(BaseModel):
    code: Matter
    hosts: int


class HealthOut(BaseModel):
    """Hosts that something is to be seen to at; counts are over all, not over this page."""

    items: list[FaringOut]
    next: UUID | None
    total: int
    by_matter: list[MatterCountOut]

    @classmethod
    def of(cls, found: Health, limit: int) -> Self:
        page = page_of([FaringOut.of(row) for row in found.rows], limit)
        counts = [
            MatterCountOut(code=code, hosts=number) for code, number in found.by_matter.items()
        ]
        return cls(items=page.items, next=page.next, total=found.total, by_matter=counts)


@router.get("/host-health", response_model=HealthOut, responses=documented())
def read_host_health(
    *,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    office: Office,
    matter: Matter | None = None,
    after: After = None,
    limit: Limit = 50,
) -> HealthOut:
    """List hosts that were asked too often or never, are unconfirmed, or rest."""
    found = health(
        session, staff, at=at, often=office.asked_often, matter=matter, after=after, limit=limit
    )
    return HealthOut.of(found, limit)
