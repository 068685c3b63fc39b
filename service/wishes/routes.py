"""Wish endpoints."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Facts, Text
from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment, Today
from service.database import SessionDep
from service.refusals import Kind
from service.web.once import Once
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented
from service.wishes import actions
from service.wishes.tables import Wish

router = APIRouter(route_class=Once, prefix="/api/v1/wishes", tags=["wishes"])


class WishIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    person_id: UUID
    own_words: Text = Field(min_length=1, max_length=1000)
    failed_on: list[Facts] = Field(default_factory=list, max_length=50)


class WishOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    area_id: UUID
    own_words: str
    failed_on: list[dict[str, Any]]
    wished_on: date


@router.post("", response_model=WishOut, status_code=201, responses=documented(Kind.MISSING))
def create_wish(
    body: WishIn, session: SessionDep, staff: PeopleWriter, today: Today, at: Moment
) -> Wish:
    return actions.keep_wish(
        session,
        staff,
        body.person_id,
        own_words=body.own_words,
        failed_on=body.failed_on,
        on=today,
        at=at,
    )


@router.get("", response_model=Page[WishOut], responses=documented())
def list_wishes(
    session: SessionDep, staff: PeopleReader, at: Moment, after: After = None, limit: Limit = 50
) -> Page[WishOut]:
    found = actions.list_wishes(session, staff, after=after, limit=limit, at=at)
    items = [WishOut.model_validate(wish) for wish in found]
    return page_of(items, limit)


@router.get("/{wish_id}", response_model=WishOut, responses=documented(Kind.MISSING))
def read_wish(wish_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> Wish:
    return actions.read_wish(session, staff, wish_id, at=at)
