"""The page on which a day at an activity is corrected: what was written before stays readable."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.visits import actions, repository
from service.visits.pages import NOT_YET, day_words, read_report
from service.visits.rules import NoVisitYet
from service.visits.tables import Visit
from service.visits.words import FEELING_WORDS, OUTCOME_WORDS, SAID_BEFORE
from service.web.dates import dated_words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PATH: Final = "/placements/{placement_id}/visits/{visit_id}/correction"
FIELDS: Final = (
    "outcome", "moved_by", "small_change", "feeling", "occurred_on", "minutes", "pieces", "note",
)  # fmt: skip


@router.get(PATH)
def show_correction(
    *,
    request: Request,
    placement_id: UUID,
    visit_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> HTMLResponse:
    visit = _visit(session, staff, placement_id, visit_id, at=at)
    return _page(request, session, staff, visit, Filled(FormData(_as_told(visit))), at=at)


@router.post(PATH)
def correct_visit(
    *,
    request: Request,
    placement_id: UUID,
    visit_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    """Append the day as it is known now; of two who correct at once the second sees both."""
    filled = Filled(form)
    visit = _visit(session, staff, placement_id, visit_id, at=at)
    if now := repository.correction_of(session, staff, visit_id):
        return _page(request, session, staff, now, filled, at=at, conflict=True)
    report = read_report(filled, today=staff.on)
    try:
        if report is not None:
            with session.begin_nested():
                actions.record_visit(
                    session, staff, placement_id, report, at=at, corrects_id=visit_id
                )
            return RedirectResponse(f"/people/{visit.person_id}?saved=true#flow", 303)
    except NoVisitYet:
        filled.mistakes["occurred_on"] = NOT_YET
    return _page(request, session, staff, visit, filled, at=at)


def _visit(
    session: Session, staff: Staff, placement_id: UUID, visit_id: UUID, *, at: Moment
) -> Visit:
    visit = actions.read_visit(session, staff, visit_id, at=at)
    if visit.placement_id != placement_id:
        raise actions.NoSuchVisit("no such visit of this placement")
    return visit


def _as_told(visit: Visit) -> dict[str, str]:
    """Fill the form with the day as it was told last."""
    known = {name: "" if (said := getattr(visit, name)) is None else str(said) for name in FIELDS}
    told = (notice for notice, said in SAID_BEFORE.items() if said is visit.with_notice)
    return known | {"notice": next(told)}


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    visit: Visit,
    filled: Filled,
    *,
    at: Moment,
    conflict: bool = False,
) -> HTMLResponse:
    return render(
        request,
        "visits/correction.html",
        status=409 if conflict else 422 if filled.mistakes else 200,
        staff=staff,
        visit=visit,
        now=_said(visit) if conflict else (),
        **day_words(session, staff, visit.placement_id, filled, at=at),
    )


def _said(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Say what stands there now, beside what was typed."""
    return (
        (ours("いつ"), dated_words(visit.occurred_on)),
        (ours("どうだったか"), OUTCOME_WORDS[visit.outcome]),
        (ours("本人の感じ"), FEELING_WORDS[visit.feeling]),
        (ours("小さな変化"), visit.small_change),
        (ours("ひとこと"), visit.note),
    )
