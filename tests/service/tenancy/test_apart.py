"""Line 7 as one property: whatever a route is asked, another municipality is as if it were not.

For every route, every role and every place where an id may stand: with an id of the neighbour the
answer is the one for an id that nobody has, tells nothing of theirs, and leaves their rows alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection

from service.accounts import access
from service.accounts.access import AnyStaff
from service.accounts.rules import Role
from service.database import SessionDep
from service.persons.tables import Person
from tests.factories import Town
from tests.service.browsing import OWN
from tests.service.tenancy.asking import Ask, Forms, Slot, asks
from tests.service.tenancy.neighbours import NEEDLE, complete, live, neighbour, stored

ClientOf = Callable[[str], TestClient]
TOKEN = re.compile(r'(name="(?:csrf_token|once)" value=")[\w-]+')
ABSENT = uuid4()


class Street:
    """Ours and theirs side by side, and one client for each of our roles."""

    def __init__(
        self, connection: Connection, client_of: ClientOf, towns: tuple[Town, Town]
    ) -> None:
        self.connection = connection
        ours, theirs = client_of("csw"), client_of("csw_elsewhere")
        live(ours, towns[0], "こちらのことば")
        live(theirs, towns[1], NEEDLE)
        complete(connection, towns[1])
        self.ours = neighbour(connection, towns[0], ours)
        self.theirs = neighbour(connection, towns[1], theirs)
        self.before = stored(connection, self.theirs.municipality)
        self.clients = {role: client_of(role.value) for role in Role}
        app = ours.app
        assert isinstance(app, FastAPI)
        self.app = app
        self.tokens: dict[TestClient, str] = {}

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Take back whatever a request did, so that the next finds everything as it was."""
        with self.connection.begin_nested() as savepoint:
            yield
            savepoint.rollback()

    def asks(self) -> list[Ask]:
        """Every route; a page's form with the fields that our own pages give it."""
        forms = dict(self._forms())
        return [self._with_form(ask, forms.get(ask.path)) for ask in asks(self.app)]

    def _with_form(self, ask: Ask, form: Mapping[str, str] | None) -> Ask:
        if not ask.is_page or ask.method != "POST":
            return ask
        kinds = {str(id_): kind for kind, id_ in self.ours.ids.items()}
        known = {name: said for name, said in (form or {}).items() if name != "csrf_token"}
        slots = [
            Slot("form", kinds[said], (name,)) for name, said in known.items() if said in kinds
        ]
        return Ask(ask.method, ask.path, form=known, slots=(*ask.slots, *slots))

    def _forms(self) -> Iterator[tuple[str, dict[str, str]]]:
        pages = [ask for ask in asks(self.app) if ask.method == "GET" and ask.is_page]
        posts = [ask.path for ask in asks(self.app) if ask.method == "POST"]
        for page in pages:
            slots = {slot: self._id("ours", slot, page) for slot in page.slots}
            with self.undone():
                path, query, *_ = page.filled(slots)
                answer = self.clients[Role.CSW].get(path, params=query, headers=OWN)
            for action, fields in Forms(answer.text).found:
                target = (action or path).partition("?")[0]
                for template in posts:
                    if re.fullmatch(re.sub(r"\{[^}]*\}", "[0-9a-f-]{36}", template), target):
                        yield template, fields

    def own(self, ask: Ask) -> dict[Slot, UUID]:
        """Our own ids for what a request cannot do without: its path and what its body needs."""
        needed = [slot for slot in ask.slots if slot.where == "path" or _stands(ask.body, slot)]
        return {slot: self._id("ours", slot, ask) for slot in needed}

    def answer(self, client: TestClient, ask: Ask, ids: Mapping[Slot, UUID]) -> Response:
        path, query, body, form = ask.filled(ids)
        if not ask.is_page:
            return client.request(ask.method, path, params=query, json=body)
        send = partial(client.request, ask.method, path, params=query, headers=OWN)
        if ask.method == "GET":
            return send(follow_redirects=False)
        return send(follow_redirects=False, data=form | {"csrf_token": self._token(client)})

    def _token(self, client: TestClient) -> str:
        if client not in self.tokens:
            token = TOKEN.search(client.get("/sign-in", headers=OWN).text)
            assert token is not None
            self.tokens[client] = token[0].rpartition('"')[2]
        return self.tokens[client]

    def breaches(self, role: Role, ask: Ask) -> Iterator[str]:
        """Say where an answer differs from the one about nobody, or tells of the neighbour."""
        told = f"{role} {ask.method} {ask.path}"
        # Each place by itself, beside our own ids; and all of them together.
        together = (ask.slots,) if len(ask.slots) != 1 else ()
        for slots in (*((slot,) for slot in ask.slots), *together):
            names = [slot.name for slot in slots]
            theirs = self._answer_about("theirs", role, ask, slots)
            if theirs is None:
                yield f"{told} {names}: their rows have changed"
                continue
            if self._tells(theirs.text, {self._id("theirs", slot, ask) for slot in slots}):
                yield f"{told} {names}: tells of the neighbour"
            if not slots or "after" in names:
                continue  # a cursor is compared with ids, and belongs to nobody
            absent = self._answer_about("absent", role, ask, slots)
            if absent is None or _seen(absent) != _seen(theirs):
                yield f"{told} {names}: another answer than about nobody"
            elif absent.status_code == HTTPStatus.FORBIDDEN:
                return  # the role is refused before anything is looked up

    def _answer_about(
        self, whose: str, role: Role, ask: Ask, slots: Sequence[Slot]
    ) -> Response | None:
        """Ask with somebody's ids in these slots; nothing if that changed the neighbour's rows."""
        ids = self.own(ask) | {slot: self._id(whose, slot, ask) for slot in slots}
        with self.undone():
            answer = self.answer(self.clients[role], ask, ids)
            writes = ask.method != "GET" and answer.status_code < HTTPStatus.BAD_REQUEST
            if writes and stored(self.connection, self.theirs.municipality) != self.before:
                return None
        answer.encoding = "utf-8"
        return answer

    def _id(self, whose: str, slot: Slot, ask: Ask) -> UUID:
        kind = slot.table(ask.path)
        if kind not in self.theirs.ids:
            raise LookupError(f"{ask.path}: whose id is {slot.name}? asking.TABLE_OF says")
        # Theirs has a row of every kind; what we do not have yet nobody has.
        return {"theirs": self.theirs.ids, "ours": self.ours.ids}.get(whose, {}).get(kind, ABSENT)

    def _tells(self, text: str, asked: set[UUID]) -> bool:
        known = set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))
        others = (known & self.theirs.every) - {str(id_) for id_ in asked}
        return bool(others) or NEEDLE in text or "となり市" in text or "_elsewhere" in text


