"""Invariant 3: nobody learns who passed whom.

Not a search for words but a comparison: the same afternoon is lived twice, and every output is
asked for both times. What a person may see beside the screen or on paper must not differ by who
passed; what a host may open must not differ by why it came to nothing. The routes come from the
app, so an output that nobody thought of is compared as well.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import load_workbook
from sqlalchemy import Connection
from sqlmodel import Session, select

from catalogue.profiles import SharedWith
from service.app import create_app
from service.database import SessionDep
from service.placements.tables import Placement
from service.settings import Settings, Side
from service.web.workbooks import MEDIA
from tests.factories import Town, person_in
from tests.service.browsing import OWN, send
from tests.service.placements.walks import moved
from tests.service.tenancy.asking import Ask, asks

ClientOf = Callable[[str], TestClient]
Outputs = dict[str, tuple[int, str]]
API: Final = "/api/v1"
ON_ONE: Final = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
# Where staff work on a placement itself: there it stands who passed, and why. And how long
# requests took is another figure each time.
DESK: Final = frozenset(
    {
        "/metrics",
        f"{API}/placements",
        f"{API}/placements/{{placement_id}}",
        "/placements/{placement_id}",
    }
)
QUERIES: Final = {"year": "2026", "month": "10"}
# What is computed on request; the only outputs that are no GET and speak of what was tried.
COMPUTED: Final = ("suggestions", "activities/{activity}/candidates", "assignments")
UUIDS: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
LINK: Final = re.compile(r"/h/([\w-]{43})")
SIGNS: Final = re.compile(r'name="csrf_token" value="\w+"')


@dataclass(frozen=True)
class Afternoon:
    """One person who was asked for at a host, with everything that the host was given."""

    app: FastAPI
    connection: Connection
    client: TestClient
    ids: dict[str, UUID | str]
    tokens: tuple[str, ...]

    def after(self, *walk: tuple[str, dict[str, Any]], of: Callable[[], Outputs]) -> Outputs:
        """Live an afternoon, collect outputs, and take it all back."""
        with self.connection.begin_nested() as savepoint:
            for action, terms in walk:
                moved(self.client, {"id": str(self.ids["placement"])}, action, **terms)
            found = of()
            savepoint.rollback()
        return found


@pytest.fixture
def afternoon(
    app: FastAPI, connection: Connection, client_of: ClientOf, session: Session, town: Town
) -> Afternoon:
    host = town.hosts["temple"]
    consent = {"shared_with": SharedWith.HOSTS, "fields": ["age_band", "pace"]}
    person = person_in(session, town, consent=consent)
    own, colleague = client_of("csw"), client_of("coordinator")
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    placement = done(own, "placements", **body)
    for action in ("want", "ask"):
        moved(own, placement, action)
    card = done(own, "disclosures", placement_id=placement["id"])
    packet = done(colleague, "disclosures", person_id=str(person.id), host_id=str(host.id))
    for client, move in ((colleague, "prepare"), (own, "release")):
        done(client, f"disclosures/{packet['id']}/moves", move=move)
    tokens = tuple(
        done(own, f"disclosures/{each['id']}/links", days=9)["token"] for each in (card, packet)
    )
    question = done(own, "inquiries", purpose="before", placement_id=placement["id"])
    tokens += (done(own, f"inquiries/{question['id']}/links")["token"],)
    invited = LINK.search(send(own, f"/hosts/{host.id}/registrations", {}).text)
    assert invited
    tokens += (invited[1],)
    given = own.get(f"{API}/people/{person.id}/consents").json()["items"][0]["id"]
    known = {"person": person.id, "activity": town.activities["leaves"].id, "host": host.id}
    known |= {"placement": placement["id"], "consent": given, "packet": packet["id"]}
    known["inquiry"] = question["id"]
    known |= {"slot": town.slots["leaves"][0].id, "disclosure": packet["id"]}
    return Afternoon(app, connection, own, known, tokens)


def done(client: TestClient, path: str, **body: Any) -> Any:
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code in {200, 201}, (path, answer.text)
    return answer.json()


def staff_outputs(day: Afternoon) -> Outputs:
    """Ask for every GET of the office, and for what is computed of what was tried."""
    found: Outputs = {}
    for ask in asks(day.app):
        if ask.method == "GET" and ask.path not in DESK and "{token}" not in ask.path:
            found[f"GET {ask.path}"] = _got(day, _path(ask, day.ids))
    for path in COMPUTED:
        body: dict[str, Any] = {}
        if path == "suggestions":
            body = {"person_id": str(day.ids["person"])}
        if path == "assignments":
            body = {"people": [str(day.ids["person"])]}
        with day.connection.begin_nested() as savepoint:
            filled = path.format(activity=day.ids["activity"])
            answer = day.client.post(f"{API}/{filled}", json=body)
            savepoint.rollback()
        found[f"POST {path}"] = (answer.status_code, _plain(_read(answer)))
    return found


def _path(ask: Ask, ids: dict[str, UUID | str]) -> str:
    path = ask.path
    for slot in ask.slots:
        if slot.where == "path":
            path = path.replace(f"{{{slot.name}}}", str(ids.get(slot.table(ask.path), UUID(int=0))))
    return path


def _got(day: Afternoon, path: str) -> tuple[int, str]:
    headers = {} if path.startswith("/api/") else OWN
    with day.connection.begin_nested() as savepoint:
        answer = day.client.get(path, params=QUERIES, headers=headers, follow_redirects=False)
        savepoint.rollback()
    return answer.status_code, _plain(_read(answer))


def _read(answer: Response) -> str:
    """Return what is said; of a workbook its cells, for a file says when it was made."""
    if answer.headers.get("content-type") != MEDIA:
        return answer.text
    book = load_workbook(BytesIO(answer.content), read_only=True)
    return "\n".join(str(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def _plain(text: str) -> str:
    """Leave out what differs each time: ids that are made anew, and forms' own signs."""
    return SIGNS.sub("", UUIDS.sub("id", text))


