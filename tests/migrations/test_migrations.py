"""Migrations go up, down and up again with rows in every table, alike on both databases."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import migrations
from migrations import downgrade, upgrade
from service.database import open_engine
from tests.migrations.rows import counts, fill

FOLDER = Path(migrations.__file__).parent
UPGRADE = """
import sys
from migrations import upgrade
from service.database import open_engine
engine = open_engine(sys.argv[1], connections=1)
upgrade(engine)
engine.dispose()
"""


@pytest.fixture
def database(own_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def revisions() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def test_up_down_and_up_again_with_a_row_in_every_table(database: sa.Engine) -> None:
    with database.begin() as connection:
        fill(connection)
        assert set(counts(connection).values()) == {1}
    downgrade(database, "base")
    assert tables(database) == set()
    upgrade(database)
    with database.begin() as connection:
        assert set(counts(connection).values()) == {0}
        fill(connection)


def test_an_upgrade_of_a_full_database_changes_no_row(database: sa.Engine) -> None:
    with database.begin() as connection:
        fill(connection)
    upgrade(database)
    with database.begin() as connection:
        assert set(counts(connection).values()) == {1}


def test_the_migrated_database_is_the_one_that_the_tables_describe(database: sa.Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_table_that_no_migration_made_would_be_seen(database: sa.Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection)
        planted = sa.MetaData()
        for table in SQLModel.metadata.sorted_tables:
            table.to_metadata(planted)
        sa.Table("planted", planted, sa.Column("id", sa.Integer, primary_key=True))
        assert [change[0] for change in compare_metadata(context, planted)] == ["add_table"]


# Who tries to sign in belongs nowhere yet.
OF_NOBODY = {"municipality", "throttle", "handshake"}


def test_every_row_belongs_to_a_municipality(database: sa.Engine) -> None:
    inspector = sa.inspect(database)
    for name in tables(database) - OF_NOBODY:
        columns = {column["name"]: column for column in inspector.get_columns(name)}
        assert columns["municipality_id"]["nullable"] is False, name
        pointing = [
            key
            for key in inspector.get_foreign_keys(name)
            if key["referred_table"] == "municipality"
        ]
        assert pointing, name


def test_foreign_keys_are_held_after_migrating(database: sa.Engine) -> None:
    with database.begin() as connection:
        rows = fill(connection)
    municipality = SQLModel.metadata.tables["municipality"]
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(municipality.delete().where(municipality.c.id == rows["municipality"]))


def test_a_word_that_no_enum_knows_is_refused_by_the_database(database: sa.Engine) -> None:
    with database.begin() as connection:
        fill(connection)
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(sa.text("UPDATE placement SET status = 'failed'"))


def test_a_slot_never_holds_more_than_its_places(database: sa.Engine) -> None:
    with database.begin() as connection:
        fill(connection)
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(sa.text("UPDATE slot SET taken = capacity + 1"))


def test_the_revisions_are_one_line_with_dated_names() -> None:
    scripts = revisions()
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    for script in scripts.walk_revisions():
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-\d{4}_[a-z_]+\.py", Path(script.path).name)
        assert script.doc


def test_four_processes_that_upgrade_at_once_leave_one_whole_database(
    database: sa.Engine, own_database: str
) -> None:
    downgrade(database, "base")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, own_database],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=FOLDER.parent,
        )
        for _ in range(4)
    ]
    for process in started:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0, output
    with database.begin() as connection:
        (version,) = connection.execute(
            sa.text("SELECT version_num FROM alembic_version")
        ).scalars()
        assert version == revisions().get_current_head()
        fill(connection)
