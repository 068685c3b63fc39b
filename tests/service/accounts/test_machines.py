"""A machine's token opens one thing that speaks of nobody, for a while, and nothing else at all."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import Session, select

from catalogue.tables import Activity
from service.accounts.machine_access import _shown
from service.accounts.rules import Scope
from service.accounts.tables import MachineToken
from service.audit.tables import AccessRecord
from service.database import transaction
from service.settings import Metrics, Settings, Side
from service.trail import Happening
from tests.factories import PASSWORD, Town, TurnableClock
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.tenancy.asking import Ask, asks
from tests.serving import AppOf

API: Final = "/api/v1"
TOKENS: Final = f"{API}/machine-tokens"
FIGURES, CATALOGUE = f"{API}/machine/figures", f"{API}/machine/catalogue"
OPENS: Final = {Scope.FIGURES: FIGURES, Scope.CATALOGUE: CATALOGUE, Scope.METRICS: "/metrics"}
MONTH: Final = {"year": "2026", "month": "10"}
NEW: Final[dict[str, Any]] = {"name": "統計の集計", "scope": "figures", "days": 30}
ON_ONE: Final = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Clients = Callable[[str], TestClient]


@pytest.fixture
def admin(client_of: Clients) -> TestClient:
    return client_of("admin")


def made(admin: TestClient, **changes: Any) -> dict[str, Any]:
    answer = admin.post(TOKENS, json=NEW | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def machine(app: FastAPI, token: str) -> TestClient:
    return TestClient(app, headers={"authorization": f"Bearer {token}", "if-match": "*"})


def read(client: TestClient, path: str) -> int:
    return client.get(path, params=MONTH if path == FIGURES else None).status_code


def test_the_token_is_shown_once_and_kept_as_a_hash(admin: TestClient, session: Session) -> None:
    token = made(admin)["token"]
    assert re.fullmatch(r"deban_[\w-]{43}", token)
    assert token not in admin.get(TOKENS).text
    [kept] = session.exec(select(MachineToken)).all()
    assert token not in kept.model_dump_json()


@pytest.mark.parametrize(
    "change",
    [{"days": 0}, {"days": 366}, {"scope": "people"}, {"name": ""}, {"token": "own"}],
    ids=str,
)
def test_what_would_open_more_or_longer_is_not_made(
    admin: TestClient, change: dict[str, Any]
) -> None:
    assert admin.post(TOKENS, json=NEW | change).status_code == 422
    assert admin.get(TOKENS).json() == {"items": []}


def test_to_make_one_needs_a_fresh_proof_and_to_end_one_does_not(
    admin: TestClient, turnable_clock: TurnableClock
) -> None:
    kept = made(admin)["id"]
    turnable_clock.turn(minutes=6)
    answer = admin.post(TOKENS, json=NEW)
    assert (answer.status_code, answer.json()["step_up"]) == (403, True)
    assert admin.delete(f"{TOKENS}/{kept}").status_code == 204


def test_it_ends_with_its_day_or_at_once_when_somebody_ends_it(
    app: FastAPI, admin: TestClient, turnable_clock: TurnableClock
) -> None:
    short, long, ended = (made(admin, days=days) for days in (1, 365, 365))
    for each in (short, long, ended):
        assert read(machine(app, each["token"]), FIGURES) == 200
    assert admin.delete(f"{TOKENS}/{ended['id']}").status_code == 204
    assert read(machine(app, ended["token"]), FIGURES) == 401
    turnable_clock.turn(days=1)
    assert read(machine(app, short["token"]), FIGURES) == 401
    assert read(machine(app, long["token"]), FIGURES) == 200
    turnable_clock.turn(days=364)
    assert read(machine(app, long["token"]), FIGURES) == 401
    assert admin.delete(f"{TOKENS}/{ended['id']}").status_code == 404


def test_the_day_of_its_last_use_is_a_day_in_japan(
    app: FastAPI, admin: TestClient, turnable_clock: TurnableClock
) -> None:
    token = made(admin)["token"]
    days = []
    for hours in (0, 14.9, 0.2):  # from nine in the morning over 23:54 to 0:06
        turnable_clock.turn(hours=hours)
        days.append(admin.get(TOKENS).json()["items"][0]["last_used_on"])
        assert read(machine(app, token), FIGURES) == 200
    days.append(admin.get(TOKENS).json()["items"][0]["last_used_on"])
    assert days == [None, "2026-11-20", "2026-11-20", "2026-11-21"]


def test_the_figures_are_those_of_the_officer_masked_alike(
    app: FastAPI, admin: TestClient, client_of: Clients
) -> None:
    ours = machine(app, made(admin)["token"]).get(FIGURES, params=MONTH)
    assert ours.content == client_of("officer").get(f"{API}/reports/monthly", params=MONTH).content


def test_the_catalogue_is_what_a_leaflet_tells_of_what_is_open(
    app: FastAPI, admin: TestClient, connection: Connection, town: Town
) -> None:
    reader = machine(app, made(admin, scope="catalogue")["token"])
    before = reader.get(CATALOGUE, params={"limit": 200}).json()["items"]
    assert {each["ref"] for each in before} == set(town.activities) - {"closed"}
    keys = "id ref title plain_title description host area schedule"
    assert all(set(each) == set(keys.split()) for each in before)
    with transaction(connection) as session:
        closed = session.get(Activity, town.activities["leaves"].id)
        assert closed is not None
        closed.open = False
    pages, after = [], None
    while True:
        page = reader.get(CATALOGUE, params={"limit": 2} | ({"after": after} if after else {}))
        pages += page.json()["items"]
        after = page.json()["next"]
        if after is None:
            break
    assert {each["ref"] for each in pages} == set(town.activities) - {"closed", "leaves"}


def test_another_municipalitys_tokens_are_absent_and_open_only_what_is_theirs(
    app: FastAPI, admin: TestClient, client_of: Clients, elsewhere: Town
) -> None:
    theirs = made(client_of("admin_elsewhere"), scope="catalogue")
    assert admin.get(TOKENS).json() == {"items": []}
    answers = [admin.delete(f"{TOKENS}/{id_}") for id_ in (theirs["id"], uuid4())]
    assert answers[0].status_code == answers[1].status_code == 404
    assert answers[0].content == answers[1].content
    seen = machine(app, theirs["token"]).get(CATALOGUE, params={"limit": 200}).json()["items"]
    open_there = [each for each in elsewhere.activities.values() if each.open]
    assert {each["id"] for each in seen} == {str(each.id) for each in open_there}


def test_the_audit_knows_who_made_and_ended_which_token_and_never_the_token(
    admin: TestClient, session: Session, town: Town
) -> None:
    found = made(admin)
    admin.delete(f"{TOKENS}/{found['id']}")
    kinds = {Happening.TOKEN_MADE, Happening.TOKEN_ENDED}
    lines = [row for row in session.exec(select(AccessRecord)) if row.resource in kinds]
    assert {row.resource for row in lines} == kinds
    assert {row.account_id for row in lines} == {town.accounts["admin"].id}
    assert all(found["id"] in row.detail and found["token"] not in row.detail for row in lines)


def test_no_cookie_and_no_sign_in_stands_for_a_machines_token(
    app: FastAPI, admin: TestClient, client_of: Clients
) -> None:
    token = made(admin, scope="catalogue")["token"]
    # A browser sends cookies by itself, so none counts; a worker's sign-in is no machine's token.
    cookie = TestClient(app, headers={"cookie": f"deban={token}"})
    assert cookie.get(CATALOGUE).status_code == 401
    assert client_of("officer").get(CATALOGUE).status_code == 401
    assert client_of("admin").get(CATALOGUE).status_code == 401
    assert machine(app, token).get(CATALOGUE, headers={"origin": "https://evil"}).status_code == 200


def test_wrong_tokens_are_throttled_by_address_and_never_hold_up_the_right_one(
    app_of: AppOf, admin: TestClient
) -> None:
    token = made(admin, scope="catalogue")["token"]
    settings = Settings(secure_cookies=False, address_tries=3)
    app = app_of(settings)
    wrong = [machine(app, f"deban_{n}").get(CATALOGUE) for n in range(5)]
    assert [each.status_code for each in wrong] == [401] * 3 + [429] * 2
    assert 1 <= int(wrong[-1].headers["retry-after"]) <= 1200
    assert machine(app, token).get(CATALOGUE).status_code == 200
    # The office behind the same address still signs in: their tries are counted apart.
    body = {"username": "csw", "password": PASSWORD}
    assert TestClient(app).post(f"{API}/sessions", json=body).status_code == 201


@pytest.fixture
def guarded(app_of: AppOf, town: Town) -> FastAPI:
    """The service as one that asks for a token at /metrics too."""
    settings = Settings(secure_cookies=False, metrics=Metrics.TOKEN)
    return app_of(settings)


def told(client: TestClient, connection: Connection, ask: Ask) -> tuple[object, ...]:
    """Return what a caller is told; whatever they change is taken back."""
    path, query, body, _ = ask.filled({})
    known = query | (MONTH if path == FIGURES else {})
    with connection.begin_nested() as savepoint:
        answer = client.request(
            ask.method, path, params=known, json=body, headers=OWN, follow_redirects=False
        )
        savepoint.rollback()
    return answer.status_code, answer.headers.get("location"), _lasting(answer)


def _lasting(answer: Response) -> str:
    """Return the body of an answer without what is drawn anew each time."""
    drawn = r'name="(csrf_token|once)" value="[\w-]+"|(state|nonce|code_challenge)=[\w-]+'
    return re.sub(drawn, "", answer.text)


def opened(
    app: FastAPI, connection: Connection, tokens: Mapping[Scope, str], routes: list[Ask]
) -> dict[Scope, set[str]]:
    """Name the routes that answer a token otherwise than one that somebody made up."""
    found: dict[Scope, set[str]] = {scope: set() for scope in tokens}
    made_up = machine(app, "deban_made-up")
    bearers = {scope: machine(app, token) for scope, token in tokens.items()}
    for ask in routes:
        as_made_up = told(made_up, connection, ask)
        for scope, client in bearers.items():
            if told(client, connection, ask) != as_made_up:
                found[scope].add(f"{ask.method} {ask.path}")
    return found


@ON_ONE
def test_a_stolen_token_opens_its_one_route_and_elsewhere_is_none(
    guarded: FastAPI, connection: Connection, admin: TestClient
) -> None:
    tokens = {scope: made(admin, scope=scope)["token"] for scope in Scope}
    routes = list(asks(guarded))
    assert len(routes) >= 200
    # Where a token is good for something else it is told so; elsewhere it is none at all.
    theirs = {f"GET {path}" for path in OPENS.values()}
    assert opened(guarded, connection, tokens, routes) == dict.fromkeys(Scope, theirs)
    for scope, token in tokens.items():
        answers = {to: read(machine(guarded, token), path) for to, path in OPENS.items()}
        assert answers == {to: 200 if to is scope else 403 for to in Scope}


@ON_ONE
def test_a_route_that_forgets_to_ask_what_a_token_is_for_is_found(
    guarded: FastAPI, connection: Connection, admin: TestClient
) -> None:
    """The control: a planted route takes any machine's token."""
    guarded.get(f"{API}/planted")(lambda _any=Depends(_shown): "people")
    tokens = {Scope.METRICS: made(admin, scope="metrics")["token"]}
    routes = [ask for ask in asks(guarded) if ask.path in {f"{API}/planted", f"{API}/people"}]
    found = opened(guarded, connection, tokens, routes)
    assert found == {Scope.METRICS: {f"GET {API}/planted"}}


