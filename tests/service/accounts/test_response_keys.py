"""T9: no answer has a key that the reviewed file does not name, and no request one of ours.

`response_keys.yaml` is compared with OpenAPI for every operation, and with real answers in a town
where everything has happened once. A key is the same on both databases: SQLite does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import BaseModel
from sqlalchemy import Connection

from service.accounts.rules import Role
from service.database import transaction
from service.outbox.tables import Line
from tests.factories import MORNING, PASSWORD, Town, TurnableClock
from tests.service.accounts import keys
from tests.service.accounts.test_factors import Phone, bearing
from tests.service.accounts.test_policy import API
from tests.service.tenancy.asking import Ask, asks
from tests.service.tenancy.neighbours import Neighbour, done, live, neighbour

ClientOf = Callable[[str], TestClient]


ON_ONE: Final = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def in_the_file() -> dict[str, str]:
    return {route: kind for group in keys.reviewed()[0].values() for route, kind in group.items()}


def json_routes(app: FastAPI) -> set[str]:
    """Name every route of the API, documented or not."""
    return {f"{ask.method} {ask.path}" for ask in asks(app) if ask.path.startswith(f"{API}/")}


def test_the_file_has_every_route_of_the_api_and_no_other(
    unopened: FastAPI, described: keys.Schema
) -> None:
    routes, _ = keys.promised(described)
    assert routes.keys() == json_routes(unopened)
    assert in_the_file().keys() == routes.keys()
    assert len(routes) >= 120


def test_every_answer_has_by_its_schema_exactly_the_keys_of_the_file(
    described: keys.Schema,
) -> None:
    routes, shapes = keys.promised(described)
    assert in_the_file() == routes
    assert without_marks(keys.reviewed()[1]) == shapes


def without_marks(shapes: keys.Shapes) -> keys.Shapes:
    return {
        name: {key.removesuffix(keys.MAY_MISS): kind for key, kind in known.items()}
        for name, known in shapes.items()
    }


def test_the_file_says_of_every_route_whom_it_answers() -> None:
    for whom, routes in keys.reviewed()[0].items():
        assert {keys.answered(*route.split(" ", 1)) for route in routes} == {whom}


# What speaks of somebody. Ids alone do not: an auditor says by id whom a look was at.
OF_PEOPLE: Final = keys.words(
    "code person_code own_words note words what intention small_change situation strengths limits"
    " contact age_band called called_name family given kana others assessment reason worries"
    " household safety feeling"
)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN, Role.AUDITOR, "everybody"])
def test_who_sees_no_people_is_answered_no_words_of_people(role: str) -> None:
    routes, shapes = keys.reviewed()
    groups = [group for whom, group in routes.items() if role in whom.split()]
    reached = within({kind for group in groups for kind in group.values()}, shapes)
    assert len(reached) >= 3
    assert {key for name in reached for key in shapes[name]} & OF_PEOPLE == set()
    assert {key for name in within({"PersonDetail"}, shapes) for key in shapes[name]} & OF_PEOPLE


def test_hashes_ciphertexts_and_the_municipality_stay_inside() -> None:
    _, shapes = keys.reviewed()
    bearing_it = {name for name, known in shapes.items() if "municipality_id" in known}
    assert bearing_it == {"MeOut"}
    every = {key for known in shapes.values() for key in known}
    assert [key for key in every if re.search("hash|sealed|cipher|credential", key)] == []
    assert {name for name, known in shapes.items() if "created_at" in known} == {"PasskeyOut"}


def within(kinds: set[str], shapes: keys.Shapes) -> set[str]:
    """Return the names of all objects that answers of these kinds lead to."""
    found: set[str] = set()
    names = {name for kind in kinds for name in re.findall(r"[\w-]+", kind)} & shapes.keys()
    while names := names - found:
        found |= names
        inner = {kind for name in names for kind in shapes[name].values()}
        names = {each for kind in inner for each in re.findall(r"[\w-]+", kind)} & shapes.keys()
    return found


class Answers:
    """Every answer that was given to anybody since, by its route."""

    def __init__(self, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.given: dict[str, list[Any]] = {}
        ask_anyhow = TestClient.request

        def listening(client: TestClient, method: str, url: str, **how: Any) -> Response:
            answer = ask_anyhow(client, method, url, **how)
            self._hear(method, answer)
            return answer

        monkeypatch.setattr(TestClient, "request", listening)

    def _hear(self, method: str, answer: Response) -> None:
        template = self._template(method, answer.request.url.path)
        if template and answer.is_success:
            told = answer.headers.get("content-type", "").startswith("application/json")
            body = answer.json() if told and answer.content else None
            self.given.setdefault(f"{method} {template}", []).append(body)

    def _template(self, method: str, path: str) -> str | None:
        """Find the route that answers a path: the first that it fits, as the service does."""
        for known, template in _ways(self.app):
            if known == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
                return template
        return None

    def unlike(self, routes: keys.Routes, shapes: keys.Shapes) -> list[str]:
        return sorted(
            {
                f"{route} {said}"
                for route, bodies in self.given.items()
                for body in bodies
                for said in keys.unlike(body, routes[route], shapes)
            }
        )


def _ways(app: FastAPI) -> list[tuple[str, str]]:
    return [
        (method, str(context.path))
        for context in iter_route_contexts(app.routes)
        for method in context.methods or ()
        if str(context.path).startswith(f"{API}/")
    ]


@pytest.fixture
def answers(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(app, monkeypatch)


def disclose(own: TestClient, colleague: TestClient, town: Town) -> None:
    """Let a packet go the whole way to a host who reads it, and be taken back."""
    consent = {
        "shared_with": "hosts", "host_id": str(town.hosts["temple"].id), "how": "口頭",
        "fields": ["age_band", "pace"], "purpose": "庭の手伝いの相談", "given_on": "2026-11-20",
    }  # fmt: skip
    person = done(own, "people", area="east", code="やま-01", consent=consent)["id"]
    family = {"called": "たろうさん", "family": "山田", "given": "太郎", "kana": "やまだ"}
    own.put(f"{API}/people/{person}/name", json=family)
    done(own, "people/search", text="山田")
    told = {"person_id": person, "host_id": consent["host_id"]}
    packet = f"disclosures/{done(colleague, 'disclosures', **told)['id']}"
    done(colleague, f"{packet}/moves", move="prepare")
    done(own, f"{packet}/moves", move="release")
    link = done(own, f"{packet}/links", days=3)
    own.get(f"{API}/host/{link['token']}")
    [kept] = own.get(f"{API}/people/{person}/consents").json()["items"]
    consents = f"people/{person}/consents/{kept['id']}"
    narrower = done(own, f"{consents}/narrowing", **consent | {"fields": ["pace"]})["id"]
    own.post(f"{API}/people/{person}/consents/{narrower}/withdrawal")
    own.post(f"{API}/host-links/{link['id']}/revocation")


def ask_host(own: TestClient, town: Town) -> None:
    """Ask a host about an activity, by a link; the host says yes, and it is offered to all."""
    about = {"activity_id": str(town.activities["leaves"].id), "asks": [{"ask": "just_being"}]}
    inquiry = done(own, "inquiries", purpose="question", **about)["id"]
    token = done(own, f"inquiries/{inquiry}/links")["token"]
    own.get(f"{API}/host/{token}/inquiry")
    done(own, f"host/{token}/reply", answer="yes")
    done(own, f"inquiries/{inquiry}/offer")
    about = {"host_id": str(town.hosts["cafe"].id)}
    by_telephone = done(own, "inquiries", purpose="own", **about)["id"]
    done(own, f"inquiries/{by_telephone}/reply", answer="confirmed")


def office_day(own: TestClient, coordinator: TestClient, phone: Phone) -> None:
    """End a support, hold it back, draw a list; and sign in with a telephone."""
    consent = {"shared_with": "hosts"}
    person = f"people/{done(own, 'people', area='east', consent=consent)['id']}"
    own.put(f"{API}/{person}/end", json={})
    held = done(coordinator, f"{person}/holds", reason="lawsuit", until="2030-01-01")
    coordinator.post(f"{API}/{person}/holds/{held['id']}/lifting")
    other = done(own, "people", area="east", consent=consent)["id"]
    pair = done(own, f"{person}/keep-apart", other_id=other, reason="けんか")
    own.get(f"{API}/{person}/keep-apart")
    own.post(f"{API}/{person}/keep-apart/{pair['id']}/end")
    drawn = done(coordinator, "disposal-lists")
    coordinator.get(f"{API}/disposal-lists/{drawn['id']}")
    phone.second_step(phone.code())
    bearing(phone.app, phone.token).post(f"{API}/me/factors/recovery-codes")


def read_by_machines(app: FastAPI, admin: TestClient) -> None:
    """Let machines read what they may; one token is left to be ended."""
    for scope in ("figures", "catalogue"):
        known = done(admin, "machine-tokens", name="監視", scope=scope)
        bearing(app, known["token"]).get(f"{API}/machine/{scope}", params=MONTH)


def tell_outside(
    admin: TestClient, own: TestClient, coordinator: TestClient, connection: Connection, town: Town
) -> None:
    """Choose what to be told, let a system be told, and look after what did not arrive."""
    app = admin.app
    assert isinstance(app, FastAPI)
    named = {"webhook_hosts": "hooks.city.example"}
    app.state.settings = app.state.settings.model_copy(update=named)
    own.put(f"{API}/me/notices/mail", json={"address": "csw@city.example"})
    own.put(f"{API}/me/notices/switches/concern", json={"on": False})
    hook = done(admin, "webhooks", url="https://hooks.city.example/")["id"]
    admin.delete(f"{API}/webhooks/{hook}")
    known = {"municipality_id": town.municipality.id, "account_id": town.accounts["csw"].id}
    moments = {"at": MORNING, "next_at": MORNING, "settled_at": MORNING}
    dead = {"channel": "mail", "notice": "concern", "state": "dead", "figures": {"concern": 1}}
    with transaction(connection) as session:
        lines = [Line(**known, **moments, **dead) for _ in range(2)]
        session.add_all(lines)
    coordinator.get(f"{API}/dead-letters")
    coordinator.post(f"{API}/dead-letters/{lines[0].id}/retry")
    closing = {"reason": "not_needed"}
    coordinator.post(f"{API}/dead-letters/{lines[1].id}/closing", json=closing)


def ask_everything(
    app: FastAPI, connection: Connection, ours: Neighbour, clients: dict[Role, TestClient]
) -> Iterator[tuple[str, bool]]:
    """Ask every route under every role that it answers, with ids of our own; and take it back."""
    for ask in asks(app):
        if not ask.path.startswith(f"{API}/"):
            continue
        path, query, body = filled(ask, ours)
        for role in keys.roles_of(ask.method, ask.path):
            with connection.begin_nested() as savepoint:
                answer = clients[role].request(ask.method, path, params=query, json=body)
                savepoint.rollback()
            yield f"{ask.method} {ask.path}", answer.is_success
            if answer.is_success and ask.method != "GET":
                break  # what is written is told to one role as to another


def filled(ask: Ask, ours: Neighbour) -> tuple[str, dict[str, str], Any]:
    """Fill in what a request needs: its path, what its body cannot do without, known words."""
    body = ask.body
    if isinstance(body, dict):
        body = {name: WORDS.get(name, said) for name, said in body.items()}
        body |= BODIES.get(f"{ask.method} {ask.path}", {})
    stands = [
        slot for slot in ask.slots
        if slot.where == "path" or (slot.where == "body" and _stands(body, slot.place))
    ]  # fmt: skip
    ids = {slot: ours.ids[kind] for slot in stands if (kind := slot.table(ask.path)) in ours.ids}
    path, query, body, _ = replace(ask, body=body).filled(ids)
    return path, query | QUERIES.get(ask.path, {}), body


def _stands(body: Any, place: tuple[str | int, ...]) -> bool:
    for step in place:
        if not body or (isinstance(body, dict) and step not in body):
            return False
        body = body[step]
    return True


WORDS: Final[dict[str, Any]] = {
    "area": "east", "old": PASSWORD, "new": "椿の下で石を数えている人たち",
    "username": "coordinator", "code": "やま-01", "start": "10:00", "end": "11:30",
}  # fmt: skip
BODIES: Final[dict[str, dict[str, Any]]] = {
    f"POST {API}/sessions/step-up": {"password": PASSWORD},
    f"POST {API}/accounts": {"username": "newcomer"},
    f"POST {API}/inquiries": {"purpose": "own"},
    f"POST {API}/aids": {"schedule": {"rrule": "FREQ=DAILY", "start": "09:00", "end": "17:00"}},
    f"POST {API}/slots": {"rrule": "FREQ=WEEKLY;BYDAY=WE"},
    f"PATCH {API}/slots/{{slot_id}}": {"capacity": 4},
    f"POST {API}/conferences/{{conference_id}}/records/{{record_id}}/person": {
        "consent": {"shared_with": "team", "given_on": "2026-11-20", "how": "口頭"}
    },
}
MONTH: Final = {"year": "2026", "month": "10"}
QUERIES: Final = {f"{API}/reports/monthly{kind}": MONTH for kind in ("", ".csv", ".xlsx")}
# This office has no address to sign in at by passkey: their answers are held by the schema alone.
PASSKEYS: Final = {
    f"DELETE {API}/me/factors/passkeys/{{passkey_id}}",
    *(f"POST {API}/me/factors/passkeys{each}" for each in ("", "/begin")),
    *(f"POST {API}/sessions/{each}" for each in ("passkey", "passkey/begin", "step-up/passkey")),
}


# Nobody approves their own list, and this town has one coordinator.
def set_rhythm(chief: TestClient) -> None:
    """Try and set the office's rhythm, and close the office for a day that is taken back."""
    path = f"{API}/follow-up-settings"
    lines = {"lines": chief.get(path).json()["lines"]}
    assert chief.post(f"{path}/preview", json=lines).status_code == 200
    held = {"based_on": 0, "effective_on": "2026-12-01"}
    assert chief.post(path, json=lines | held).status_code == 201
    days = {"first_on": "2026-12-24", "last_on": "2026-12-25"}
    closure = chief.post(f"{path}/closures", json=days).json()
    assert chief.delete(f"{path}/closures/{closure['id']}").status_code == 204
    chief.post(f"{path}/closures", json=days)
    assert chief.post(f"{API}/sessions/step-up", json={"password": PASSWORD}).is_success
    file = chief.get(f"{API}/follow-ups/export.csv", params={"why": "counting"})
    assert file.status_code == 200, file.text


