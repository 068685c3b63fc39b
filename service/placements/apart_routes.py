"""Endpoints of people who are kept apart; who may see only one of them is told nothing."""

from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session

from service.accounts.access import PeopleReader, PeopleWriter
from service.clock import Moment
from service.database import SessionDep
from service.persons.apart import actions
from service.persons.apart.actions import other_of
from service.persons.tables import KeepApart
from service.placements.apart_schemas import ApartIn, ApartList, ApartOut
from service.placements.repository import slots_shared
from service.refusals import Kind
from service.web.once import Once
from service.web.problems import documented

router = APIRouter(
    route_class=Once, prefix="/api/v1/people/{person_id}/keep-apart", tags=["keep-apart"]
)


@router.get("", response_model=ApartList, responses=documented(Kind.MISSING))
def list_pairs(person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> ApartList:
    """Say from whom somebody is kept apart and why, as far as the caller may see both."""
    found = actions.pairs_of(session, staff, person_id, at=at)
    return ApartList(items=[_told(session, pair, person_id) for pair in found])


@router.post(
    "",
    response_model=ApartOut,
    status_code=201,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def keep_apart(
    person_id: UUID, body: ApartIn, session: SessionDep, staff: PeopleWriter, at: Moment
) -> ApartOut:
    """Never place these two in the same slot again."""
    pair = actions.keep_apart(session, staff, person_id, body.other_id, reason=body.reason, at=at)
    return _told(session, pair, person_id)


@router.post(
    "/{pair_id}/end", response_model=None, status_code=204, responses=documented(Kind.MISSING)
)
def end_pair(
    person_id: UUID, pair_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> None:
    """Let two people meet again."""
    actions.end(session, staff, person_id, pair_id, at=at)


def _told(session: Session, pair: KeepApart, person_id: UUID) -> ApartOut:
    return ApartOut(
        id=pair.id,
        other_id=other_of(pair, person_id),
        reason=pair.reason,
        recorded_at=pair.recorded_at,
        recorded_by=pair.recorded_by,
        together=slots_shared(session, pair.person_id, pair.other_id),
    )
