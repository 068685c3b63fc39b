"""Real databases for every test: SQLite and PostgreSQL, both built by the migrations."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, make_url, text
from sqlmodel import Session, create_engine

from migrations import upgrade
from service.accounts.actions import begin
from service.accounts.repository import account_named
from service.database import open_engine, transaction
from service.settings import Settings
from tests.factories import Town, TurnableClock, seed
from tests.keys import write_keys
from tests.postgresql import postgresql_server
from tests.serving import AppOf, Apps

DATABASES = ("sqlite", "postgresql")
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared input that lies beside the checkout where the project is developed."""
    if not SHARED.exists():
        assert "CI" not in os.environ, "CI must have the folder `shared` beside the checkout"
        pytest.skip("the folder `shared` is not beside this checkout: its town was not tried")
    return SHARED


def pytest_collection_finish() -> None:
    """Leave twelve thousand tests, and all that they import, out of every later collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    """Give all tests, and the processes they start, one key file, before any settings are read."""
    folder = tempfile.TemporaryDirectory(prefix="deban-keys-")
    config.add_cleanup(folder.cleanup)
    path = Path(folder.name, "deban.keys")
    write_keys(path)
    os.environ["DEBAN_KEY_FILE"] = str(path)


@pytest.fixture(scope="session")
def key_path() -> Path:
    """The key file of all tests; its keys are always the same."""
    return Path(os.environ["DEBAN_KEY_FILE"])


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Give a PostgreSQL server: the one named by DEBAN_TEST_POSTGRESQL_URL, or our own."""
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(f"sqlite:///{path}", connections=1)
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_url: str) -> str:
    name = f"deban_template_{uuid4().hex}"
    _on_server(postgresql_url, f"CREATE DATABASE {name}")
    engine = open_engine(_database(postgresql_url, name), connections=1)
    upgrade(engine)
    engine.dispose()
    return name


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _on_server(server: str, statement: str) -> None:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _copied(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Copy the migrated template of a kind and return the copy's url."""
    name = f"deban_{uuid4().hex}"
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / f"{name}.db")
        return f"sqlite:///{folder / name}.db"
    server: str = request.getfixturevalue("postgresql_url")
    template: str = request.getfixturevalue("postgresql_template")
    _on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return _database(server, name)


@pytest.fixture(scope="session", params=DATABASES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """One migrated database a kind for the whole run; `connection` rolls each test back."""
    engine = open_engine(
        _copied(request.param, request, tmp_path_factory.mktemp("engine")), connections=5
    )
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection, connection.begin() as outer:
        yield connection
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    with transaction(connection) as session:
        yield session


@pytest.fixture
def town(connection: Connection) -> Town:
    """A small town with people of every role, stored before the test's first request."""
    with transaction(connection) as session:
        return seed(session)


@pytest.fixture
def elsewhere(connection: Connection) -> Town:
    """The same town over again in another municipality."""
    with transaction(connection) as session:
        return seed(session, name="となり市", suffix="_elsewhere")


@pytest.fixture
def turnable_clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture(scope="session")
def apps() -> Apps:
    return Apps()


@pytest.fixture(scope="session", autouse=True)
def one_loop() -> Iterator[None]:
    """Let every test client call into one event loop, instead of starting its own a request."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield


@pytest.fixture
def app_of(connection: Connection, turnable_clock: TurnableClock, apps: Apps) -> Iterator[AppOf]:
    """Serve the test's transaction with given settings; several may stand side by side."""

    def lend(settings: Settings, *, now: Callable[[], datetime] = turnable_clock) -> FastAPI:
        return apps.lend(settings, bind=connection, now=now)

    yield lend
    apps.take_back()


@pytest.fixture
def app(app_of: AppOf, town: Town) -> FastAPI:
    """The whole service on the test's transaction; sign-ins outlast any turn of the clock."""
    assert town
    settings = Settings(
        secure_cookies=False,
        session_hours=24 * 365 * 20,
        session_idle_minutes=60 * 24 * 365 * 20,
        office_telephone="03-0000-0000",
    )
    return app_of(settings)


@pytest.fixture
def client_of(app: FastAPI, connection: Connection) -> Callable[[str], TestClient]:
    """Sign an account in by its user name, and give a client that bears its token."""

    def sign_in(username: str) -> TestClient:
        # Past the password and its audit: signing in has tests of its own.
        with transaction(connection) as session:
            account = account_named(session, username)
            assert account, username
            state = app.state
            entered = begin(session, account, at=state.clock(), settings=state.settings, whole=True)
        # Most tests edit what nobody else edits; those about versions send what they saw.
        known = {"authorization": f"Bearer {entered.token}", "if-match": "*"}
        return TestClient(app, headers=known)

    return sign_in


@pytest.fixture
def client(client_of: Callable[[str], TestClient]) -> TestClient:
    """A client signed in as the community social worker of the eastern area."""
    return client_of("csw")


@pytest.fixture(params=DATABASES)
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The url of a migrated database that only this test has: for processes and real commits."""
    url = _copied(request.param, request, tmp_path)
    yield url
    if request.param == "postgresql":
        server: str = request.getfixturevalue("postgresql_url")
        _on_server(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@pytest.fixture
def postgresql_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated PostgreSQL database of one test alone: for what SQLite has no word for."""
    url = _copied("postgresql", request, tmp_path)
    yield url
    server: str = request.getfixturevalue("postgresql_url")
    _on_server(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@pytest.fixture
def on_server(postgresql_url: str) -> Callable[[str], None]:
    """Run a statement as the PostgreSQL server's administrator."""
    return partial(_on_server, postgresql_url)
