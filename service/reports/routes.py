"""The officer's figures over HTTP."""

from typing import Annotated, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from service.accounts.access import FigureReader
from service.accounts.machine_access import FigureMachine
from service.database import SessionDep
from service.refusals import Kind
from service.reports import actions
from service.reports.rules import Figure
from service.reports.words import DEFINITIONS
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["reports"])

Year = Annotated[int, Query(ge=2000, le=2999)]
MonthOfYear = Annotated[int, Query(ge=1, le=12)]


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
    return MonthlyOut.of(reported(request, session, staff, year, month))


@router.get(
    "/machine/figures",
    response_model=MonthlyOut,
    responses=documented(Kind.MISSING, Kind.TOO_OFTEN),
)
def read_figures(
    *, request: Request, machine: FigureMachine, session: SessionDep, year: Year, month: MonthOfYear
) -> MonthlyOut:
    """Give a machine the same figures, masked alike."""
    return MonthlyOut.of(reported(request, session, machine, year, month))


def reported(
    request: Request, session: SessionDep, asking: actions.Asking, year: int, month: int
) -> actions.Report:
    """Count a month, masked as the office has set it."""
    settings = request.app.state.settings
    return actions.monthly(session, asking, year=year, month=month, settings=settings)
