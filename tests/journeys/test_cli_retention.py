"""``deban retention``: list, draw, run and replay, on both databases, from a machine's shell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import select

from service.cli.reading import REFUSED
from service.clock import local_day, moment
from service.database import open_engine, transaction
from service.persons.tables import Person
from service.retention.actions import approve, ask_erasure
from service.retention.tables import DisposalList
from tests.factories import Town, person_in, seed, staff_of
from tests.journeys.files import run

CODE = "はり-01"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "deban.erasures"
    monkeypatch.setenv("DEBAN_ERASURES_FILE", str(path))
    return path


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Town:
    """A town with two people, one of whom asked today that what is kept of them goes."""
    at = moment()
    with transaction(engine) as session:
        town = seed(session)
        person_in(session, town, code="うみ-02")
        person = person_in(session, town, code=CODE)
        ask_erasure(
            session, staff_of(session, town.accounts["csw"], at=at), person.id, on=None, at=at
        )
    return town


def codes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(
            connection.execute(sa.select(sa.column("code")).select_from(Person)).scalars()
        )


def approved(engine: Engine, town: Town) -> None:
    at = moment()
    with transaction(engine) as session:
        head = session.exec(select(DisposalList)).one()
        coordinator = staff_of(session, town.accounts["coordinator"], at=at)
        approve(session, coordinator, head.id, at=at)


@pytest.mark.usefixtures("town", "notes")
def test_what_is_due_is_printed_by_class_and_day_without_content(own_database: str) -> None:
    result = run("retention", "list", url=own_database)
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first == "みずうみ町: 1 due"
    assert re.fullmatch(rf"  request [0-9a-f-]{{36}} since {local_day(moment())}", second)
    assert CODE not in result.output


def test_a_list_is_drawn_approved_by_another_run_and_not_run_twice(
    own_database: str, engine: Engine, town: Town, notes: Path
) -> None:
    drawn = run("retention", "draw", "--by", "csw", url=own_database)
    assert (drawn.exit_code, "somebody else approves it" in drawn.stdout) == (0, True)
    early = run("retention", "run", url=own_database)
    assert early.stdout.startswith("0 erased, 0 left")
    assert codes(engine) == ["うみ-02", CODE]
    approved(engine, town)
    assert run("retention", "run", url=own_database).stdout.startswith("1 erased, 0 left")
    assert codes(engine) == ["うみ-02"]
    assert [json.loads(line)["class"] for line in notes.read_text().splitlines()] == ["request"]
    assert run("retention", "run", url=own_database).stdout.startswith("0 erased, 0 left")
    assert run("retention", "list", url=own_database).stdout == "みずうみ町: 0 due\n"
    assert run("retention", "replay", notes, url=own_database).stdout == "0 erased again\n"


def test_a_note_erases_again_what_a_restored_backup_brought_back(
    own_database: str, engine: Engine, town: Town, tmp_path: Path
) -> None:
    assert town.accounts
    with transaction(engine) as session:
        back = session.exec(select(Person.id).where(Person.code == CODE)).one()
    note = {"id": str(back), "class": "request", "at": moment().isoformat()}
    path = tmp_path / "notes"
    path.write_text(json.dumps(note) + "\n")
    assert run("retention", "replay", path, url=own_database).stdout == "1 erased again\n"
    assert codes(engine) == ["うみ-02"]


@pytest.mark.usefixtures("town", "notes")
def test_an_account_or_a_file_that_is_not_there_ends_the_command(
    own_database: str, engine: Engine, tmp_path: Path
) -> None:
    nobody = run("retention", "draw", "--by", "nobody", url=own_database)
    assert (nobody.exit_code, "no such account" in nobody.stderr) == (REFUSED, True)
    absent = run("retention", "replay", tmp_path / "no", url=own_database)
    assert (absent.exit_code, "no such file" in absent.stderr) == (REFUSED, True)
    assert codes(engine) == ["うみ-02", CODE]