def _stands(body: Any, slot: Slot) -> bool:
    """Say whether the plainest body already has something at a slot's place."""
    if slot.where != "body":
        return False
    for step in slot.place:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _seen(answer: Response) -> tuple[int, str]:
    """What a caller can tell two answers by; whatever was made anew has an id of its own."""
    if answer.request.method != "GET" and answer.status_code < HTTPStatus.BAD_REQUEST:
        return answer.status_code, ""
    asked = {part for part in re.split(r"[/?&=]", str(answer.request.url)) if len(part) == 36}
    text = TOKEN.sub(r"\1", answer.text)
    for id_ in asked:
        text = text.replace(id_, "ID")
    return answer.status_code, text


@pytest.fixture
def street(connection: Connection, client_of: ClientOf, town: Town, elsewhere: Town) -> Street:
    return Street(connection, client_of, (town, elsewhere))


def test_whatever_is_asked_another_municipality_is_as_if_it_were_not(street: Street) -> None:
    every = street.asks()
    assert len(every) >= 80
    # The same code answers on both; where the wall stands too, a role of each group will do.
    walled = street.connection.dialect.name == "postgresql"
    roles = (Role.CSW, Role.ADMIN) if walled else tuple(Role)
    found = [breach for role in roles for ask in every for breach in street.breaches(role, ask)]
    assert found == [], "\n".join(found)
    assert stored(street.connection, street.theirs.municipality) == street.before


def test_the_requests_are_such_that_ones_own_ids_are_found(street: Street) -> None:
    """The control of the above: it would say nothing if every request were malformed."""
    wanted = [ask for ask in street.asks() if street.own(ask)]
    understood = []
    for ask in wanted:
        with street.undone():
            answer = street.answer(street.clients[Role.CSW], ask, street.own(ask))
        if answer.status_code not in {403, 404, 405, 422}:
            understood.append(ask)
    assert len(understood) >= 0.6 * len(wanted)


def test_planted_routes_that_forget_the_municipality_are_caught(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the second wall switched off, or PostgreSQL would hide what the routes forget."""

    def by_path(session: SessionDep, _staff: AnyStaff, person_id: UUID) -> str:
        found = session.get(Person, person_id)
        return found.code if found else "nobody"

    def by_query(session: SessionDep, _staff: AnyStaff, person_id: UUID | None = None) -> str:
        return str(person_id and session.get(Person, person_id))

    def writing(session: SessionDep, _staff: AnyStaff, person_id: UUID) -> str:
        found = session.get(Person, person_id)
        if found is not None:
            found.age_band = "changed"
        return "done"

    monkeypatch.setattr(access, "enter", lambda *_known: None)
    before = {(ask.method, ask.path) for ask in asks(street.app)}
    street.app.get("/api/v1/planted/{person_id}", response_model=str)(by_path)
    street.app.get("/api/v1/planted", response_model=str)(by_query)
    street.app.post("/api/v1/planted/{person_id}", response_model=str)(writing)
    planted = [ask for ask in street.asks() if (ask.method, ask.path) not in before]
    assert len(planted) == 3
    caught = [bool(list(street.breaches(Role.ADMIN, ask))) for ask in planted]
    assert caught == [True, True, True]


def test_an_id_whose_kind_nobody_knows_stops_the_test(street: Street) -> None:
    planted = Slot("path", "planted_id")
    ask = Ask("GET", "/api/v1/planted/{planted_id}", slots=(planted,))
    with pytest.raises(LookupError, match="planted_id"):
        list(street.breaches(Role.CSW, ask))
