"""Pages of what hosts may see of somebody, and of what waits for a second pair of eyes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.tables import Host
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff, StepUpNeeded
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.disclosures import actions, cards, repository, showing, words
from service.disclosures.lifecycle import OPEN, Action, State, possible
from service.disclosures.repository import Seen
from service.disclosures.sheet import Sheet
from service.disclosures.tables import Packet
from service.hosts.tables import HostLink
from service.languages.ours import ours
from service.persons import actions as persons
from service.persons.tables import Person
from service.placements.access import Office
from service.placements.actions import list_placements, offer_for
from service.placements.lifecycle import CLOSED
from service.refusals import Refusal
from service.settings import Settings
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import address_of, render

router = APIRouter(route_class=Once)

MANY: Final = 500
SENTENCES: Final[dict[str, str]] = ours(
    {
        "NotCovered": "この受け入れ先に話してよいという同意が、いまはありません",
        "DayPassed": "いつまでの日が過ぎています",
        "NotYourMove": "たのんだ人とは別の人が確認します",
        "NoSuchMove": "いまの段階ではできません。画面を読み込みなおしてください",
        "Stale": "ほかの人が先に変えました。見なおしてください",
        "NotReleased": "まだ見せてよいことになっていません",
        "PlacementOver": "このつなぎは終わっています",
    }
)
USUAL: Final = ours("いまはできません。画面を読み込みなおしてください")


@dataclass(frozen=True, slots=True)
class Shown:
    """A packet as it stands on a page."""

    packet: Packet
    sheet: Sheet
    state: State
    possible: tuple[Action, ...]
    links: tuple[HostLink, ...] = ()


def _shown(
    staff: Staff, found: Iterable[Seen], links: Iterable[HostLink], office: Settings, at: datetime
) -> list[Shown]:
    open_links = [link for link in links if link.revoked_at is None and link.expires_at > at]
    return [
        Shown(
            each.packet,
            Sheet.of(each.packet.content),
            each.state,
            possible(each.state, actions.hands_of(staff, each, office)),
            tuple(link for link in open_links if link.packet_id == each.packet.id),
        )
        for each in found
    ]


@router.get("/people/{person_id}/disclosures")
def show_disclosures(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    office: Office,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    return _page(request, session, staff, person_id, office, today=today, at=at)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    person_id: UUID,
    office: Settings,
    *,
    today: date,
    at: datetime,
    mistake: str = "",
) -> HTMLResponse:
    person = persons.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at
    )
    found = actions.list_packets(session, staff, at=at, person_id=person_id, limit=MANY)
    links = repository.links(session, [each.packet.id for each in found])
    shown = _shown(staff, found, links, office, at)
    context: dict[str, Any] = {
        "staff": staff,
        "section": "people",
        "person": person,
        "open": [each for each in shown if each.state in OPEN],
        "over": [each for each in shown if each.state not in OPEN],
        "hosts": _hosts(session, staff, person, today=today),
        "cards": _cards(session, staff, person, today=today, at=at),
        "mistake": mistake,
    }
    return _rendered(request, session, "person", context, shown, status=422 if mistake else 200)


def _rendered(
    request: Request,
    session: Session,
    name: str,
    context: dict[str, Any],
    shown: Sequence[Shown],
    *,
    status: int = 200,
) -> HTMLResponse:
    by = {each.packet.prepared_by for each in shown} | {each.packet.decided_by for each in shown}
    context |= {
        "values": FormData(),
        "names": repository.display_names(session, by - {None}),
        "states": words.STATE_WORDS,
        "sorts": words.SORT_WORDS,
        "actions": words.ACTION_WORDS,
    }
    return render(request, f"disclosures/{name}.html", status=status, **context)


def _hosts(session: Session, staff: Staff, person: Person, *, today: date) -> list[tuple[str, str]]:
    """Return the hosts that some consent lets know something, by name."""
    given = persons.current_consents(session, person.id, on=today)
    known = persons.told_hosts(given)
    every = catalogue.all_by_ref(session, Host, staff.municipality_id).values()
    return [(str(h.id), h.name) for h in every if known is None or h.id in known]


def _cards(
    session: Session, staff: Staff, person: Person, *, today: date, at: datetime
) -> list[dict[str, Any]]:
    """Return the proposals that go on at hosts whom a consent lets know something."""
    running = list_placements(session, staff, at=at, person_id=person.id, limit=MANY)
    offers = [
        (each.id, offer_for(session, staff, each.activity_id, each.slot_id))
        for each in running
        if each.status not in CLOSED
    ]
    return [
        {"id": id_, "title": offer.activity.title, "host": offer.host.name}
        for id_, offer in offers
        if repository.consent_for(session, person.id, offer.host.id, None, on=today)
    ]


@router.post("/people/{person_id}/disclosures")
def draft(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    office: Office,
    today: Today,
    at: Moment,
) -> Response:
    """Draft what a host would be told, to be looked at before anybody else does."""
    filled = Filled(form)
    until = filled.day("until")
    try:
        if mistake := filled.mistakes.get("until"):
            return _page(
                request, session, staff, person_id, office, today=today, at=at, mistake=mistake
            )
        host_id = filled.id("host_id") or UUID(int=0)
        actions.draft(session, staff, person_id, host_id, until=until, at=at)
    except (actions.NotCovered, actions.DayPassed) as refused:
        mistake = _sentence(refused)
        return _page(
            request, session, staff, person_id, office, today=today, at=at, mistake=mistake
        )
    return _back(person_id)


def _sentence(refused: Refusal) -> str:
    return SENTENCES.get(type(refused).__name__, USUAL)


def _back(person_id: UUID) -> RedirectResponse:
    return RedirectResponse(f"/people/{person_id}/disclosures", 303)


@router.post("/disclosures/{packet_id}/moves")
def move(
    *,
    request: Request,
    packet_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    office: Office,
    today: Today,
    at: Moment,
) -> Response:
    filled = Filled(form)
    person_id = actions.packet_for(session, staff, packet_id, act=Act.WRITE, at=at).packet.person_id
    action = filled.choice("move", words.ACTION_WORDS)
    try:
        if action is not None:
            version = filled.number("version", highest=1_000_000)
            actions.move(session, staff, packet_id, action, version=version, at=at, settings=office)
    except StepUpNeeded:
        raise
    except Refusal as refused:
        mistake = _sentence(refused)
        return _page(
            request, session, staff, person_id, office, today=today, at=at, mistake=mistake
        )
    return _back(person_id)


@router.post("/placements/{placement_id}/cards")
def keep_card(
    placement_id: UUID, _form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    """Keep the anonymous card of a proposal; it is ready to be shown."""
    return _back(cards.keep_card(session, staff, placement_id, at=at).person_id)


@router.post("/disclosures/{packet_id}/links")
def make_link(
    *,
    request: Request,
    packet_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    office: Office,
    at: Moment,
) -> HTMLResponse:
    """Make a link and show it; this page is the only place where it ever stands."""
    made = showing.make_link(session, staff, packet_id, days=office.host_link_days, at=at)
    address = address_of(request, made.path, for_hosts=True)
    return render(
        request,
        "disclosures/link.html",
        staff=staff,
        section="people",
        link=made.link,
        address=address,
        picture=segno.make(address).svg_data_uri(scale=4),
    )


@router.post("/host-links/{link_id}/revocation")
def revoke_link(
    link_id: UUID, _form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    link = showing.revoke_link(session, staff, link_id, at=at)
    if link.inquiry_id is not None:
        return RedirectResponse(f"/inquiries/{link.inquiry_id}", 303)
    if link.registration_id is not None:
        return RedirectResponse(f"/registrations/{link.registration_id}", 303)
    assert link.person_id is not None
    return _back(link.person_id)


@router.get("/disclosures")
def show_waiting(
    *, request: Request, session: SessionDep, staff: PeopleReader, office: Office, at: Moment
) -> HTMLResponse:
    """Show what waits for a second pair of eyes, of people whom the caller may see."""
    found = actions.list_packets(session, staff, at=at, state=State.PREPARED, limit=MANY)
    shown = _shown(staff, found, (), office, at)
    ids = {each.packet.person_id for each in found}
    context: dict[str, Any] = {
        "staff": staff,
        "section": "people",
        "waiting": shown,
        "codes": repository.codes(session, staff, ids),
    }
    return _rendered(request, session, "waiting", context, shown)