# A worker's own calendar: codes and figures, and no host ever has its address.
OF_STAFF: Final = {"/c/{token}.ics"}


def host_paths(app: FastAPI) -> Iterator[str]:
    """Yield every address that a link opens, those of the host side and any other with a token."""
    sides = (create_app(Settings(side=Side.HOST), bind=app.state.engine), app)
    paths = {
        str(each.path)
        for side in sides
        for each in iter_route_contexts(side.routes)
        if "GET" in (each.methods or ())
    }
    yield from sorted(path for path in paths if "{token}" in path and path not in OF_STAFF)


def host_outputs(day: Afternoon) -> Outputs:
    """Open everything that hosts were given, as somebody who is not signed in."""
    stranger = TestClient(day.app)
    found: Outputs = {}
    for path in host_paths(day.app):
        for number, token in enumerate(day.tokens):
            with day.connection.begin_nested() as savepoint:
                answer = stranger.get(
                    path.replace("{token}", token).replace("{section}", "what"), headers=OWN
                )
                savepoint.rollback()
            found[f"{path} {number}"] = (answer.status_code, _plain(_read(answer)))
    return found


def differing(one: Outputs, other: Outputs) -> list[str]:
    assert one.keys() == other.keys()
    return [name for name in one if one[name] != other[name]]


HOST_PASSED: Final = ("host_passes", {"note": "受け入れ先が断った"})
PERSON_PASSED: Final = ("pass", {"side": "person", "note": "本人がやめた"})


@ON_ONE
def test_nothing_a_person_may_see_says_whether_they_or_the_host_passed(
    afternoon: Afternoon,
) -> None:
    collect = partial(staff_outputs, afternoon)
    host = afternoon.after(HOST_PASSED, of=collect)
    person = afternoon.after(PERSON_PASSED, of=collect)
    assert differing(host, person) == []
    asked = {name for name, (status, _) in host.items() if status == 200}
    assert len(asked) >= 35
    for path in ("/people/{person_id}", "/people/{person_id}/candidates",
                 "/activities/{activity_id}", "/people/{person_id}/access-log"):  # fmt: skip
        assert f"GET {path}" in asked
    assert {f"POST {path}" for path in COMPUTED} <= host.keys()


@ON_ONE
def test_nothing_a_host_may_open_says_why_it_came_to_nothing(afternoon: Afternoon) -> None:
    collect = partial(host_outputs, afternoon)
    before = afternoon.after(of=collect)
    shown = [name for name, (status, _) in before.items() if status == 200]
    assert shown, "the host's links open something at first"
    unseen = {name.split()[0] for name in before} - {name.split()[0] for name in shown}
    assert unseen == set(), "a route for hosts that no token of this test opens"
    person = afternoon.after(PERSON_PASSED, of=collect)
    for other in (
        ("pass", {"side": "team", "note": "合わないと思った"}),
        ("supersede", {}),
        HOST_PASSED,
    ):
        assert differing(person, afternoon.after(other, of=collect)) == []
    assert differing(before, person) != []  # the card is gone, and says nothing of why


@ON_ONE
def test_a_card_does_not_come_back_with_a_placement_that_is_opened_again(
    afternoon: Afternoon,
) -> None:
    collect = partial(host_outputs, afternoon)
    gone = afternoon.after(("pass", {"side": "team"}), of=collect)
    again = afternoon.after(("pass", {"side": "team"}), ("reopen", {}), ("want", {}),
                            ("ask", {}), of=collect)  # fmt: skip
    assert differing(gone, again) == []


@ON_ONE
def test_a_leak_on_either_side_is_found(afternoon: Afternoon, session: Session) -> None:
    """The control: a sheet that tells the side, and a link that tells the status."""
    planted = APIRouter()

    @planted.get("/people/{person_id}/planted-sheet")
    def sheet(person_id: UUID, session: SessionDep) -> dict[str, Any]:
        found = session.exec(select(Placement).where(Placement.person_id == person_id)).one()
        return {"ended_by": found.end_side}

    @planted.get("/h/{token}/planted")
    def state(token: str, session: SessionDep) -> dict[str, Any]:
        found = session.exec(select(Placement)).one()
        return {"status": found.status}

    afternoon.app.include_router(planted)
    staff, host = partial(staff_outputs, afternoon), partial(host_outputs, afternoon)
    told = differing(
        afternoon.after(HOST_PASSED, of=staff), afternoon.after(PERSON_PASSED, of=staff)
    )
    assert told == ["GET /people/{person_id}/planted-sheet"]
    opened = differing(
        afternoon.after(PERSON_PASSED, of=host), afternoon.after(("supersede", {}), of=host)
    )
    assert {name.split()[0] for name in opened} == {"/h/{token}/planted"}
