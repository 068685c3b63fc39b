"""Suggestion endpoints."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.accounts.access import PeopleReader
from service.clock import Moment, Today
from service.database import SessionDep
from service.refusals import Kind
from service.suggestions import actions
from service.suggestions.access import History, KnownIndexes, UsualLimit
from service.suggestions.schemas import SuggestionIn, SuggestionsOut
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/suggestions", tags=["suggestions"])


@router.post(
    "",
    response_model=SuggestionsOut,
    response_model_exclude_unset=True,
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
    response: Response,
) -> SuggestionsOut:
    """Say what would fit somebody now, and why. For a stored person the answer is kept."""
    as_of, limit = body.as_of or today, body.limit or usual
    if body.profile is not None:
        response.status_code = 200
        answer, revision = actions.suggest_for(
            session,
            staff,
            body.profile.portrait(as_of=as_of),
            indexes=indexes,
            limit=limit,
            as_of=as_of,
        )
        return SuggestionsOut.of_profile(answer, as_of=as_of, revision=revision)
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
    )
    return SuggestionsOut.of(kept)


@router.get(
    "/{round_id}",
    response_model=SuggestionsOut,
    response_model_exclude_unset=True,
    responses=documented(Kind.MISSING),
)
def read_suggestions(
    round_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> SuggestionsOut:
    """Show what was proposed then, as it was computed then."""
    return SuggestionsOut.of(actions.read_round(session, staff, round_id, at=at))
