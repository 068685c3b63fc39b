"""What the page of today's queue shows: which part, its rows and figures, and the open form."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.terms.values import Line
from service.accounts.actions import Staff
from service.contacts.pages import STORY_WORDS
from service.contacts.tables import Channel, Direction, Result
from service.followup import actions
from service.followup.cursors import cursor, place_named
from service.followup.figures import Counts, counts_of
from service.followup.order import Rank
from service.followup.promise import next_day
from service.followup.repository.queue import Key, Scope
from service.followup.results import LEAVES, Leaves
from service.followup.rows import Row
from service.followup.words import RANK_WORDS, in_japanese
from service.placements.words import STATUS_WORDS
from service.web.filled import Filled
from service.web.pages import render

ROWS: Final = 50
WORDS: Final[dict[str, Any]] = STORY_WORDS | {
    "section": "today",
    "ranks": RANK_WORDS,
    "statuses": STATUS_WORDS,
    "why": in_japanese,
    "leaving": [each.value for each in Result if LEAVES[each] is not Leaves.ANSWERED],
}


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the queue a page shows."""

    area: UUID | None = None
    host: UUID | None = None
    owner: UUID | None = None
    another_way: bool = False
    for_coordinator: bool = False
    after: Annotated[Line | None, Query(max_length=400)] = None

    def scope(self, staff: Staff) -> Scope:
        return Scope(
            staff,
            area_id=self.area,
            owner_id=self.owner,
            host_id=self.host,
            another_way=self.another_way,
            for_coordinator=self.for_coordinator,
        )

    @property
    def place(self) -> Key | None:
        return place_named(self.after) if self.after else None

    @property
    def narrowed(self) -> bool:
        """Say whether less than the whole queue is shown, apart from leafing."""
        return any(asdict(replace(self, after=None)).values())

    def query(self, **more: str | bool | UUID | None) -> str:
        """Write the way back to this part of the queue."""
        said = {name: value for name, value in (asdict(self) | more).items() if value}
        known = {name: "true" if value is True else str(value) for name, value in said.items()}
        return f"/?{urlencode(known)}" if known else "/"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the queue with the figures of all of it."""

    look: Look
    rows: list[Row]
    more: bool
    counts: Counts


def shown(session: Session, staff: Staff, look: Look, *, at: datetime) -> Shown:
    """Return a page of the queue, and whether there is another behind it."""
    scope = look.scope(staff)
    leaf = actions.leaf(session, scope, at=at, after=look.place, limit=ROWS)
    return Shown(look, leaf.rows, leaf.more, counts_of(session, scope))


def with_row(session: Session, page: Shown, staff: Staff, item_id: UUID, *, at: datetime) -> Shown:
    """Keep a row in sight whose form is open, wherever the order has taken it meanwhile."""
    if any(row.due.id == item_id for row in page.rows):
        return page
    row = actions.row(session, staff, item_id, at=at)
    return replace(page, rows=[row, *page.rows]) if row else page


def blank(row: Row, today: date) -> FormData:
    """Return the form of a row as it opens: a call of today, and the next day named."""
    return FormData(
        {
            "occurred_on": today.isoformat(),
            "channel": Channel.CALL,
            "direction": Direction.SENT,
            "next_on": next_day(row.due.occasion, row.due.side, today).isoformat(),
        }
    )


def today_page(
    request: Request,
    staff: Staff,
    page: Shown,
    filled: Filled,
    *,
    opened: UUID | None = None,
    saved: bool = False,
    told: bool = False,
    registrations: int = 0,
) -> HTMLResponse:
    """Show the queue, one row of it open if one is named."""
    rows, look = page.rows, page.look
    groups = [(rank, [row for row in rows if row.rank is rank]) for rank in Rank]
    context = WORDS | {
        "groups": [(rank, found) for rank, found in groups if found],
        "counts": page.counts,
        "look": look,
        "rows_a_page": ROWS,
        "next": look.query(after=cursor(rows[-1].place)) if page.more else None,
        "today": staff.on,
        "me": staff.id,
        "opened": opened if any(row.due.id == opened for row in rows) else None,
        "values": filled.form,
        "errors": filled.mistakes,
        "saved": saved,
        "told": told,
        "registrations": registrations,
    }
    status = 422 if filled.mistakes else 200
    return render(request, "followup/today.html", status=status, staff=staff, **context)
