"""The queue as a file for a spreadsheet: the rows of the list, in its order, without words."""

from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Response

from service.accounts.access import PeopleExporter
from service.audit.exporting import record_export
from service.audit.rules import Why
from service.clock import Moment
from service.database import SessionDep
from service.followup import actions
from service.followup.routes import Asked, scope_of
from service.followup.rows import Row
from service.followup.words import RANK_WORDS, in_japanese
from service.placements.lifecycle import Side
from service.placements.words import STATUS_WORDS
from service.refusals import Kind
from service.web.problems import documented
from service.web.sheets import written

router = APIRouter(prefix="/api/v1/follow-ups", tags=["follow-ups"])

TITLES: Final = (
    *("順", "相手", "本人", "受け入れ先", "活動", "いま", "なぜ"),
    *("早くて", "めやす", "おそくて", "おくれ(日)", "前回", "別の方法で", "のばした回数"),
)
CSV: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get(
    "/export.csv",
    response_class=Response,
    response_model=None,
    responses=documented(Kind.MISSING) | CSV,
)
def export_queue(
    *, session: SessionDep, staff: PeopleExporter, at: Moment, asked: Asked, why: Why
) -> Response:
    """Give today's whole queue, or a part of it, as CSV; each person in it is written down."""
    rows = actions.queue(session, scope_of(session, staff, asked), at=at)
    people = {row.person_id for row in rows if row.person_id}
    record_export(session, staff, people, why=why, resource=actions.RESOURCE, at=at)
    content = "".join(written(TITLES, (cells(row, staff.on) for row in rows))).encode()
    headers = {"Content-Disposition": 'attachment; filename="follow-ups.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def cells(row: Row, today: date) -> tuple[object, ...]:
    """Return what of a row is told in a file: codes, days and fixed words, nobody's own."""
    due, placed = row.due, row.placed
    return (
        RANK_WORDS[row.rank],
        "受け入れ先" if due.side is Side.HOST else "本人",
        row.person.code if row.person else "",
        row.host.name if row.host else "",
        placed.activity.title if placed else "",
        STATUS_WORDS[placed.placement.status] if placed else "",
        in_japanese(due),
        due.earliest.isoformat(),
        due.due.isoformat(),
        due.late.isoformat(),
        max(0, (today - due.due).days),
        row.last.occurred_on.isoformat() if row.last else "",
        "はい" if due.another_way else "",
        due.deferrals,
    )
