"""Pages of a person's story, and of writing down a contact in three taps."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Activity, Area, Host
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.audit.tables import Act
from service.clock import Moment, Today
from service.contacts import actions, repository
from service.contacts.rules import Story
from service.contacts.subjects import Subject
from service.contacts.tables import Channel, Direction
from service.contacts.timeline import small_changes, timeline
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.database import SessionDep
from service.languages.ours import ours
from service.persons import actions as persons
from service.persons import words
from service.persons.apart import actions as apart
from service.persons.names import actions as naming
from service.persons.picture import Picture
from service.persons.tables import KeepApart
from service.persons.telling import limit_words
from service.placements import actions as placements
from service.placements import repository as placing
from service.placements.lifecycle import CLOSED, Action, Actor, Status, possible
from service.placements.tables import Placement
from service.placements.words import STATUS_WORDS
from service.visits import repository as visiting
from service.visits.actions import list_visits
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

SECTION: Final = "people"
# What the fields of a contact are called; every page with them shows the same.
STORY_WORDS: Final[dict[str, Any]] = {
    "last_words": RESULT_WORDS,
    "results": list(RESULT_WORDS.items()),
    "channels": list(CHANNEL_WORDS.items()),
    "directions": list(DIRECTION_WORDS.items()),
}
# Lists come by id, not by day: a bound that a life with us could reach would hide any of its days.
MANY: Final = 10_000
# From where somebody may rest: the page offers it in one press.
TAKING_REST: Final = frozenset(
    status for status in Status if Action.REST in possible(status, by=Actor.CSW)
)
NEXT_WITH_PLACEMENT: Final = timedelta(days=14)
NEXT_WITHOUT: Final = timedelta(days=30)


@router.get("/people/{person_id}")
def show_person(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    saved: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    person = persons.person_for(
        session, staff, person_id, act=Act.READ, resource=persons.PERSON, at=at
    )
    found = placements.list_placements(session, staff, at=at, person_id=person_id, limit=MANY)
    titles = _titles(session, staff, found)
    assessment = persons.latest_assessment(session, person_id)
    picture = Picture.model_validate(assessment.picture if assessment else {})
    area = catalogue.get(session, Area, staff.municipality_id, person.area_id)
    subject = Subject(person_id=person_id)
    story = timeline(
        placing.moves_of(session, [placement.id for placement in found]),
        list_visits(session, staff, at=at, person_id=person_id, limit=MANY),
        actions.list_contacts(session, staff, subject, at=at, limit=MANY),
        titles=titles,
        earlier={
            **visiting.told_before(session, staff, person_id),
            **repository.told_before(session, staff, person_id),
        },
    )
    concerns = actions.list_concerns(session, staff, subject, at=at, limit=MANY)
    return render(
        request,
        "contacts/person.html",
        staff=staff,
        section=SECTION,
        saved=saved,
        person=person,
        known_as=naming.name_of(session, staff, person_id, at=at).name,
        area=area.name if area else "",
        assessment=assessment,
        picture=picture,
        limits=[limit_words(limit) for limit in picture.limits],
        consents=persons.current_consents(session, person_id, on=today),
        host_names=_host_names(session, staff),
        open_placements=[each for each in found if each.status not in CLOSED],
        closed_placements=[each for each in found if each.status in CLOSED],
        apart=_apart(session, staff, person_id, at=at),
        concerns=[each for each in concerns if each.settled_on is None],
        titles=titles,
        story=story,
        changes=small_changes(story),
        may_write=may(staff.role, Right.WRITE_PEOPLE),
        may_place=may(staff.role, Right.PLACE),
        resting=TAKING_REST,
        statuses=STATUS_WORDS,
        words=words,
        days=dict(words.DAY_WORDS),
    )


def _apart(
    session: SessionDep, staff: Staff, person_id: UUID, *, at: datetime
) -> list[tuple[KeepApart, str]]:
    """Return a person's pairs with the codes of the others, as far as the caller sees both."""
    pairs = apart.pairs_of(session, staff, person_id, at=at)
    codes = apart.codes_of(session, staff, pairs, person_id)
    return [(pair, codes[apart.other_of(pair, person_id)]) for pair in pairs]


def _host_names(session: SessionDep, staff: Staff) -> dict[UUID, str]:
    every = catalogue.all_by_ref(session, Host, staff.municipality_id).values()
    return {host.id: host.name for host in every}


def _titles(session: SessionDep, staff: Staff, found: Sequence[Placement]) -> dict[UUID, str]:
    titles = {}
    for placement in found:
        activity = catalogue.get(session, Activity, staff.municipality_id, placement.activity_id)
        titles[placement.id] = activity.title if activity else ""
    return titles


@router.get("/people/{person_id}/contacts/new")
def show_contact(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    running = placements.list_placements(session, staff, at=at, person_id=person_id, limit=MANY)
    going = any(each.status not in CLOSED for each in running)
    following = today + (NEXT_WITH_PLACEMENT if going else NEXT_WITHOUT)
    values = FormData(
        {
            "occurred_on": today.isoformat(),
            "channel": Channel.CALL,
            "direction": Direction.SENT,
            "next_on": following.isoformat(),
        }
    )
    return _contact_page(request, session, staff, person_id, Filled(values), at=at)


@router.post("/people/{person_id}/contacts/new")
def record_contact(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    filled = Filled(form)
    story = read_story(filled, today=today)
    if story is None:
        return _contact_page(request, session, staff, person_id, filled, at=at)
    actions.record_contact(session, staff, Subject(person_id=person_id), story, at=at)
    return RedirectResponse(f"/people/{person_id}?saved=true", 303)


def read_story(filled: Filled, *, today: date) -> Story | None:
    """Return the contact that was written down, or None with the mistakes named."""
    channel = filled.needed(
        "channel", CHANNEL_WORDS, sentence=ours("どうやって話したかを選んでください")
    )
    direction = filled.needed(
        "direction", DIRECTION_WORDS, sentence=ours("受信か発信かを選んでください")
    )
    result = filled.needed("result", RESULT_WORDS, sentence=ours("どうだったかを選んでください"))
    occurred_on = filled.day("occurred_on") or today
    texts = {
        "what": filled.text("what", longest=4000),
        "intention": filled.text("intention", longest=2000),
        "small_change": filled.text("small_change", longest=1000),
    }
    next_on = filled.day("next_on")
    if occurred_on > today:
        filled.mistakes["occurred_on"] = ours("まだ来ていない日です")
    if next_on is not None and next_on < occurred_on:
        filled.mistakes["next_on"] = ours("次の日は、関わった日よりあとにしてください")
    if filled.mistakes or channel is None or direction is None or result is None:
        return None
    return Story(
        occurred_on=occurred_on,
        channel=channel,
        direction=direction,
        result=result,
        next_on=next_on,
        **texts,
    )


def _contact_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    person = persons.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.CONTACT, at=at
    )
    return render(
        request,
        "contacts/record.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section=SECTION,
        person=person,
        values=filled.form,
        errors=filled.mistakes,
        **STORY_WORDS,
    )
