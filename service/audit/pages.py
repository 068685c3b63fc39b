"""The auditor's page: who looked at whom, newest day first, without what they saw."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from catalogue.terms.values import Line
from service.accounts.access import AuditReader
from service.audit import exporting, probing, reading, repository
from service.audit.repository import UNNAMED, Span
from service.audit.saying import Said
from service.clock import TOKYO, Moment, Today
from service.database import SessionDep
from service.web.pages import render

router = APIRouter()
PAGE_LENGTH: Final = 100
WEEK: Final = timedelta(days=6)


@router.get("/audit")
def show_audit(
    *,
    request: Request,
    session: SessionDep,
    staff: AuditReader,
    at: Moment,
    today: Today,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    account: Annotated[Line, Query(max_length=64)] = "",
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> HTMLResponse:
    first, last = first or today - WEEK, last or today
    names = repository.names(session, staff.municipality_id)
    chosen = next((each for each, known in names.items() if known.username == account), None)
    span = Span(
        municipality_id=staff.municipality_id,
        since=day_begins(first),
        until=day_begins(last + timedelta(days=1)),
        account_id=chosen,
    )
    found = reading.look_through(session, staff, span, after=after, limit=PAGE_LENGTH, at=at)
    return render(
        request,
        "audit/accesses.html",
        staff=staff,
        section="audit",
        lines=[Said.of(line, names) for line in found],
        first=first,
        last=last,
        account=account,
        accounts=sorted(names.values()),
        following=found[-1]["seq"] if len(found) == PAGE_LENGTH else None,
        probing=[
            (names.get(each, UNNAMED), times)
            for each, times in probing.probing(session, staff.municipality_id, at=at)
        ],
        exports=[
            (names.get(each, UNNAMED), times)
            for each, times in exporting.of_many(session, staff.municipality_id, at=at)
        ],
    )


def day_begins(day: date) -> datetime:
    """Return the moment at which a day begins in Japan."""
    return datetime.combine(day, time(), TOKYO)
