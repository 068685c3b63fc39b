"""Hand-over endpoints: of one person by those who see them, of all by those who see nobody."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Text
from service.accounts.access import AccountManager, PeopleReader, PeopleWriter
from service.accounts.actions import require_step_up
from service.accounts.tables import Account
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.persons.actions import person_for
from service.placements import handing
from service.refusals import Kind
from service.web.once import Once
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1", tags=["hand-over"])
# Whom an account has can be given away once: to ask again moves nobody.
all_at_once = APIRouter(prefix="/api/v1", tags=["hand-over"])


class HandOverIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    to: UUID
    note: Annotated[Text, Field(max_length=1000)] = ""


class HandOverAllIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    before: UUID
    to: UUID
    message: Annotated[Text, Field(max_length=500)] = Field(
        default="", description="For the colleague; who writes it sees nobody, so about nobody."
    )


class HandedOverOut(BaseModel):
    people: int
    placements: int


class ReceivedOut(BaseModel):
    """What the caller was given all at once, with the word that came along."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    before_id: UUID
    people: int
    placements: int
    message: str
    handed_at: datetime
    handed_by: UUID


class ReceivedList(BaseModel):
    items: list[ReceivedOut]


class HandedOut(BaseModel):
    """One change of worker of one person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    before_id: UUID
    to_id: UUID
    note: str
    handed_at: datetime
    handed_by: UUID


class HandedList(BaseModel):
    items: list[HandedOut]


class ColleagueOut(BaseModel):
    id: UUID
    display_name: str

    @classmethod
    def of(cls, account: Account) -> "ColleagueOut":
        return cls(id=account.id, display_name=account.display_name)


@router.get("/colleagues", response_model=list[ColleagueOut], responses=documented())
def list_colleagues(session: SessionDep, staff: PeopleReader) -> list[ColleagueOut]:
    """Say to whom people may be handed over."""
    return [ColleagueOut.of(account) for account in handing.colleagues(session, staff)]


@router.post(
    "/people/{person_id}/hand-over",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def hand_over(
    person_id: UUID, body: HandOverIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> None:
    """Give a person another worker; afterwards the caller may not see them any more."""
    handing.hand_over(session, staff, person_id, body.to, at=at, note=body.note)


@router.get(
    "/people/{person_id}/hand-over", response_model=HandedList, responses=documented(Kind.MISSING)
)
def list_handed(
    person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> HandedList:
    """Say how a person came from one worker to the next, with what was said."""
    person_for(session, staff, person_id, act=Act.READ, resource=handing.RESOURCE, at=at)
    found = handing.handed_of(session, person_id)
    return HandedList(items=[HandedOut.model_validate(each) for each in found])


@all_at_once.get("/hand-overs", response_model=ReceivedList, responses=documented())
def list_received(session: SessionDep, staff: PeopleReader) -> ReceivedList:
    """Say what the caller was given all at once, and the word that came along."""
    found = handing.received(session, staff)
    return ReceivedList(items=[ReceivedOut.model_validate(each) for each in found])


@all_at_once.post("/hand-overs", response_model=HandedOverOut, responses=documented(Kind.MISSING))
def hand_over_all(
    body: HandOverAllIn, session: SessionDep, staff: AccountManager, at: Moment
) -> HandedOverOut:
    """Give everybody whom one account has to another; only their number is told."""
    require_step_up(staff, at)
    handed = handing.hand_over_all(session, staff, **body.model_dump(), at=at)
    return HandedOverOut(people=handed.people, placements=handed.placements)