@pytest.mark.parametrize(
    ("how", "side", "status"),
    [
        (Metrics.OPEN, Side.ALL, 200),
        (Metrics.TOKEN, Side.ALL, 401),
        (Metrics.OFF, Side.ALL, 404),
        (Metrics.TOKEN, Side.HOST, 404),
    ],
)
@ON_ONE
def test_who_may_ask_for_metrics_is_a_setting(
    app_of: AppOf, how: Metrics, side: Side, status: int
) -> None:
    app = app_of(Settings(metrics=how, side=side))
    assert TestClient(app).get("/metrics").status_code == status


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    visitor = TestClient(app)
    send(visitor, "/sign-in", {"username": "admin", "password": PASSWORD})
    return visitor


def test_on_the_page_a_token_is_made_shown_once_and_ended(
    app: FastAPI, visitor: TestClient, session: Session
) -> None:
    assert "まだ一つもありません" in look(visitor, "/machine-tokens")
    shown = send(visitor, "/machine-tokens", {"name": "監視", "scope": "catalogue", "days": "90"})
    [token] = re.findall(r"deban_[\w-]{43}", main_of(shown))
    assert machine(app, token).get(CATALOGUE).status_code == 200
    listed = look(visitor, "/machine-tokens")
    assert token not in listed
    assert "監視" in listed
    assert "令和8年11月20日" in listed
    kept = session.exec(select(MachineToken)).one()
    assert led_to(send(visitor, f"/machine-tokens/{kept.id}/end", {})) == "/machine-tokens"
    assert machine(app, token).get(CATALOGUE).status_code == 401
    assert "終わらせました" in look(visitor, "/machine-tokens")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scope": "catalogue", "days": "90"}, "何に使うかを"),
        ({"name": "監視", "days": "90"}, "読ませるものを選んでください"),
        ({"name": "監視", "scope": "catalogue", "days": "366"}, "365までの数"),
    ],
)
def test_what_is_missing_is_said_at_its_place(
    visitor: TestClient, fields: dict[str, str], words: str
) -> None:
    answer = send(visitor, "/machine-tokens", fields)
    assert answer.status_code == 422
    assert words in main_of(answer)
    assert "まだ一つもありません" in look(visitor, "/machine-tokens")


def test_the_page_needs_a_fresh_proof_too(
    visitor: TestClient, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(minutes=6)
    fields = {"name": "監視", "scope": "catalogue", "days": "90"}
    assert "/step-up" in led_to(send(visitor, "/machine-tokens", fields))
