"""The page of today's queue: whom to contact, person and host, and what came of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.terms.values import Line
from service.accounts.access import AnyStaff, FollowUpWorker
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.clock import Moment
from service.contacts.pages import read_story
from service.contacts.rules import Story
from service.contacts.tables import Channel, Direction, Result
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.database import SessionDep
from service.followup import actions
from service.followup.cursors import cursor, place_named
from service.followup.figures import Counts, counts_of
from service.followup.order import RANK_WORDS, Rank
from service.followup.repository.queue import Key, Scope
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
ROWS: Final = 50
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


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the queue a page shows."""

    area: UUID | None = None
    host: UUID | None = None
    owner: UUID | None = None
    another_way: bool = False
    for_coordinator: bool = False
    after: Annotated[Line | None, Query(max_length=400)] = None

    def scope(self, staff: Staff) -> Scope:
        return Scope(
            staff,
            area_id=self.area,
            owner_id=self.owner,
            host_id=self.host,
            another_way=self.another_way,
            for_coordinator=self.for_coordinator,
        )

    def query(self, **more: str | bool | UUID | None) -> str:
        """Write the way back to this part of the queue."""
        said = {name: value for name, value in (asdict(self) | more).items() if value}
        known = {name: "true" if value is True else str(value) for name, value in said.items()}
        return f"/?{urlencode(known)}" if known else "/"


@router.get("/")
def show_today(
    *,
    request: Request,
    session: SessionDep,
    staff: AnyStaff,
    at: Moment,
    look: Annotated[Look, Depends()],
    opened: Annotated[UUID | None, Query(alias="open")] = None,
    saved: Annotated[bool, Query()] = False,
) -> Response:
    if not may(staff.role, Right.FOLLOW_UP):
        return RedirectResponse(_first_page(staff), 303)
    shown = _shown(session, staff, look, at=at)
    chosen = next((row for row in shown.rows if row.due.id == opened), None)
    filled = Filled(_blank(chosen, staff.on) if chosen else FormData())
    told = waiting(session, staff)
    return _page(request, staff, shown, filled, opened=opened, saved=saved, told=told)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the queue with the figures of all of it."""

    look: Look
    rows: list[Row]
    counts: Counts


def _shown(session: Session, staff: Staff, look: Look, *, at: datetime) -> Shown:
    scope, after = look.scope(staff), place_named(look.after) if look.after else None
    rows = actions.queue(session, scope, at=at, after=after, limit=ROWS)
    return Shown(look, rows, counts_of(session, scope))


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


@router.get("/follow-ups/groups")
def show_groups(*, request: Request, session: SessionDep, staff: FollowUpWorker) -> Response:
    """Show whom one may ring in one go: the same rows by host and by area."""
    found = actions.groups(session, staff)
    return render(request, "followup/groups.html", staff=staff, section="today", groups=found)


@router.post("/follow-ups/{item_id}")
def record_result(
    *,
    request: Request,
    item_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: FollowUpWorker,
    look: Annotated[Look, Depends()],
    at: Moment,
) -> Response:
    filled = Filled(form)
    story = read_story(filled, today=staff.on)
    outcome = _outcome(filled, story, today=staff.on) if story else None
    if outcome is not None:
        before = actions.place_of_item(session, staff, item_id)
        try:
            with session.begin_nested():
                actions.record_result(session, staff, item_id, outcome, at=at)
        except actions.HeldByAnother:
            filled.mistakes["result"] = HELD
        else:
            return RedirectResponse(_next_place(session, look, staff, before), 303)
    shown = _shown(session, staff, look, at=at)
    return _page(request, staff, shown, filled, opened=item_id)


def _outcome(filled: Filled, story: Story, *, today: date) -> Outcome | None:
    """Return what came of it; a row is never left without a reason."""
    why, until = filled.text("why", longest=1000), filled.day("until")
    waits = story.result is Result.ASKED_TO_WAIT
    if story.result in LEAVES and not why:
        filled.mistakes.setdefault("why", "待つ理由、または要らない理由を書いてください")
    if waits and (until is None or until <= today):
        sentence = "いつまで待つかを、あしたより先の日で書いてください"
        filled.mistakes.setdefault("until", sentence)
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


def _next_place(session: Session, look: Look, staff: Staff, before: Key | None) -> str:
    """Return where the work goes on: the row that stood after the one just answered."""
    following = actions.following(session, look.scope(staff), before) if before else None
    where = look.query(saved=True)
    return f"{where}#row-{following}" if following else where


def _page(
    request: Request,
    staff: Staff,
    shown: Shown,
    filled: Filled,
    *,
    opened: UUID | None = None,
    saved: bool = False,
    told: bool = False,
) -> HTMLResponse:
    rows, look = shown.rows, shown.look
    groups = [(rank, [row for row in rows if row.rank is rank]) for rank in Rank]
    context = WORDS | {
        "groups": [(rank, found) for rank, found in groups if found],
        "counts": shown.counts,
        "look": look,
        "rows_a_page": ROWS,
        "next": look.query(after=cursor(rows[-1].place)) if len(rows) == ROWS else None,
        "today": staff.on,
        "opened": opened,
        "values": filled.form,
        "errors": filled.mistakes,
        "saved": saved,
        "told": told,
    }
    status = 422 if filled.mistakes else 200
    return render(request, "followup/today.html", status=status, staff=staff, **context)
