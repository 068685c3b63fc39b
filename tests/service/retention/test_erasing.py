"""What is due and approved goes, with every trace; what is held stays; nothing goes twice."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import SQLModel

from service.database import open_engine, transaction
from service.persons.tables import Person
from service.retention import erasing
from service.retention.owned import every_table, owned_tables
from service.settings import Settings
from tests.service.retention.archive import (
    AFTER,
    DUE,
    HELD,
    PEOPLE,
    approved,
    furnish,
    needles_in,
)

GONE = set(range(HELD, DUE))
STAYING = set(range(PEOPLE)) - GONE


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=3)
    yield engine
    engine.dispose()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "deban.erasures"


def run(engine: Engine, notes: Path) -> int:
    settings = Settings(erasures_file=str(notes))
    return erasing.run(engine, at=AFTER, settings=settings).erased


def people(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(Person)).scalar_one())


def test_of_a_hundred_people_exactly_those_go_who_are_due_and_not_held(
    engine: Engine, notes: Path
) -> None:
    with transaction(engine) as session:
        town, ids = furnish(session)
    assert needles_in(engine) == set(range(PEOPLE))
    approved(engine, town)
    assert run(engine, notes) == len(GONE)
    assert people(engine) == len(STAYING)
    assert needles_in(engine) == STAYING
    assert len(list(erasing.notes_in(notes))) == len(GONE)
    # Run again, drawn again: nothing is left to go, and who is held stays held.
    assert run(engine, notes) == 0
    approved(engine, town)
    assert run(engine, notes) == 0
    # Of who is gone only ids are left: in the audit, the list and the note.
    gone = {ids[number] for number in GONE}
    left = tables_with(engine, {each.hex for each in gone} | {str(each) for each in gone})
    assert left == {"access_record", "disposal_item", "erasure"}


def tables_with(engine: Engine, ids: set[str]) -> set[str]:
    found = set()
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            rows = connection.execute(sa.text(f'SELECT * FROM "{table}"')).all()
            if any(one in text for text in (str(tuple(row)) for row in rows) for one in ids):
                found.add(table)
    return found


def test_killed_half_way_a_second_run_finds_what_is_left(engine: Engine, notes: Path) -> None:
    with transaction(engine) as session:
        town, _ = furnish(session, people=DUE)
    approved(engine, town)
    killed = started(engine, notes, dies_after=7)
    killed.communicate(timeout=120)
    assert killed.returncode == -9
    assert people(engine) == DUE - 7
    assert run(engine, notes) == len(GONE) - 7
    assert people(engine) == HELD
    # Noted twice, gone once: the one that it died at was noted before it went.
    assert len(list(erasing.notes_in(notes))) == len(GONE) + 1


def test_two_runs_at_once_share_the_work(engine: Engine, notes: Path) -> None:
    with transaction(engine) as session:
        town, _ = furnish(session, people=DUE)
    approved(engine, town)
    both = [started(engine, notes), started(engine, notes)]
    outs = [each.communicate(timeout=120)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sum(map(int, outs)) == len(GONE)
    assert people(engine) == HELD


def started(engine: Engine, notes: Path, *, dies_after: int = 0) -> "subprocess.Popen[str]":
    url = engine.url.render_as_string(hide_password=False)
    script = [sys.executable, "-m", "tests.service.retention.archive"]
    return subprocess.Popen(
        [*script, url, str(notes), str(dies_after)], stdout=subprocess.PIPE, text=True
    )


def test_a_restored_backup_is_erased_again_from_the_notes(engine: Engine, notes: Path) -> None:
    with transaction(engine) as session:
        _, ids = furnish(session, people=DUE)
    noted = [ids[number] for number in sorted(GONE)]
    for subject in noted:  # as the run before the restore left them
        erasing.note(notes, subject, erasing.RecordClass.CASE, at=AFTER)
    with notes.open("a") as file:
        file.write('{"id": "cut off by a cra')
    assert erasing.replay(engine, notes, at=AFTER) == len(GONE)
    assert people(engine) == HELD
    assert erasing.replay(engine, notes, at=AFTER) == 0


def test_what_is_deleted_without_care_is_still_found_in_the_file(tmp_path: Path) -> None:
    """Plant the fault: plain text and no secure_delete; the search has to find it."""
    engine = open_engine(f"sqlite:///{tmp_path}/careless.db", connections=1)
    with engine.connect() as connection:
        raw = connection.connection
        raw.execute("PRAGMA secure_delete=OFF")  # type: ignore[attr-defined] - sqlite3's own
        connection.exec_driver_sql("CREATE TABLE kept (note TEXT)")
        connection.exec_driver_sql("INSERT INTO kept VALUES (?)", ("針004山" + "x" * 400,))
        connection.commit()
        connection.exec_driver_sql("DELETE FROM kept")
        connection.commit()
    assert needles_in(engine) == {4}
    engine.dispose()


def test_every_table_that_leads_to_a_person_is_found_and_its_children_come_first() -> None:
    owned = [table.name for table in owned_tables("person")]
    bearing = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        if any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    assert bearing < set(owned)
    assert owned[-1] == "person"
    assert owned.index("placement_move") < owned.index("placement") < owned.index("suggestion")
    assert not {"host", "area", "account", "access_record", "erasure"} & set(owned)


def test_a_planted_table_would_be_found() -> None:
    metadata = SQLModel.metadata
    planted = sa.Table(
        "planted", metadata, sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("visit_id", sa.ForeignKey("visit.id")),
    )  # fmt: skip
    try:
        forget_tables()
        assert "planted" in {table.name for table in owned_tables("person")}
    finally:
        metadata.remove(planted)
        forget_tables()


def forget_tables() -> None:
    every_table.cache_clear()
    owned_tables.cache_clear()


def test_the_chapter_alone_knows_the_tables_of_all_chapters() -> None:
    """A run from the command line loads no pages; a table it does not know would stay behind."""
    script = (
        "from service.retention.owned import owned_tables;"
        "print(*sorted(t.name for t in owned_tables('person')))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.split() == sorted(table.name for table in owned_tables("person"))
