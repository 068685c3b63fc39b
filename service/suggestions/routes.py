"""Suggestion endpoints."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.accounts.access import PeopleReader
from service.clock import Moment, Today
from service.database import SessionDep
from service.refusals import Kind
from service.suggestions import actions
from service.suggestions.access import History, KnownIndexes, UsualLimit
from service.suggestions.schemas import SuggestionIn, SuggestionsOut, of_profile, of_round, written
from service.suggestions.telling import Told
from service.web.once import Once
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/suggestions", tags=["suggestions"])


@router.post(
    "",
    response_model=SuggestionsOut,
    status_code=201,
    responses=documented(Kind.MISSING)
    | {200: {"description": "somebody described: nothing is kept", "model": SuggestionsOut}},
)
def create_suggestions(
    *,
    body: SuggestionIn,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    indexes: KnownIndexes,
    history: History,
    usual: UsualLimit,
) -> Response:
    """Say what would fit somebody now, and why. For a stored person the answer is kept."""
    as_of, limit = body.as_of or today, body.limit or usual
    if body.profile is not None:
        answer, revision = actions.suggest_for(
            session,
            staff,
            body.profile.portrait(as_of=as_of),
            indexes=indexes,
            limit=limit,
            as_of=as_of,
            misses=body.misses,
        )
        return _shown(of_profile(answer, as_of=as_of, revision=revision), 200)
    assert body.person_id is not None
    kept = actions.suggest(
        session,
        staff,
        body.person_id,
        indexes=indexes,
        history=history,
        limit=limit,
        as_of=as_of,
        at=at,
        misses=body.misses,
    )
    return _shown(of_round(kept), 201)


@router.get(
    "/{round_id}",
    response_model=SuggestionsOut,
    responses=documented(Kind.MISSING),
)
def read_suggestions(
    round_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> Response:
    """Show what was proposed then, as it was computed then."""
    return _shown(of_round(actions.read_round(session, staff, round_id, at=at)), 200)


def _shown(told: Told, status: int) -> Response:
    return Response(written(told), status, media_type="application/json")
