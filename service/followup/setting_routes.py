"""The office's rhythm over HTTP: its figures, their bounds, closures, and what a change does."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms import Day
from catalogue.terms.values import Line, Text
from service.accounts.access import FollowUpWorker, RhythmSetter
from service.clock import Moment
from service.database import SessionDep
from service.followup import setting
from service.followup.bounds import BOUNDS, SERVED
from service.followup.cadence import Occasion
from service.followup.schemas import CountsOut
from service.followup.tables import CadenceVersion, Closure
from service.placements.lifecycle import Side
from service.refusals import Kind
from service.web.once import Once
from service.web.problems import documented

router = APIRouter(route_class=Once, prefix="/api/v1/follow-up-settings", tags=["follow-ups"])

Days = Annotated[int, Field(ge=-400, le=400)]
Windows = Annotated[list[tuple[Days, Days, Days]], Field(max_length=12)]
Lines = dict[Occasion, dict[Side, Windows]]


class LinesIn(BaseModel):
    """Every line with its windows: no sooner than, aimed at, no later than, in days."""

    model_config = ConfigDict(extra="forbid")

    lines: Lines


class RhythmIn(LinesIn):
    based_on: int = Field(ge=0, le=10**6, description="The version that was seen; 0: the standard.")
    effective_on: Day
    note: Text = Field(default="", max_length=500)


class ClosureIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    first_on: Day
    last_on: Day
    name: Annotated[Line, Field(max_length=100)] = ""


class ClosureOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    first_on: date
    last_on: date
    name: str


class RangeOut(BaseModel):
    """How far a side's windows may be set."""

    occasion: Occasion
    side: Side
    soonest: int
    latest: int


class RhythmOut(BaseModel):
    """The figures that were set last, and from when they hold; version 0 is the standard."""

    version: int
    effective_on: date | None
    recorded_at: datetime | None
    note: str
    lines: Lines
    closures: list[ClosureOut]
    bounds: list[RangeOut]

    @classmethod
    def of(cls, last: CadenceVersion | None, closures: list[Closure]) -> Self:
        return cls(
            version=last.version if last else 0,
            effective_on=last.effective_on if last else None,
            recorded_at=last.recorded_at if last else None,
            note=last.note if last else "",
            lines=_told(setting.lines_in(last)),
            closures=[ClosureOut.model_validate(each) for each in closures],
            bounds=[
                RangeOut(occasion=occasion, side=side, soonest=kept.soonest, latest=kept.latest)
                for (occasion, side), kept in BOUNDS.items()
            ],
        )


def _told(lines: Any) -> Lines:
    return {
        occasion: {side: list(sides[side]) for side in SERVED if side in sides}
        for occasion, sides in lines.items()
    }


class EffectOut(BaseModel):
    """Today's queue now and under the change; what would stand there sooner or later."""

    model_config = ConfigDict(from_attributes=True)

    now: CountsOut
    then: CountsOut
    appearing: int
    leaving: int
    sooner: int
    later: int


@router.get("", response_model=RhythmOut, responses=documented())
def read_settings(*, session: SessionDep, staff: FollowUpWorker) -> RhythmOut:
    """Return the office's rhythm with the bounds of each figure, and its closures."""
    closures = list(setting.closures(session, staff))
    return RhythmOut.of(setting.current(session, staff), closures)


@router.post("", response_model=RhythmOut, status_code=201, responses=documented(Kind.CONFLICT))
def set_rhythm(
    *, body: RhythmIn, session: SessionDep, staff: RhythmSetter, at: Moment
) -> RhythmOut:
    """Set figures from a day on; the versions before stay written down."""
    version = setting.set_lines(
        session,
        staff,
        body.lines,
        based_on=body.based_on,
        effective_on=body.effective_on,
        note=body.note,
        at=at,
    )
    return RhythmOut.of(version, list(setting.closures(session, staff)))


@router.post("/preview", response_model=EffectOut, responses=documented())
def preview(*, body: LinesIn, session: SessionDep, staff: RhythmSetter, at: Moment) -> EffectOut:
    """Say what figures would do to today's queue; nothing is set."""
    return EffectOut.model_validate(setting.effect(session, staff, body.lines, at=at))


@router.post("/closures", response_model=ClosureOut, status_code=201, responses=documented())
def create_closure(
    *, body: ClosureIn, session: SessionDep, staff: RhythmSetter, at: Moment
) -> Closure:
    """Close the office on some days, beside weekends, public holidays and the turn of the year."""
    return setting.close_office(
        session, staff, first_on=body.first_on, last_on=body.last_on, name=body.name, at=at
    )


@router.delete(
    "/closures/{closure_id}",
    status_code=204,
    response_model=None,
    responses=documented(Kind.MISSING),
)
def delete_closure(
    *, closure_id: UUID, session: SessionDep, staff: RhythmSetter, at: Moment
) -> None:
    """Take a closure back."""
    setting.open_again(session, staff, closure_id, at=at)
