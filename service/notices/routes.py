"""What one is told outside of the screen, over HTTP: one's own choices alone."""

from fastapi import APIRouter, Request

from service.accounts.access import Oneself
from service.clock import Moment
from service.database import SessionDep
from service.notices import actions, feeds
from service.notices.schemas import (
    AddressIn,
    ChoicesOut,
    FeedOut,
    MadeFeedOut,
    SwitchIn,
)
from service.outbox.rules import Notice
from service.refusals import Kind
from service.web.problems import documented

router = APIRouter(prefix="/api/v1/me", tags=["notices"])


@router.get("/notices", response_model=ChoicesOut, responses=documented())
def read_choices(session: SessionDep, staff: Oneself) -> ChoicesOut:
    """Say where the caller gets mail and what about."""
    return ChoicesOut.of(actions.choices(session, staff))


@router.put(
    "/notices/mail", response_model=None, status_code=204, responses=documented(Kind.CONFLICT)
)
def keep_address(
    body: AddressIn, request: Request, session: SessionDep, staff: Oneself, at: Moment
) -> None:
    """Send the caller's notices to an address of theirs."""
    settings = request.app.state.settings
    actions.keep_address(session, staff, body.address, at=at, settings=settings)


@router.delete("/notices/mail", response_model=None, status_code=204, responses=documented())
def drop_address(session: SessionDep, staff: Oneself, at: Moment) -> None:
    """Send the caller no mail any more."""
    actions.drop_address(session, staff, at=at)


@router.put(
    "/notices/switches/{notice}",
    response_model=ChoicesOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def switch(
    notice: Notice, body: SwitchIn, session: SessionDep, staff: Oneself, at: Moment
) -> ChoicesOut:
    """Switch a notice on or off. A coordinator is told of every emergency."""
    actions.switch(session, staff, notice, on=body.on, at=at)
    return ChoicesOut.of(actions.choices(session, staff))


@router.get("/feed", response_model=FeedOut, responses=documented())
def read_feed(session: SessionDep, staff: Oneself) -> FeedOut:
    """Say whether the caller has a calendar feed."""
    feed = feeds.feed_of(session, staff)
    return FeedOut(made_at=feed.made_at if feed else None)


@router.post("/feed", response_model=MadeFeedOut, status_code=201, responses=documented())
def make_feed(session: SessionDep, staff: Oneself, at: Moment) -> MadeFeedOut:
    """Make the caller's calendar feed, or give it a new address; the old one opens nothing more."""
    return MadeFeedOut(path=feeds.path_of(feeds.make_feed(session, staff, at=at)))


@router.delete("/feed", response_model=None, status_code=204, responses=documented())
def end_feed(session: SessionDep, staff: Oneself, at: Moment) -> None:
    """Switch the caller's calendar feed off at once."""
    feeds.end_feed(session, staff, at=at)
