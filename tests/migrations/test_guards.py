"""What guards an upgrade: foreign keys come back, dangling rows stop it, one goes at a time."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import SQLModel

import migrations
from migrations import downgrade, is_current, upgrade
from service.database import open_engine
from tests.migrations.rows import counts, fill

FOLDER = Path(migrations.__file__).parent
ORPHAN = "INSERT INTO area (id, created_at, municipality_id, ref, name) VALUES (?, ?, ?, ?, ?)"


@pytest.fixture
def database(own_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sa.Engine]:
    """A migrated SQLite file, reached over one connection only."""
    engine = open_engine(f"sqlite:///{tmp_path}/deban.db", connections=1)
    upgrade(engine)
    yield engine
    engine.dispose()


def plant_orphan(engine: sa.Engine) -> None:
    """Write an area of a municipality that is not there, as a broken tool would."""
    raw = engine.raw_connection()
    raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined] - sqlite3's own connection
    raw.execute("BEGIN")  # type: ignore[attr-defined] - sqlite3's own connection
    values = (uuid4().hex, "2026-11-21 00:00:00", uuid4().hex, "east", "東")
    raw.execute(ORPHAN, values)  # type: ignore[attr-defined] - sqlite3's own connection
    raw.commit()
    raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined] - sqlite3's own connection
    raw.close()


def foreign_keys(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one())


def test_after_an_upgrade_sqlite_checks_foreign_keys_again(file: sa.Engine) -> None:
    assert foreign_keys(file) == 1
    downgrade(file, "base")
    assert foreign_keys(file) == 1


def test_rows_that_dangle_stop_an_upgrade_which_then_changes_nothing(file: sa.Engine) -> None:
    plant_orphan(file)
    with file.connect() as connection:
        assert is_current(connection)
    with pytest.raises(RuntimeError, match="dangling references"):
        upgrade(file)
    with file.connect() as connection:
        assert is_current(connection)
        assert counts(connection)["area"] == 1


def test_an_upgrade_that_failed_leaves_the_checks_switched_on(file: sa.Engine) -> None:
    plant_orphan(file)
    with pytest.raises(RuntimeError):
        upgrade(file)
    assert foreign_keys(file) == 1
    area = SQLModel.metadata.tables["area"]
    with pytest.raises(IntegrityError), file.begin() as connection:
        connection.execute(
            area.insert().values(
                id=uuid4(), municipality_id=uuid4(), ref="west", name="西", created_at=sa.func.now()
            )
        )


def test_what_stops_an_upgrade_takes_its_new_tables_back_with_it(file: sa.Engine) -> None:
    downgrade(file, "base")
    made = (
        "CREATE TABLE child (id INTEGER, parent INTEGER REFERENCES alembic_version (version_num))"
    )
    with file.connect() as connection, connection.begin():
        connection.exec_driver_sql(made)
    raw = file.raw_connection()
    raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined] - sqlite3's own connection
    raw.execute("INSERT INTO child VALUES (1, 2)")  # type: ignore[attr-defined] - as above
    raw.close()
    with pytest.raises(RuntimeError):
        upgrade(file)
    assert set(sa.inspect(file).get_table_names()) == {"alembic_version", "child"}


def test_an_empty_database_is_not_current_and_looking_changes_nothing(
    database: sa.Engine,
) -> None:
    downgrade(database, "base")
    with database.begin() as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))
        assert not is_current(connection)
        assert sa.inspect(connection).get_table_names() == []


def test_an_unknown_revision_is_refused_and_changes_nothing(database: sa.Engine) -> None:
    with database.begin() as connection:
        fill(connection)
    with pytest.raises(Exception, match="nowhere"):
        upgrade(database, "nowhere")
    with database.connect() as connection:
        assert is_current(connection)
        assert set(counts(connection).values()) == {1}


def test_whoever_waits_too_long_for_another_upgrade_gives_up(database: sa.Engine) -> None:
    if database.dialect.name == "sqlite":
        holding = sa.text("SELECT 1")  # BEGIN IMMEDIATE holds the file by itself
        sa.event.listen(database, "connect", lambda link, _: link.execute("PRAGMA busy_timeout=50"))
        database.dispose()
    else:
        holding = sa.text("SELECT pg_advisory_xact_lock(1138202611)")
    with database.begin() as connection:
        connection.execute(holding)
        with pytest.raises(OperationalError):
            upgrade(database, patience="50ms")
    upgrade(database)
    with database.connect() as connection:
        assert is_current(connection)


def test_an_upgrade_waits_for_the_one_before_it_and_then_finds_nothing_to_do(
    database: sa.Engine,
) -> None:
    finished = threading.Event()

    def upgrade_too() -> None:
        upgrade(database)
        finished.set()

    waiting = threading.Thread(target=upgrade_too)
    with database.begin() as connection:
        if database.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(1138202611)"))
        fill(connection)
        waiting.start()
        assert not finished.wait(timeout=0.5)
    waiting.join(timeout=20)
    assert finished.is_set()
    with database.connect() as connection:
        assert set(counts(connection).values()) == {1}


def test_alembic_by_itself_migrates_the_database_of_the_settings(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deban.db"
    program = (
        "from alembic import command\nfrom alembic.config import Config\n"
        f"config = Config()\nconfig.set_main_option('script_location', {str(FOLDER)!r})\n"
        "command.upgrade(config, 'head')\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=FOLDER.parent,
        env={"DEBAN_DATABASE_URL": url, "PATH": ""},
    )
    engine = open_engine(url, connections=1)
    with engine.connect() as connection:
        assert is_current(connection)
    engine.dispose()


def test_the_next_revision_written_from_the_tables_would_be_empty(database: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = database
    command.check(config)  # raises when the tables have run ahead of the revisions


def test_a_column_that_was_taken_away_by_hand_is_seen(database: sa.Engine) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("ALTER TABLE host DROP COLUMN telephone"))
    with database.connect() as connection:
        changes = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert [(change[0], change[2], change[3].name) for change in changes] == [
        ("add_column", "host", "telephone")
    ]


def test_words_keep_their_checks_on_both_databases(database: sa.Engine) -> None:
    """Every column of words carries a CHECK of its own, made by the revision."""
    with database.begin() as connection:
        fill(connection)
    columns = [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    ]
    assert len(columns) >= 20
    for table, column in columns:
        with pytest.raises(IntegrityError), database.begin() as connection:
            connection.execute(sa.text(f"UPDATE \"{table}\" SET {column} = 'no such word'"))