NOT_REACHED: Final = {f"POST {API}/disposal-lists/{{list_id}}/approval", *PASSKEYS}


@pytest.fixture
def lived_in(
    *,
    app: FastAPI,
    connection: Connection,
    client_of: ClientOf,
    town: Town,
    turnable_clock: TurnableClock,
    answers: Answers,
) -> Answers:
    """Let everything happen once, ask for everything, and give back every answer."""
    clients = {role: client_of(role.value) for role in Role}
    own, coordinator = clients[Role.CSW], clients[Role.COORDINATOR]
    live(own, town, "ことば")
    disclose(own, coordinator, town)
    ask_host(own, town)
    set_rhythm(coordinator)
    office_day(own, coordinator, Phone(app, turnable_clock, "csw_west"))
    tell_outside(clients[Role.ADMIN], own, coordinator, connection, town)
    read_by_machines(app, clients[Role.ADMIN])
    ours = neighbour(connection, town, own)
    tried = list(ask_everything(app, connection, ours, clients))
    assert len({route for route, found in tried if found}) >= 90
    return answers


@ON_ONE
def test_real_answers_have_the_keys_of_the_file_and_all_of_them(lived_in: Answers) -> None:
    routes, shapes = in_the_file(), keys.reviewed()[1]
    assert lived_in.unlike(routes, shapes) == []
    assert routes.keys() - lived_in.given.keys() == NOT_REACHED
    assert len(routes) - len(NOT_REACHED) >= 113


