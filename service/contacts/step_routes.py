"""The endpoint of the step that may be proposed, and of the one back that is always open."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.accounts.access import PeopleReader
from service.clock import Moment
from service.contacts import stepping
from service.database import SessionDep
from service.languages.ours import english_of, say
from service.placements.steps import Dimension, NotNow
from service.placements.words import STEP_WORDS
from service.refusals import Kind
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/placements", tags=["placements"])


class NextStepOut(BaseModel):
    """What may be proposed, in words with the values; it is never applied by itself."""

    dimension: Dimension | None = None
    now: str = Field(default="", description="What is agreed.")
    then: str = Field(default="", description="One step on.")
    minutes: int | None = Field(default=None, description="The minutes to send with step_up.")
    words: str = ""
    sentence: str = ""
    not_now: NotNow | None = Field(default=None, description="Why nothing is proposed.")
    back_minutes: int | None = Field(default=None, description="One step back, always open.")


@router.get("/{placement_id}/step", response_model=NextStepOut, responses=documented(Kind.MISSING))
def read_step(
    placement_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> NextStepOut:
    """Say which one step up may be proposed now, or why none; and how far a step back goes."""
    found = stepping.read_step(session, staff, placement_id, at=at)
    if isinstance(found.up, NotNow):
        return NextStepOut(not_now=found.up, back_minutes=found.back)
    known = {"now": found.up.now, "then": found.up.then}
    said = say(STEP_WORDS[found.up.dimension], **known)
    return NextStepOut(
        dimension=found.up.dimension,
        **known,
        minutes=found.up.minutes,
        words=said,
        sentence=english_of(said),
        back_minutes=found.back,
    )
