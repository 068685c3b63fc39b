"""Hand-over endpoints: of one person by those who see them, of all by those who see nobody."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from service.accounts.access import AccountManager, PeopleReader, PeopleWriter
from service.accounts.actions import require_step_up
from service.accounts.tables import Account
from service.clock import Moment
from service.database import SessionDep
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


class HandOverAllIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    before: UUID
    to: UUID


class HandedOverOut(BaseModel):
    people: int


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
    handing.hand_over(session, staff, person_id, body.to, at=at)


@all_at_once.post("/hand-overs", response_model=HandedOverOut, responses=documented(Kind.MISSING))
def hand_over_all(
    body: HandOverAllIn, session: SessionDep, staff: AccountManager, at: Moment
) -> HandedOverOut:
    """Give everybody whom one account has to another; only their number is told."""
    require_step_up(staff, at)
    moved = handing.hand_over_all(session, staff, before=body.before, to=body.to, at=at)
    return HandedOverOut(people=moved)
