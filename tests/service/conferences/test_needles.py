"""Line 1: of people who have not consented nobody hears anything but who knows them already.

A needle stands in every text about a hundred people, in every table that there is. Everybody else
walks every route of the service, with the ids of these people in every place for an id, and finds
none of them. New tables are sown and new routes are walked by themselves.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.accounts.access import AnyStaff
from service.accounts.rules import Role
from service.conferences import repository as conferences
from service.conferences.tables import ConferenceRecord
from service.database import SessionDep, transaction
from service.persons import repository as persons
from service.persons.tables import Person
from service.web.assets import STATIC
from tests.factories import Town, account_in
from tests.service.browsing import OWN, TOKEN
from tests.service.conferences.sowing import PERSON, RECORD, Field, town_of_needles
from tests.service.tenancy.asking import Ask, Slot, asks

People = Callable[[str], TestClient]
PEOPLE = int(os.environ.get("DEBAN_NEEDLES", "100"))
NEEDLE = re.compile(rf"(?:{PERSON}|{RECORD})\d{{6}}")
OUTSIDERS = (
    "colleague", "csw_west", "coordinator", "officer", "admin", "auditor",
    "csw_elsewhere", "",
)  # fmt: skip
CLOSEST = ("colleague", "coordinator", "")
# Beside ids, what a list may be asked: for as much as it gives, of whichever day or area.
QUERIES = ({"limit": 200}, {"area": "east"}, {"on": "2026-11-20"}, {"format": "csv"})
NOBODY = UUID(int=0)
SKIPPED = {("DELETE", "/api/v1/sessions"), ("POST", "/sign-out"), ("POST", "/sign-in")}


def queries(app: FastAPI) -> Iterator[tuple[str, set[str]]]:
    """Yield what every route may be asked beside its path."""
    for context in iter_route_contexts(app.routes):
        if dependant := getattr(context, "dependant", None):
            yield str(context.path), set(_asked(dependant))


def _asked(dependant: Dependant) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for part in dependant.dependencies:
        yield from _asked(part)


class Walk:
    """The whole service over one field of needles, and everybody who is not to see them."""

    def __init__(self, connection: Connection, app: FastAPI, sign_in: People, field: Field) -> None:
        self.connection, self.app, self.field = connection, app, field
        self.clients = {name: sign_in(name) for name in (*OUTSIDERS, "csw", "member") if name}
        self.clients[""] = TestClient(app)
        self.tokens = {name: self._token(client) for name, client in self.clients.items()}
        self.asks = [ask for ask in asks(app) if (ask.method, ask.path) not in SKIPPED]
        self.queries = dict(queries(app))
        self.told = 0
        self.broken: set[str] = set()

    @staticmethod
    def _token(client: TestClient) -> str:
        found = TOKEN.search(client.get("/sign-in", headers=OWN).text)
        assert found is not None
        return found[1]

    @contextmanager
    def undone(self) -> Iterator[None]:
        with self.connection.begin_nested() as savepoint:
            yield
            savepoint.rollback()

    def found_by(self, name: str) -> dict[str, str]:
        """Walk as somebody; return each needle that was told, with the route that told it."""
        told: dict[str, str] = {}
        for ask in self.asks:
            for answer in self._answers(name, ask):
                self.told += 1
                where = f"{ask.method} {ask.path} as {name or 'nobody'}"
                heard = answer.text + str(answer.headers)
                if answer.status_code >= 500:
                    self.broken.add(where)
                told |= dict.fromkeys(NEEDLE.findall(heard), where)
        return told

    def _answers(self, name: str, ask: Ask) -> Iterator[Response]:
        # Lists tell of all of them; single ids are asked of one person and one record.
        chosen = self.field.beings[-2:]
        spoken = {slot.table(ask.path) for slot in ask.slots}
        about = [known for known in chosen if spoken & set(known)] or chosen[:1]
        for known in about:
            yield self._answer(name, ask, self._ids(ask, known), {})
        if ask.method == "GET":
            own = {
                slot: id_ for slot, id_ in self._ids(ask, about[0]).items() if slot.where == "path"
            }
            for query in QUERIES:
                if set(query) <= self.queries.get(ask.path, set()):
                    yield self._answer(name, ask, own, query)

    @staticmethod
    def _ids(ask: Ask, known: Mapping[str, UUID]) -> dict[Slot, UUID]:
        return {
            slot: known.get(slot.table(ask.path), NOBODY)
            for slot in ask.slots
            if (slot.where, slot.name) != ("query", "after")
        }

    def _answer(
        self, name: str, ask: Ask, ids: Mapping[Slot, UUID], query: Mapping[str, Any]
    ) -> Response:
        path, asked, body, form = ask.filled(ids)
        sent: dict[str, Any] = {"params": asked | query, "follow_redirects": False}
        if ask.is_page:
            sent["headers"] = OWN
            if ask.method != "GET":
                sent["data"] = form | {"csrf_token": self.tokens[name]}
        else:
            sent["json"] = body
        if ask.method == "GET":
            return self.clients[name].get(path, **{k: v for k, v in sent.items() if k != "json"})
        with self.undone():
            return self.clients[name].request(ask.method, path, **sent)


@pytest.fixture
def people() -> int:
    """How many are sown where one would do; the walk itself asks for a hundred."""
    return 2


@pytest.fixture
def field(connection: Connection, town: Town, people: int) -> Field:
    with transaction(connection) as session:
        for name, role, area in (
            ("member", Role.COORDINATOR, None),
            ("colleague", Role.CSW, town.areas["east"]),
        ):
            town.accounts[name] = account_in(session, town.municipality, name, role, area)
        # The database that answers more slowly has to say the same of a few.
        few = min(people, 5) if connection.dialect.name == "postgresql" else people
        return town_of_needles(session, town, people=few)


@pytest.fixture
def walk(
    connection: Connection, app: FastAPI, client_of: People, field: Field, elsewhere: Town
) -> Walk:
    return Walk(connection, app, client_of, field)


@pytest.mark.parametrize("people", [PEOPLE])
def test_whoever_is_neither_their_worker_nor_a_member_finds_none_of_a_hundred(
    walk: Walk, capsys: pytest.CaptureFixture[str]
) -> None:
    # All of them on the database that answers quickly; on the other those who come closest.
    walking = OUTSIDERS if walk.connection.dialect.name == "sqlite" else CLOSEST
    assert {name: walk.found_by(name) for name in walking} == {name: {} for name in walking}
    routes = {(ask.method, ask.path) for ask in walk.asks}
    assert len(routes) >= 120
    assert walk.told > 200 * len(walking)
    assert walk.broken == set()
    own, sat = walk.found_by("csw"), walk.found_by("member")
    assert not [needle for needle in own if needle.startswith(RECORD)]
    assert not [needle for needle in sat if needle.startswith(PERSON)]
    # The control: their worker and the member do find them, in every text that is shown at all.
    shown = {walk.field.needles[needle] for needle in (*own, *sat)}
    assert walk.field.places(RECORD) - shown == set()
    assert {("person", "note"), ("assessment", "picture"), ("contact", "what")} <= shown
    for plain in (
        "/openapi.json",
        "/metrics",
        *(f"/static/{each.name}" for each in STATIC.iterdir()),
    ):
        assert not NEEDLE.search(walk.clients["coordinator"].get(plain).text)
    assert not NEEDLE.search("".join(capsys.readouterr()))


def planted(app: FastAPI, path: str, leak: Callable[..., Any]) -> None:
    app.get(path, response_model=None)(leak)


def records_joined_to_a_list(session: SessionDep, _staff: AnyStaff) -> list[str]:
    return [record.worries for record in session.exec(select(ConferenceRecord))]


def person_by_id(person_id: UUID, session: SessionDep, _staff: AnyStaff) -> str:
    person = session.get(Person, person_id)
    return person.note if person else ""


@pytest.mark.parametrize(
    ("path", "leak", "kind"),
    [
        ("/api/v1/planted", records_joined_to_a_list, RECORD),
        ("/api/v1/planted/{person_id}", person_by_id, PERSON),
    ],
)
def test_a_planted_leak_is_found(
    app: FastAPI, walk: Walk, path: str, leak: Callable[..., Any], kind: str
) -> None:
    planted(app, path, leak)
    walk.asks = [ask for ask in asks(app) if ask.path == path]
    found = walk.found_by("coordinator")
    assert {needle[: len(kind)] for needle in found} == {kind}


def test_a_filter_that_was_forgotten_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.asks = [
        ask for ask in walk.asks if ask.path in {"/people", "/conferences/{conference_id}"}
    ]
    assert walk.found_by("coordinator") == {}
    monkeypatch.setattr(persons, "visible_people", lambda *_a, **_k: select(Person))
    monkeypatch.setattr(
        conferences, "_attended", lambda _staff: select(ConferenceRecord.conference_id)
    )
    kinds = {needle[: len(PERSON)] for needle in walk.found_by("coordinator")}
    assert kinds == {PERSON, RECORD}


def test_a_count_of_them_is_a_number(session: Session, town: Town, field: Field) -> None:
    counted = conferences.open_records_count(session, town.municipality.id, on=field_day(session))
    assert counted == len(field.beings) // 2


def field_day(session: Session) -> Any:
    return session.exec(select(ConferenceRecord.opened_on)).first()
