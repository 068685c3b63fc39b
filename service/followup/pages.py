"""The page of today's queue: whom to contact, person and host, and what came of it."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import AnyStaff, FollowUpWorker
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.clock import Moment
from service.contacts.pages import read_story
from service.contacts.rules import Story
from service.contacts.tables import Result
from service.database import SessionDep
from service.followup import actions
from service.followup.cursors import cursor
from service.followup.meanwhile import answered_meanwhile
from service.followup.repository.queue import Key
from service.followup.results import FURTHEST, Outcome
from service.followup.today import ROWS, Look, blank, shown, today_page, with_row
from service.hosting.repository import waiting as registrations
from service.languages.ours import ours
from service.persons.emergencies.actions import waiting
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

LEAVES: Final = frozenset({Result.ASKED_TO_WAIT, Result.NOT_NEEDED})
HELD: Final = ours("いま、ほかの人がこの相手に電話しています。少し待ってください")
LATER: Final = ours("いつまで待つかを、あしたより先の日で書いてください")
TOO_FAR: Final = ours("待つのは1年先までです。それより長いときは「今は要らない」を選んでください")


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
    page = shown(session, staff, look, at=at)
    chosen = next((row for row in page.rows if row.due.id == opened), None)
    filled = Filled(blank(chosen, staff.on) if chosen else FormData())
    told, sent = waiting(session, staff), registrations(session, staff)
    return today_page(
        request, staff, page, filled, opened=opened, saved=saved, told=told, registrations=sent
    )


def _first_page(staff: Staff) -> str:
    if may(staff.role, Right.READ_AUDIT):
        return "/audit"
    if may(staff.role, Right.READ_FIGURES):
        return "/reports/monthly"
    return "/activities" if may(staff.role, Right.READ_CATALOGUE) else "/accessibility"


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
    """Write down what came of a row, and go on to the next one; what was typed is never lost."""
    filled = Filled(form)
    story = read_story(filled, today=staff.on)
    outcome = read_outcome(filled, story, today=staff.on) if story else None
    before = actions.place_of_item(session, staff, item_id)
    if before is None:
        return answered_meanwhile(request, session, staff, item_id, filled, story=story, at=at)
    if outcome is not None:
        try:
            with session.begin_nested():
                actions.record_result(session, staff, item_id, outcome, at=at)
        except actions.HeldByAnother:
            filled.mistakes["result"] = HELD
        else:
            return RedirectResponse(_next_place(session, look, staff, before), 303)
    page = with_row(session, shown(session, staff, look, at=at), staff, item_id, at=at)
    return today_page(request, staff, page, filled, opened=item_id)


def read_outcome(filled: Filled, story: Story, *, today: date) -> Outcome | None:
    """Return what came of it; a row is never left without a reason."""
    why, until = filled.text("why", longest=1000), filled.day("until")
    waits = story.result is Result.ASKED_TO_WAIT
    if story.result in LEAVES and not why:
        filled.mistakes.setdefault("why", ours("待つ理由、または要らない理由を書いてください"))
    if waits and (until is None or until <= today):
        filled.mistakes.setdefault("until", LATER)
    if waits and until is not None and until > today + FURTHEST:
        filled.mistakes.setdefault("until", TOO_FAR)
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


def _next_place(session: Session, look: Look, staff: Staff, before: Key) -> str:
    """Return where the work goes on: the row behind the one just answered, with its form open."""
    scope = look.scope(staff)
    following = actions.following(session, scope, before)
    if following is None:
        return look.query(saved=True)
    if following not in actions.ids_of(session, scope, after=look.place, limit=ROWS):
        look = replace(look, after=cursor(before))
    return f"{look.query(saved=True, open=following)}#row-{following}"
