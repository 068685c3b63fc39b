"""The officer's figures over HTTP: JSON and CSV."""

from typing import Annotated, Any, Final, Self

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from service.accounts.access import FigureReader
from service.accounts.machine_access import FigureMachine
from service.database import SessionDep
from service.refusals import Kind
from service.reports import actions, workbook
from service.reports.rules import DEFINITIONS, Figure
from service.web.problems import documented
from service.web.workbooks import MEDIA

router = APIRouter(prefix="/api/v1", tags=["reports"])

Year = Annotated[int, Query(ge=2000, le=2999)]
MonthOfYear = Annotated[int, Query(ge=1, le=12)]
CSV: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}

XLSX: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA: {"schema": {"type": "string", "format": "binary"}}}}
}


class FigureOut(BaseModel):
    """One figure; null is masked because it is small, or would tell one that is."""

    figure: Figure
    definition: str
    by_area: dict[str, int | None]
    total: int | None


class MonthlyOut(BaseModel):
    month: str
    figures: list[FigureOut]

    @classmethod
    def of(cls, report: actions.Report) -> Self:
        return cls(
            month=report.month,
            figures=[
                FigureOut(
                    figure=figure,
                    definition=DEFINITIONS[figure],
                    by_area=dict(zip(report.refs, column.cells, strict=True)),
                    total=column.total,
                )
                for figure, column in report.columns.items()
            ],
        )


@router.get("/reports/monthly", response_model=MonthlyOut, responses=documented(Kind.MISSING))
def read_monthly(
    request: Request, session: SessionDep, staff: FigureReader, year: Year, month: MonthOfYear
) -> MonthlyOut:
    """Give a month's figures by area, without ids; small ones are masked."""
    return MonthlyOut.of(_report(request, session, staff, year, month))


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
    text = actions.as_csv(_report(request, session, staff, year, month))
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
    report = _report(request, session, staff, year, month)
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


@router.get(
    "/machine/figures",
    response_model=MonthlyOut,
    responses=documented(Kind.MISSING, Kind.TOO_OFTEN),
)
def read_figures(
    *, request: Request, machine: FigureMachine, session: SessionDep, year: Year, month: MonthOfYear
) -> MonthlyOut:
    """Give a machine the same figures, masked alike."""
    return MonthlyOut.of(_report(request, session, machine, year, month))


def _report(
    request: Request, session: SessionDep, asking: actions.Asking, year: int, month: int
) -> actions.Report:
    settings = request.app.state.settings
    return actions.monthly(session, asking, year=year, month=month, settings=settings)
