"""The page of today's queue: whom to contact, person and host, and what came of it."""

from datetime import date, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import AnyStaff, FollowUpWorker
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.clock import Moment, Today
from service.contacts.pages import read_story
from service.contacts.rules import Story
from service.contacts.tables import Channel, Direction, Result
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.database import SessionDep
from service.followup import actions
from service.followup.order import RANK_WORDS, Rank
from service.followup.results import Outcome
from service.followup.rows import Row
from service.followup.words import in_japanese
from service.persons.emergencies.actions import waiting
from service.placements.lifecycle import Side
from service.placements.words import STATUS_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

# What a worker would usually promise; the office's cadence asks earlier where it must.
NEXT: Final[dict[Side, timedelta]] = {
    Side.PERSON: timedelta(days=14),
    Side.HOST: timedelta(days=30),
    Side.TEAM: timedelta(days=30),
}
LEAVES: Final = frozenset({Result.ASKED_TO_WAIT, Result.NOT_NEEDED})
HELD: Final = "いま、ほかの人がこの相手に電話しています。少し待ってください"
WORDS: Final[dict[str, Any]] = {
    "section": "today",
    "ranks": RANK_WORDS,
    "statuses": STATUS_WORDS,
    "why": in_japanese,
    "last_words": RESULT_WORDS,
    "results": [(each, RESULT_WORDS[each]) for each in Result],
    "channels": [(each, CHANNEL_WORDS[each]) for each in Channel],
    "directions": [(each, DIRECTION_WORDS[each]) for each in Direction],
}


@router.get("/")
def show_today(
    *,
    request: Request,
    session: SessionDep,
    staff: AnyStaff,
    today: Today,
    at: Moment,
    opened: Annotated[UUID | None, Query(alias="open")] = None,
    saved: Annotated[bool, Query()] = False,
) -> Response:
    if not may(staff.role, Right.FOLLOW_UP):
        return RedirectResponse(_first_page(staff), 303)
    rows = actions.queue(session, staff, at=at)
    chosen = next((row for row in rows if row.due.id == opened), None)
    filled = Filled(_blank(chosen, today) if chosen else FormData())
    told = waiting(session, staff)
    return _page(request, staff, rows, filled, today=today, opened=opened, saved=saved, told=told)


def _first_page(staff: Staff) -> str:
    if may(staff.role, Right.READ_AUDIT):
        return "/audit"
    if may(staff.role, Right.READ_FIGURES):
        return "/reports/monthly"
    return "/activities" if may(staff.role, Right.READ_CATALOGUE) else "/accessibility"


def _blank(row: Row, today: date) -> FormData:
    return FormData(
        {
            "occurred_on": today.isoformat(),
            "channel": Channel.CALL,
            "direction": Direction.SENT,
            "next_on": (today + NEXT[row.due.side]).isoformat(),
        }
    )


@router.post("/follow-ups/{item_id}")
def record_result(
    *,
    request: Request,
    item_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: FollowUpWorker,
    today: Today,
    at: Moment,
) -> Response:
    filled = Filled(form)
    story = read_story(filled, today=today)
    outcome = _outcome(filled, story, today=today) if story else None
    rows = actions.queue(session, staff, at=at)
    if outcome is not None:
        try:
            with session.begin_nested():
                actions.record_result(session, staff, item_id, outcome, at=at)
        except actions.HeldByAnother:
            filled.mistakes["result"] = HELD
        else:
            return RedirectResponse(_next_place(session, staff, rows, item_id, at=at), 303)
    return _page(request, staff, rows, filled, today=today, opened=item_id)


def _outcome(filled: Filled, story: Story, *, today: date) -> Outcome | None:
    """Return what came of it; a row is never left without a reason."""
    why, until = filled.text("why", longest=1000), filled.day("until")
    waits = story.result is Result.ASKED_TO_WAIT
    if story.result in LEAVES and not why:
        filled.mistakes["why"] = "待つ理由、または要らない理由を書いてください"
    if waits and (until is None or until <= today):
        filled.mistakes["until"] = "いつまで待つかを、あしたより先の日で書いてください"
    if filled.mistakes:
        return None
    return Outcome(
        result=story.result,
        channel=story.channel,
        direction=story.direction,
        occurred_on=story.occurred_on,
        what=story.what,
        intention=story.intention,
        small_change=story.small_change,
        next_on=None if story.result in LEAVES else story.next_on,
        until=until if waits else None,
        why=why if story.result in LEAVES else "",
    )


def _next_place(
    session: Session, staff: Staff, before: list[Row], item_id: UUID, *, at: Moment
) -> str:
    """Return where the work goes on: the row that stood after the one just answered."""
    order = [row.due.id for row in before]
    after = order[order.index(item_id) + 1 :] if item_id in order else []
    left = {row.due.id for row in actions.queue(session, staff, at=at)}
    following = next((each for each in after if each in left), None)
    return f"/?saved=true#row-{following}" if following else "/?saved=true"


def _page(
    request: Request,
    staff: Staff,
    rows: list[Row],
    filled: Filled,
    *,
    today: date,
    opened: UUID | None = None,
    saved: bool = False,
    told: bool = False,
) -> HTMLResponse:
    groups = [(rank, [row for row in rows if row.rank is rank]) for rank in Rank]
    context = WORDS | {
        "groups": [(rank, found) for rank, found in groups if found],
        "counts": actions.counts(rows),
        "today": today,
        "opened": opened,
        "values": filled.form,
        "errors": filled.mistakes,
        "saved": saved,
        "told": told,
    }
    status = 422 if filled.mistakes else 200
    return render(request, "followup/today.html", status=status, staff=staff, **context)
