"""Pages on which a trial is agreed: fill in, check the answers, see what the host will see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData, UploadFile

from catalogue.profiles import Accompaniment, SharedWith
from catalogue.terms import ActivityTerms
from catalogue.terms.values import Line
from service.accounts.access import Placer
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.companions.actions import aided_by
from service.database import SessionDep
from service.hosts import leaflet
from service.hosts.repository import slots_of
from service.languages.ours import ours
from service.persons import actions as persons
from service.persons.picture import Picture
from service.persons.tables import Person
from service.persons.words import ACCOMPANIMENT_WORDS, TOLD_WORDS
from service.placements import actions
from service.placements.access import Office
from service.placements.forms import read_terms, refusal_words
from service.placements.lifecycle import Action, Employment
from service.placements.overlapping import Overlap, overlaps
from service.placements.repository import Offer
from service.placements.tables import Placement
from service.placements.telling import host_view
from service.placements.terms import Terms
from service.placements.words import EMPLOYMENT_WORDS
from service.refusals import Refusal
from service.settings import Settings
from service.web.dates import opening_words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

FORM, CHECK = "placements/agree.html", "placements/check.html"
DATES_OFFERED: Final = 6
SHORTEST: Final = 30  # minutes, where the host has not said how short a visit may be
# What each button of the check means: the move, and the kind of taking part it fixes.
BUTTONS: Final = {
    "agree": (Action.AGREE, None),
    "look": (Action.AGREE, Employment.LOOK),
    "ask": (Action.ASK, None),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at the table: the person, their picture, and what is offered."""

    person: Person
    picture: Picture
    offer: Offer
    tellable: tuple[str, ...]
    dates: tuple[tuple[str, str], ...]

    @property
    def shortest(self) -> int:
        terms = ActivityTerms.model_validate(self.offer.activity.terms)
        return terms.minutes.min if terms.minutes else SHORTEST


def _table(
    session: Session,
    staff: Staff,
    person_id: UUID,
    activity_id: UUID,
    *,
    today: date,
    at: datetime,
) -> Table:
    person = persons.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at
    )
    offer = actions.offer_for(session, staff, activity_id)
    assessment = persons.latest_assessment(session, person.id)
    slots = slots_of(session, [activity_id])[activity_id]
    picture = Picture.model_validate(assessment.picture if assessment else {})
    help_ = aided_by(session, person.municipality_id, picture, on=today)
    upcoming = [
        each
        for each in leaflet.openings(offer.activity, slots, today=today)
        if help_ is None or each.start.date() in help_.days
    ]
    return Table(
        person,
        picture,
        offer,
        _tellable(session, person, offer, today=today),
        tuple(
            (each.start.date().isoformat(), opening_words(each.start))
            for each in upcoming[:DATES_OFFERED]
        ),
    )


def _tellable(session: Session, person: Person, offer: Offer, *, today: date) -> tuple[str, ...]:
    """Return the fields that a consent covers for this host today."""
    covered = {
        field
        for consent in persons.current_consents(session, person.id, on=today)
        if consent.shared_with is SharedWith.HOSTS and consent.host_id in {None, offer.host.id}
        for field in consent.fields
    }
    return tuple(field for field in TOLD_WORDS if field in covered)


