"""When the machine breaks: 503 while the database is away, 500 without details."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi import APIRouter, FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import event, make_url

import service
from migrations import downgrade, upgrade
from service.app import create_app
from service.database import open_engine, transaction
from service.persons.tables import Person
from service.settings import Settings
from service.sides import PAGES, ROUTERS
from service.web.apologies import PAGE_WORDS
from service.web.pages import address_of
from tests.factories import MORNING, PASSWORD, TurnableClock, person_in, seed
from tests.service.tenancy.asking import asks

BROWSER = {"accept": "text/html"}
PEOPLE = "/api/v1/people"
PLACEMENTS = "/api/v1/placements"


@pytest.fixture
def engine(own_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=3)
    yield engine
    engine.dispose()


@pytest.fixture
def whole(engine: sa.Engine) -> TestClient:
    """The service on a database of its own, where a commit is a commit; somebody is signed in."""
    with transaction(engine) as session:
        person_in(session, seed(session))
    settings = Settings(secure_cookies=False, session_idle_minutes=10_000)
    app = create_app(settings, bind=engine, now=TurnableClock(MORNING))
    client = TestClient(app)
    answer = client.post("/api/v1/sessions", json={"username": "csw", "password": PASSWORD})
    client.headers["authorization"] = f"Bearer {answer.json()['token']}"
    return client


def app_of(client: TestClient) -> FastAPI:
    assert isinstance(client.app, FastAPI)
    return client.app


def test_a_database_that_nobody_serves_is_unavailable_to_programs_and_people(
    tmp_path: Path,
) -> None:
    nowhere = (
        f"sqlite:///{tmp_path}/no/such/folder/deban.db",
        "postgresql://deban@127.0.0.1:1/deban",  # nobody listens on the first port
    )
    for url in nowhere:
        app = create_app(Settings(database_url=url, secure_cookies=False))
        client = TestClient(app)
        credentials = {"username": "csw", "password": PASSWORD}
        answer = client.post("/api/v1/sessions", json=credentials)
        assert answer.status_code == 503, url
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["title"] == "Unavailable"
        for secret in ("no/such/folder", "127.0.0.1", "SELECT", "csw", PASSWORD):
            assert secret not in answer.text
        client.cookies.set("session", "anything")
        page = client.post("/sign-in", headers=BROWSER, data=credentials)
        assert page.status_code in {403, 503}  # refused for its missing token before any database
        assert client.get("/healthz").status_code == 200
        assert client.get("/accessibility", headers=BROWSER).status_code == 200
        app.state.engine.dispose()


def test_without_its_tables_the_service_answers_with_a_failure_and_comes_back_by_itself(
    whole: TestClient, engine: sa.Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert whole.get(PEOPLE).status_code == 200
    downgrade(engine, "base")
    gone = whole.get(PEOPLE)
    assert (gone.status_code, gone.headers["retry-after"]) == (503, "1")
    assert gone.headers["content-type"] == "application/problem+json"
    written = gone.text + capsys.readouterr().out
    for secret in ("SELECT", "sign_in", "no such table", "does not exist", PASSWORD):
        assert secret not in written
    upgrade(engine)
    assert whole.get(PEOPLE).status_code == 401  # the tables are back, and nobody is signed in


def test_a_connection_that_the_server_closed_is_replaced_before_anybody_notices(
    whole: TestClient, engine: sa.Engine, own_database: str
) -> None:
    assert whole.get(PEOPLE).status_code == 200
    if engine.dialect.name == "postgresql":
        others = open_engine(own_database, connections=1)
        with others.connect() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        others.dispose()
    else:
        engine.dispose()
    assert [whole.get(PEOPLE).status_code for _ in range(3)] == [200, 200, 200]


def test_while_somebody_else_holds_the_file_the_answer_is_to_come_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deban.db"
    engine = open_engine(url, connections=2)
    event.listen(engine, "connect", lambda link, _: link.execute("PRAGMA busy_timeout=50"))
    upgrade(engine)
    client = TestClient(create_app(Settings(database_url=url, secure_cookies=False), bind=engine))
    signing_in = {"username": "nobody", "password": PASSWORD}
    assert client.post("/api/v1/sessions", json=signing_in).status_code == 401
    other = sqlite3.connect(f"{tmp_path}/deban.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    held = client.post("/api/v1/sessions", json=signing_in)
    assert (held.status_code, held.headers["retry-after"]) == (503, "1")
    assert "locked" not in held.text
    other.execute("ROLLBACK")
    other.close()
    assert client.post("/api/v1/sessions", json=signing_in).status_code == 401
    engine.dispose()


def test_when_every_connection_is_in_use_the_answer_is_to_come_again(own_database: str) -> None:
    target = make_url(own_database)
    if target.get_backend_name() == "postgresql":
        target = target.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(target, pool_size=1, max_overflow=0, pool_timeout=0.05)
    client = TestClient(create_app(Settings(secure_cookies=False), bind=engine))
    with engine.connect():
        answer = client.post("/api/v1/sessions", json={"username": "a", "password": PASSWORD})
    assert answer.status_code == 503
    assert "QueuePool" not in answer.text
    engine.dispose()


def test_what_nobody_foresaw_is_undone_as_a_whole_and_tells_nothing(
    whole: TestClient, engine: sa.Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    router = APIRouter()

    def half_done() -> None:
        with transaction(engine) as session:
            session.exec(sa.select(Person)).scalars().one().note = "needle"
            session.flush()
            raise ZeroDivisionError("needle")

    router.get("/api/v1/half-done", response_model=None)(half_done)
    app_of(whole).include_router(router)
    answer = whole.get("/api/v1/half-done")
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "about:blank",
        "title": "Unknown",
        "status": 500,
        "detail": "something went wrong here; it has been written down",
    }
    written = capsys.readouterr().out
    assert "ZeroDivisionError" in written
    assert "needle" not in written + answer.text
    with transaction(engine) as session:
        assert session.exec(sa.select(Person)).scalars().one().note == ""


def test_a_failure_on_a_page_is_said_in_japanese_with_what_to_do(whole: TestClient) -> None:
    def fail() -> None:
        raise ZeroDivisionError("needle")

    app_of(whole).get("/broken", response_model=None)(fail)
    answer = whole.get("/broken", headers=BROWSER)
    assert answer.status_code == 500
    assert PAGE_WORDS[500][1] in answer.text
    assert "needle" not in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", [PLACEMENTS, "/api/v1/follow-ups", PEOPLE])
def test_a_method_that_a_path_does_not_have_names_those_it_has(
    whole: TestClient, path: str
) -> None:
    answer = whole.delete(path)
    assert answer.status_code == 405
    assert answer.json()["title"] == "NotServed"
    assert set(answer.headers["allow"].split(", ")) <= {"GET", "POST"}


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        (f"{PLACEMENTS}/{UUID(int=1)}", 404, "NoSuchPlacement"),
        (f"{PLACEMENTS}/not-an-id", 422, "MalformedRequest"),
        (f"{PLACEMENTS}?limit=0", 422, "MalformedRequest"),
        (f"{PLACEMENTS}?limit=100000", 422, "MalformedRequest"),
        (f"{PLACEMENTS}?status=failed", 422, "MalformedRequest"),
        (f"{PLACEMENTS}?after=x", 422, "MalformedRequest"),
        ("/api/v1/follow-ups?on=tomorrow", 422, "MalformedRequest"),
        ("/api/v1/follow-ups?owner=east", 422, "MalformedRequest"),
    ],
)
def test_each_refusal_has_its_status_and_its_name(
    whole: TestClient, path: str, status: int, title: str
) -> None:
    answer = whole.get(path)
    assert (answer.status_code, answer.json()["title"]) == (status, title)
    assert answer.json()["status"] == status
    assert "tomorrow" not in answer.text


def test_every_chapter_is_joined_once_and_programs_are_told_of_no_page(whole: TestClient) -> None:
    assert len({id(router) for router in (*ROUTERS, *PAGES)}) == len(ROUTERS) + len(PAGES)
    told = whole.get("/openapi.json").json()["paths"]
    assert told
    assert all(path.startswith("/api/v1/") for path in told)


def test_two_services_in_one_process_share_nothing_but_the_program(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path}/{name}.db" for name in ("one", "two")]
    one, two = (create_app(Settings(database_url=url)) for url in urls)
    assert one.state.indexes is not two.state.indexes
    assert one.state.engine is not two.state.engine
    for app in (one, two):
        app.state.engine.dispose()


@pytest.mark.parametrize(("served", "status"), [(True, 200), (False, 404)])
def test_an_office_can_keep_the_description_of_the_api_to_itself(
    connection: sa.Connection, served: bool, status: int
) -> None:
    client = TestClient(create_app(Settings(api_docs=served), bind=connection))
    for path in ("/docs", "/openapi.json", "/docs/start.js"):
        assert client.get(path).status_code == status, path
    assert client.get("/healthz").status_code == 200


FORGED = {"host": "evil.example", "accept": "text/html", "sec-fetch-site": "same-origin"}


def test_a_request_that_names_another_host_is_led_to_none(app: FastAPI) -> None:
    """Every route, with and without a slash too many, as a cache or a forged request might ask."""
    stranger = TestClient(app, headers=FORGED)
    led = {}
    for ask in asks(app):
        path = ask.filled({})[0]
        for each in (path, f"{path}/"):
            answer = stranger.request(ask.method, each, follow_redirects=False)
            if "evil.example" in answer.headers.get("location", ""):
                led[f"{ask.method} {each}"] = answer.headers["location"]
    assert led == {}


def test_routes_that_put_a_slash_right_would_lead_there() -> None:
    """The control: what the framework does when it is not told otherwise."""
    plain = FastAPI()
    plain.get("/people")(lambda: "")
    answer = TestClient(plain, headers=FORGED).get("/people/", follow_redirects=False)
    assert answer.headers["location"] == "http://evil.example/people"


@pytest.mark.parametrize(
    ("settings", "ours", "hosts"),
    [
        ({}, "http://evil.example", "http://evil.example"),
        ({"origin": "https://in.example"}, "https://in.example", "https://in.example"),
        (
            {"origin": "https://in.example", "host_origin": "https://out.example"},
            "https://in.example",
            "https://out.example",
        ),
    ],
    ids=["unset", "one", "two"],
)
def test_the_address_that_others_are_told_is_the_offices_own(
    settings: dict[str, str], ours: str, hosts: str
) -> None:
    app = FastAPI()
    app.state.settings = Settings(**settings)

    @app.get("/where")
    def where(request: Request) -> list[str]:
        return [address_of(request, "/h/x", for_hosts=each) for each in (False, True)]

    assert TestClient(app, headers=FORGED).get("/where").json() == [f"{ours}/h/x", f"{hosts}/h/x"]


def test_no_other_module_believes_a_request_about_the_host() -> None:
    root = Path(service.__file__).parent
    believing = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"\.base_url|\.url_for\(", path.read_text(encoding="utf-8"))
    }
    assert believing == {"web/pages.py"}
