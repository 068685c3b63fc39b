"""A month's grid: the paper to write on, and the same rows as a form to type it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.schedule import is_holiday
from catalogue.tables import Host
from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.placements.handing import colleagues
from service.visits.month import actions, filling, rules
from service.visits.month.actions import ROWS, Misfits, Row, Scope
from service.visits.words import OUTCOME_WORDS, Outcome
from service.web.dates import WEEKDAY_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PAGE: Final = "/visits/month"
AT_ONCE: Final = 15  # sheets that are printed in one go
LEGEND: Final = [(figure, OUTCOME_WORDS[outcome]) for figure, outcome in rules.TYPED.items()]
Month = Annotated[str, Query(pattern=r"20\d{2}-(0[1-9]|1[0-2])")]


@dataclass(frozen=True, slots=True)
class Look:
    """Which month, whose, and which of its sheets."""

    month: Month | None = None
    owner: UUID | None = None
    host: UUID | None = None
    sheet: Annotated[int, Query(ge=1, le=500)] = 1

    def scope(self, staff: Staff) -> Scope:
        """Return what is asked for; without a host or a worker it is the caller's own month."""
        first = date.fromisoformat(f"{self.month}-01") if self.month else staff.on.replace(day=1)
        owner = self.owner or (None if self.host else staff.id)
        return Scope(first, owner_id=owner, host_id=self.host)

    def path(self, scope: Scope, page: str = PAGE, **more: str | int) -> str:
        """Write the way to a sheet; ``more`` replaces parts of this one."""
        said: dict[str, Any] = {
            "month": f"{scope.month:%Y-%m}",
            "owner": self.owner or "",
            "host": self.host or "",
            "sheet": self.sheet,
        }
        known = {name: value for name, value in (said | more).items() if value not in ("", 1)}
        return f"{page}?{urlencode(known)}"


@router.get(PAGE)
def show_month(
    *,
    request: Request,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    look: Annotated[Look, Depends()],
    saved: Annotated[int | None, Query(ge=0, le=1000)] = None,
    known: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> HTMLResponse:
    done = None if saved is None else (saved, known)
    return _page(request, session, staff, look, Filled(FormData()), at=at, done=done)


@router.post(PAGE)
def type_back(
    *,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    look: Annotated[Look, Depends()],
) -> Response:
    """Write down a whole sheet, or nothing of it with every box named that does not fit."""
    filled, scope = Filled(form), look.scope(staff)
    cells = filling.read_cells(filled, scope.month)
    if not filled.mistakes:
        try:
            with session.begin_nested():
                kept = actions.type_back(session, staff, scope, cells, at=at)
        except Misfits as misfits:
            filling.say_misfits(filled, misfits)
        else:
            return RedirectResponse(
                look.path(scope, saved=str(kept.new), known=str(kept.known)), 303
            )
    return _page(request, session, staff, look, filled, at=at)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    look: Look,
    filled: Filled,
    *,
    at: datetime,
    done: tuple[int, int] | None = None,
) -> HTMLResponse:
    scope = look.scope(staff)
    rows = _rows(request, session, staff, scope, at, sheet=look.sheet)
    return render(
        request,
        "visits/month.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        look=look,
        scope=scope,
        rows=list(enumerate(rows, start=(look.sheet - 1) * ROWS + 1)),
        sheets=actions.sheets(session, staff, scope),
        earlier=f"{rules.before(scope.month):%Y-%m}",
        later=f"{rules.following(scope.month):%Y-%m}",
        owners=_owners(session, staff),
        hosts=_hosts(session, staff),
        paper=f"{PAGE}/paper",
        legend=LEGEND,
        signs=rules.SIGNS,
        words=OUTCOME_WORDS,
        box=filling.box,
        other=filling.other,
        others=filling.others,
        opens=lambda row: filling.opens(row, filled),
        weekdays=WEEKDAY_WORDS,
        done=done,
        values=filled.form,
        errors=filled.mistakes,
        asked=FormData({"owner": str(look.owner or ""), "host": str(look.host or "")}),
    )


def _rows(
    request: Request,
    session: Session,
    staff: Staff,
    scope: Scope,
    at: datetime,
    *,
    sheet: int,
    number: int = 1,
) -> Sequence[Row]:
    by_name = request.app.state.settings.paper_names
    return actions.rows(session, staff, scope, sheet=sheet, number=number, at=at, by_name=by_name)


def _owners(session: Session, staff: Staff) -> list[tuple[str, str]]:
    found = [each for each in colleagues(session, staff) if each.id != staff.id]
    return [("", ours("自分")), *((str(each.id), each.display_name) for each in found)]


def _hosts(session: Session, staff: Staff) -> list[tuple[str, str]]:
    found = catalogue.all_by_ref(session, Host, staff.municipality_id).values()
    return [
        ("", ours("すべて")),
        *sorted(((str(each.id), each.name) for each in found), key=_by_name),
    ]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]


@router.get(f"{PAGE}/paper")
def show_paper(
    *,
    request: Request,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
    look: Annotated[Look, Depends()],
) -> HTMLResponse:
    """Show every sheet of the month from this one on, as they will be printed."""
    scope = look.scope(staff)
    found = _rows(request, session, staff, scope, at, sheet=look.sheet, number=AT_ONCE)
    numbered = list(enumerate(found, start=(look.sheet - 1) * ROWS + 1))
    whole = actions.sheets(session, staff, scope)
    return render(
        request,
        "visits/month_paper.html",
        staff=staff,
        section="people",
        scope=scope,
        whose=_whose(session, staff, look),
        papers=[numbered[n : n + ROWS] for n in range(0, len(numbered), ROWS)] or [[]],
        first=look.sheet,
        whole=whole,
        more=look.path(scope, f"{PAGE}/paper", sheet=look.sheet + AT_ONCE)
        if whole >= look.sheet + AT_ONCE
        else "",
        back=look.path(scope),
        days=[
            (day, ours("祝") if is_holiday(day) else WEEKDAY_WORDS[day.weekday()])
            for day in rules.days_of(scope.month)
        ],
        legend=LEGEND,
        signs=rules.SIGNS,
        unknown=Outcome.UNKNOWN,
        today=staff.on,
    )


def _whose(session: Session, staff: Staff, look: Look) -> str:
    if look.host:
        host = catalogue.get(session, Host, staff.municipality_id, look.host)
        return host.name if host else ""
    names = {each.id: each.display_name for each in colleagues(session, staff)}
    return names.get(look.owner or staff.id, staff.display_name)
