"""Pages of the catalogue: the list of activities, and one activity."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from catalogue.tables import Activity, Area, Host
from catalogue.terms import ActivityTerms
from catalogue.terms.values import Line
from matching.roads import Roads
from service.accounts.access import CatalogueReader
from service.clock import Today
from service.database import SessionDep
from service.hosts import actions, leaflet, repository
from service.hosts.finding import Look, unknown_loads
from service.hosts.listing import listing
from service.hosts.words import LOADS
from service.web.dates import WEEKDAY_WORDS
from service.web.pages import render

router = APIRouter()

SECTION: Final = "activities"
PAGE_LENGTH: Final = 50
DATES_SHOWN: Final = 5
WALKS: Final = (5, 10, 15, 20, 30)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form over the list sends; what is no choice of its own narrows nothing."""

    q: Annotated[Line, Query(max_length=100)] = ""
    area: Annotated[Line, Query(max_length=36)] = ""
    day: Annotated[Line, Query(max_length=9)] = ""
    within: Annotated[Line, Query(max_length=9)] = ""
    staying: bool = False
    physical: Annotated[Line, Query(max_length=9)] = ""
    social: Annotated[Line, Query(max_length=9)] = ""
    cognitive: Annotated[Line, Query(max_length=9)] = ""
    sensory: Annotated[Line, Query(max_length=9)] = ""
    pressure: Annotated[Line, Query(max_length=9)] = ""

    def look(self) -> Look:
        most = {row.name: _chosen(getattr(self, row.name), range(5)) for row in LOADS}
        return Look(
            words=self.q,
            area_id=_id(self.area),
            day=_chosen(self.day, range(7)),
            within=_chosen(self.within, WALKS),
            just_being=self.staying,
            most={name: level for name, level in most.items() if level is not None},
        )

    def query(self, **more: object) -> str:
        """Write the way to another page of the same list; ``more`` stands first."""
        said = {name: "true" if value is True else value for name, value in asdict(self).items()}
        return f"/activities?{urlencode({k: v for k, v in (more | said).items() if v})}"


def _chosen(said: str, offered: Iterable[int]) -> int | None:
    return int(said) if said in map(str, offered) else None


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


@router.get("/activities")
def show_activities(
    *,
    request: Request,
    session: SessionDep,
    staff: CatalogueReader,
    asked: Annotated[Asked, Depends()],
    after: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    settings = request.app.state.settings
    look = asked.look()
    roads = Roads(detour=settings.detour, hills=settings.hills)
    known = listing(session, staff, look, roads=roads)
    rows = known.found.rows
    begin = next((at + 1 for at, row in enumerate(rows) if row.id == after), 0)
    shown = rows[begin : begin + PAGE_LENGTH]
    more = begin + PAGE_LENGTH < len(rows)
    chosen = look.area_id if look.area_id in known.areas else None
    context: dict[str, Any] = {
        "rows": shown,
        "total": len(rows),
        "found": known.found,
        "areas": {area_id: each.name for area_id, each in known.areas.items()},
        "chosen": chosen,
        "placed": known.placed,
        "unknown": {row.id: unknown_loads(look, row) for row in shown},
        "look": look,
        "asked": asked,
        "narrowed": replace(look, area_id=chosen).narrows(),
        "loads": LOADS,
        "days": list(enumerate(WEEKDAY_WORDS)),
        "walks": WALKS,
        "following": asked.query(after=shown[-1].id) if more else "",
    }
    return render(request, "hosts/activities.html", staff=staff, section=SECTION, **context)


@router.get("/activities/{activity_id}")
def show_activity(
    request: Request,
    activity_id: UUID,
    session: SessionDep,
    staff: CatalogueReader,
    today: Today,
) -> HTMLResponse:
    activity = actions.entry(session, staff, Activity, activity_id)
    slots = repository.slots_of(session, [activity.id])[activity.id]
    terms = ActivityTerms.model_validate(activity.terms)
    return render(
        request,
        "hosts/activity.html",
        staff=staff,
        section=SECTION,
        activity=activity,
        terms=terms,
        host=actions.entry(session, staff, Host, activity.host_id),
        area=actions.entry(session, staff, Area, activity.area_id),
        openings=leaflet.openings(activity, slots, today=today)[:DATES_SHOWN],
        by_arrangement=any(slot.recurrence is None and slot.capacity for slot in slots),
        places=sum(slot.capacity for slot in slots),
        left=sum(slot.capacity - slot.taken for slot in slots),
        facts=leaflet.facts(terms),
        welcomes=leaflet.welcomes(terms),
        asks=leaflet.asks(terms),
    )