class InnerOut(BaseModel):
    min: int
    max: int


class MoreOut(BaseModel):
    person_id: UUID
    ended_on: str
    minutes: InnerOut


def test_a_planted_key_is_caught_in_the_schema() -> None:
    grown = FastAPI()
    for name in ("EndOut", "AreaOut"):
        model = type(name, (MoreOut,), {"__module__": __name__})
        grown.get(f"/{name}", response_model=model)(lambda: None)
    _, shapes = keys.promised(keys.document(grown))
    assert shapes["EndOut"].keys() - keys.reviewed()[1]["EndOut"].keys() == {"minutes"}
    assert shapes["EndOut"]["minutes"] == "InnerOut"


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ({"until": "x"}, "SteppedUpOut", []),
        ({"until": "x", "owner_id": "x"}, "SteppedUpOut", [".owner_id"]),
        ({}, "SteppedUpOut", [".until"]),
        ({"items": [{"account_id": "x"}], "extra": 1}, "ProbingList", [".extra", ".items[].times"]),
        ([{"id": "x", "display_name": "x", "role": "x"}], "ColleagueOut[]", ["[].role"]),
        ({"until": {"nested": 1}}, "SteppedUpOut", [".until.nested"]),
        ({"code": "x", "value": None, "text": "x"}, "ReasonOut", []),
    ],
)
def test_a_planted_key_is_caught_in_an_answer(body: Any, kind: str, said: list[str]) -> None:
    assert keys.unlike(body, kind, keys.reviewed()[1]) == said


@ON_ONE
def test_a_planted_answer_past_its_schema_is_caught(
    app: FastAPI, client: TestClient, answers: Answers
) -> None:
    @app.get(f"{API}/planted")
    def tell() -> JSONResponse:
        return JSONResponse({"until": "x", "password_hash": "x"})

    route = f"GET {API}/planted"
    client.get(f"{API}/planted")
    found = answers.unlike(in_the_file() | {route: "SteppedUpOut"}, keys.reviewed()[1])
    assert found == [f"{route} .password_hash"]
