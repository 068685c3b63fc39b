"""A month's figures as files: CSV, and workbooks."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from service.accounts.access import FigureReader
from service.database import SessionDep
from service.refusals import Kind
from service.reports import actions, workbook
from service.reports.routes import MonthOfYear, Year, reported
from service.web.problems import documented
from service.web.workbooks import MEDIA

router = APIRouter(prefix="/api/v1", tags=["reports"])

CSV: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}

XLSX: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get(
    "/reports/monthly.csv",
    response_class=Response,
    response_model=None,
    responses=documented(Kind.MISSING) | CSV,
)
def download_monthly(
    request: Request, session: SessionDep, staff: FigureReader, year: Year, month: MonthOfYear
) -> Response:
    """Give the same figures for a spreadsheet."""
    text = actions.as_csv(reported(request, session, staff, year, month))
    return Response(text.encode(), media_type="text/csv; charset=utf-8")


@router.get(
    "/reports/monthly.xlsx",
    response_class=Response,
    response_model=None,
    responses=documented(Kind.MISSING) | XLSX,
)
def download_workbook(
    *,
    request: Request,
    session: SessionDep,
    staff: FigureReader,
    year: Year,
    month: MonthOfYear,
    paper: Annotated[bool, Query(description="Laid out for print, not for programs.")] = False,
) -> Response:
    """Give the same figures as a workbook: for programs with definitions, or to be printed."""
    report = reported(request, session, staff, year, month)
    least = request.app.state.settings.figures_least
    book = (
        workbook.for_paper(report, on=staff.on)
        if paper
        else workbook.for_machines(report, on=staff.on, least=least)
    )
    name = f"{report.month}-print.xlsx" if paper else f"{report.month}.xlsx"
    return Response(
        book, media_type=MEDIA, headers={"content-disposition": f'attachment; filename="{name}"'}
    )