@router.get("/people/{person_id}/placements/new")
def show_agreement(
    *,
    request: Request,
    person_id: UUID,
    activity: UUID,
    session: SessionDep,
    staff: Placer,
    today: Today,
    at: Moment,
    suggestion: Annotated[UUID | None, Query()] = None,
    first: Annotated[date | None, Query()] = None,
    minutes: Annotated[int | None, Query(ge=1, le=1440)] = None,
    dose: Annotated[Line, Query(max_length=200)] = "",
) -> HTMLResponse:
    table = _table(session, staff, person_id, activity, today=today, at=at)
    first_on = first.isoformat() if first else next((day for day, _ in table.dates), "")
    accompanied = table.picture.accompaniment or Accompaniment.NONE
    alone = accompanied is Accompaniment.NONE
    along = "" if alone else f"{staff.display_name}({ACCOMPANIMENT_WORDS[accompanied]})"
    values: list[tuple[str, str | UploadFile]] = [
        ("activity", str(activity)),
        ("suggestion", str(suggestion or "")),
        ("first_on", first_on),
        ("minutes", str(minutes or table.shortest)),
        ("dose", dose),
        ("companion", along),
        ("own_words", ""),
        ("kind", Employment.TASTE),
        *(("may_tell", field) for field in table.tellable),
    ]
    return _page(request, staff, table, Filled(FormData(values)), name=FORM)


@router.post("/people/{person_id}/placements/new")
def agree(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: Placer,
    settings: Office,
    today: Today,
    at: Moment,
) -> Response:
    """Show the answers to check, or make the promise when they have been checked."""
    filled = Filled(form)
    activity_id = filled.id("activity") or UUID(int=0)
    table = _table(session, staff, person_id, activity_id, today=today, at=at)
    terms = read_terms(filled, Action.AGREE)
    if terms.first_on is not None and terms.first_on < today:
        filled.mistakes["first_on"] = ours("きょうよりあとの日にしてください")
    step = filled.text("step")
    if filled.mistakes or step not in BUTTONS:
        name = FORM if filled.mistakes or step == "change" else CHECK
        meets = (
            overlaps(session, staff, person_id, table.offer, first_on=terms.first_on or today)
            if name == CHECK
            else []
        )
        return _page(request, staff, table, filled, name=name, terms=terms, meets=meets)
    try:
        with session.begin_nested():
            placement = _promise(session, staff, table, filled, step, at=at, settings=settings)
    except Refusal as refusal:
        filled.mistakes["first_on"] = refusal_words(refusal)
        return _page(request, staff, table, filled, name=FORM, terms=terms)
    return RedirectResponse(f"/placements/{placement.id}?saved=true", 303)


def _promise(
    session: Session,
    staff: Staff,
    table: Table,
    filled: Filled,
    step: str,
    *,
    at: datetime,
    settings: Settings,
) -> Placement:
    """Walk from the proposal to the promise, each move written down as what it is."""
    action, kind = BUTTONS[step]
    own_words = filled.text("own_words", longest=1000)
    placement = actions.propose(
        session,
        staff,
        person_id=table.person.id,
        activity_id=table.offer.activity.id,
        slot_id=table.offer.slot.id,
        suggestion_id=filled.id("suggestion"),
        own_words=own_words,
        override_reason=filled.text("override_reason", longest=500),
        at=at,
        settings=settings,
    )
    wanted = Terms(own_words=own_words or None)
    terms = read_terms(filled, action)
    if kind is not None:
        terms = replace(terms, kind=kind)
    for move, said in ((Action.WANT, wanted), (action, terms)):
        actions.move(session, staff, placement.id, move, said, at=at, settings=settings)
    return placement


def _page(
    request: Request,
    staff: Staff,
    table: Table,
    filled: Filled,
    *,
    name: str,
    terms: Terms | None = None,
    meets: Sequence[Overlap] = (),
) -> HTMLResponse:
    context: dict[str, Any] = {
        "section": "people",
        "person": table.person,
        "offer": table.offer,
        "dates": table.dates,
        "tellable": [(field, TOLD_WORDS[field]) for field in table.tellable],
        "kinds": list(EMPLOYMENT_WORDS.items()),
        "values": filled.form,
        "errors": filled.mistakes,
        "terms": terms,
        "meets": meets,
    }
    if name == CHECK and terms is not None:
        context["host_view"] = host_view(
            table.person,
            table.picture,
            terms,
            title=table.offer.activity.title,
            may_tell=terms.may_tell or (),
        )
    return render(request, name, status=422 if filled.mistakes else 200, staff=staff, **context)
