"""The page of a month's figures: each with its definition, small ones said to be few."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from service.accounts.access import FigureReader
from service.database import SessionDep
from service.reports import actions
from service.reports.rules import MASKED
from service.reports.words import DEFINITIONS, FIGURE_WORDS
from service.web.pages import render

router = APIRouter()

EARLIEST: Final = date(2000, 1, 1)
MONTH: Final = timedelta(days=31)  # from the first of a month it leads into the next


@router.get("/reports/monthly")
def show_monthly(
    *,
    request: Request,
    session: SessionDep,
    staff: FigureReader,
    year: Annotated[int | None, Query(ge=EARLIEST.year, le=2999)] = None,
    month: Annotated[int | None, Query(ge=1, le=12)] = None,
) -> HTMLResponse:
    """Show a month that has ended; without one asked for, the last."""
    latest = month_before(staff.on.replace(day=1))
    first = date(year, month, 1) if year and month else latest
    settings = request.app.state.settings
    report = actions.monthly(session, staff, year=first.year, month=first.month, settings=settings)
    return render(
        request,
        "reports/monthly.html",
        staff=staff,
        section="figures",
        report=report,
        first=first,
        before=month_before(first) if first > EARLIEST else None,
        after=(first + MONTH).replace(day=1) if first < latest else None,
        titles=FIGURE_WORDS,
        definitions=DEFINITIONS,
        masked=MASKED,
        small=actions.SMALL,
        least=settings.figures_least,
    )


def month_before(first: date) -> date:
    """Return the first of the month before."""
    return (first - timedelta(days=1)).replace(day=1)
