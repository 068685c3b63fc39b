"""The page on which a day at an activity is written down, without blame."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.languages.ours import ours
from service.placements import actions as placements
from service.placements.lifecycle import Side
from service.placements.repository import person_of
from service.placements.words import SIDE_WORDS
from service.visits import actions
from service.visits.rules import NoVisitYet, Report
from service.visits.tables import Feeling, Outcome
from service.visits.words import (
    FEELING_WORDS,
    NOTICE_WORDS,
    OUTCOME_WORDS,
    SAID_BEFORE,
    TOOK_PART,
    Notice,
)
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

BY_WHOM = ours("「日を変えた」ときは、どちらからかを選んでください")
NOT_YET = ours("この日は、まだ記録できません")


@router.get("/placements/{placement_id}/visits/new")
def show_visit(
    *,
    request: Request,
    placement_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    values = FormData(
        {"occurred_on": today.isoformat(), "feeling": Feeling.UNKNOWN, "notice": Notice.UNKNOWN}
    )
    return _page(request, session, staff, placement_id, Filled(values), at=at)


@router.post("/placements/{placement_id}/visits/new")
def record_visit(
    *,
    request: Request,
    placement_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    filled = Filled(form)
    report = read_report(filled, today=today)
    try:
        if report is not None:
            with session.begin_nested():
                actions.record_visit(session, staff, placement_id, report, at=at)
            return RedirectResponse(f"/placements/{placement_id}?saved=true", 303)
    except NoVisitYet:
        filled.mistakes["occurred_on"] = NOT_YET
    return _page(request, session, staff, placement_id, filled, at=at)


def read_report(filled: Filled, *, today: date) -> Report | None:
    """Return what was written down, or None with the mistakes named."""
    outcome = filled.needed("outcome", OUTCOME_WORDS, sentence=ours("どうだったかを選んでください"))
    occurred_on = filled.day("occurred_on") or today
    minutes = filled.number("minutes", highest=1440)
    pieces = filled.number("pieces", highest=100_000)
    small_change = filled.text("small_change", longest=1000)
    note = filled.text("note", longest=2000)
    moved_by: Side | None = None
    if outcome is Outcome.MOVED:
        moved_by = filled.needed("moved_by", SIDE_WORDS, sentence=BY_WHOM)
    if filled.mistakes or outcome is None:
        return None
    there = TOOK_PART[outcome]
    notice = filled.choice("notice", NOTICE_WORDS) or Notice.UNKNOWN
    return Report(
        occurred_on=occurred_on,
        outcome=outcome,
        with_notice=SAID_BEFORE[notice] if outcome is Outcome.RESTED else None,
        moved_by=moved_by or "",
        minutes=minutes if there else None,
        pieces=pieces if there else None,
        feeling=filled.choice("feeling", FEELING_WORDS) or Feeling.UNKNOWN,
        small_change=small_change,
        note=note,
    )


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    placement_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    return render(
        request,
        "visits/record.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        **day_words(session, staff, placement_id, filled, at=at),
    )


def day_words(
    session: SessionDep, staff: Staff, placement_id: UUID, filled: Filled, *, at: datetime
) -> dict[str, Any]:
    """Return what a form about a day at an activity shows, and whose day it is."""
    placement = placements.placement_for(session, staff, placement_id, act=Act.READ, at=at)
    offer = placements.offer_for(session, staff, placement.activity_id, placement.slot_id)
    return {
        "section": "people",
        "placement": placement,
        "person": person_of(session, placement),
        "title": offer.activity.title,
        "values": filled.form,
        "errors": filled.mistakes,
        "outcomes": list(OUTCOME_WORDS.items()),
        "feelings": list(FEELING_WORDS.items()),
        "notices": list(NOTICE_WORDS.items()),
        "sides": list(SIDE_WORDS.items()),
    }
