"""One request is one transaction, and this module holds the only commit."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from pydantic import TypeAdapter
from sqlalchemy import Engine, Executable, event, make_url, text
from sqlalchemy.engine import Connection, CursorResult
from sqlmodel import Session, create_engine

from service import trail
from service.refusals import Refusal

# Write-ahead logging with several processes may corrupt the file below this version
# (sqlite.org/wal.html#walresetbug), so older builds keep the rollback journal.
WAL_IS_SAFE_FROM: Final = (3, 51, 3)
BUSY_MILLISECONDS: Final = 10_000
# A statement that takes longer is stuck or hostile; whoever thinks longer inside a transaction
# holds locks that others wait for.
_POSTGRESQL_OPTIONS: Final = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "lock_timeout": "5s",
        "statement_timeout": "15s",
        "idle_in_transaction_session_timeout": "30s",
        "timezone": "UTC",
    }.items()
)
NOBODY: Final = "none"  # PostgreSQL's word for the login itself
_BECOME: Final = text(
    "SELECT set_config('deban.municipality', :municipality, true), set_config('role', :group, true)"
)
_KNOCK: Final = text("SELECT set_config('deban.token', :token, true)")
_READS_PEOPLE: Final = text(
    "SELECT has_table_privilege(current_user, 'person', 'SELECT')"
    " OR pg_has_role(current_user, 'deban_casework', 'MEMBER')"
)
_DOCUMENT: Final[TypeAdapter[Any]] = TypeAdapter(Any)


def _written(document: Any) -> str:
    """Write a document without escapes: Japanese signs take three bytes on the disk, not six."""
    return _DOCUMENT.dump_json(document).decode()


def open_engine(url: str, *, connections: int = 40, keys: object = None) -> Engine:
    """Open the database at url; both kinds behave alike for everything above this module.

    ``keys`` is the key file for what is sealed; without it that of the settings is asked.
    """
    engine = _opened(url, connections)
    engine.update_execution_options(deban_keys=keys)
    return engine


def _opened(url: str, connections: int) -> Engine:
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _open_sqlite(url, connections)
    if target.drivername == "postgresql":
        target = target.set(drivername="postgresql+psycopg")
    return create_engine(
        target,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        json_serializer=_written,
        connect_args={"options": _POSTGRESQL_OPTIONS},
    )


def _open_sqlite(url: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # what is written about somebody has no place in an error's message
        json_serializer=_written,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    journal = "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "DELETE"
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN fails at once when a reader turns writer; IMMEDIATE queues instead.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def transaction(bind: Engine | Connection) -> Iterator[Session]:
    """Open one session and one transaction; commit at the end, roll back on any error.

    On a connection that is already in a transaction (a test's) the commit ends a savepoint, and
    what ``enter`` set is taken back as the end of a transaction of its own would take it back.
    """
    session = Session(bind, expire_on_commit=False, join_transaction_mode="create_savepoint")
    joined = isinstance(bind, Connection)
    try:
        with session, session.begin():
            if joined:
                _become(session, NOBODY, None)
            yield session
            if joined:
                trail.write_waiting(session)
                session.flush()
                _become(session, NOBODY, None)
    except Exception:
        if left := trail.left_after_refusal(session):
            with transaction(bind) as again:
                trail.collect(again, left)
        raise


def enter(session: Session, group: str, municipality_id: UUID) -> None:
    """Go on as a group role within one municipality, until the transaction ends.

    From here on PostgreSQL itself shows no row of anybody else. SQLite has no roles: there the
    queries' own conditions stand alone.
    """
    _become(session, group, municipality_id)


def knock(session: Session, token_hash: str) -> None:
    """Show the hash of a token: until the transaction ends, the host side sees the row it opens."""
    if session.get_bind().dialect.name == "postgresql":
        run(session, _KNOCK, {"token": token_hash})


def _become(session: Session, group: str, municipality_id: UUID | None) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    known = {"group": group, "municipality": str(municipality_id or "")}
    run(session, _BECOME, known)


def can_read_people(engine: Engine) -> bool:
    """Say whether a login may read case tables by itself or as a role that it may take on."""
    if engine.dialect.name != "postgresql":
        return True  # a file has no roles
    with engine.connect() as connection:
        return bool(connection.execute(_READS_PEOPLE).scalar_one())


def run(
    session: Session, statement: Executable, known: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> CursorResult[Any]:
    """Run a statement that stands ready, past the session's bookkeeping of objects.

    For what every match asks or writes: plain rows cost half of what the session takes for them.
    What the session still holds is written first, so that nothing is read or referred to early.
    """
    session.flush()
    return session.connection().execute(statement, known)


def request_session(request: Request) -> Iterator[Session]:
    with transaction(request.app.state.engine) as session:
        try:
            yield session
        except Refusal as refusal:
            trail.note_refusal(session, refusal)
            raise


# "function" scope commits before the answer leaves: a failed commit is an error, never a 200.
SessionDep = Annotated[Session, Depends(request_session, scope="function")]
