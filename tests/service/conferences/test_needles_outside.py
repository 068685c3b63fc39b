"""Line 1 outside of HTTP: neither the database's files nor any command tells what was sown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import make_url
from typer.testing import CliRunner

from service.accounts.rules import Role
from service.cli import app
from service.database import open_engine, transaction
from tests.factories import account_in, seed
from tests.service.conferences.sowing import RECORD, Field, town_of_needles

# These do not end by themselves, or make a town of their own.
ENDLESS = {"serve", "demo"}
Command = tuple[str, ...]


@pytest.fixture
def field(own_database: str) -> Field:
    engine = open_engine(own_database, connections=2)
    with transaction(engine) as session:
        town = seed(session)
        town.accounts["member"] = account_in(
            session, town.municipality, "member", Role.COORDINATOR, None
        )
        field = town_of_needles(session, town, people=3)
    engine.dispose()
    return field


def commands(group: Any, name: Command = ()) -> Iterator[tuple[Command, Any]]:
    """Yield every command that there is, those of groups too."""
    if inside := getattr(group, "commands", None):
        for each, inner in inside.items():
            yield from commands(inner, (*name, each))
    elif not ENDLESS & set(name):
        yield name, group


def filled(command: Any, given: Path) -> list[str]:
    """Return something for what a command cannot do without: a file is taken by the most."""
    needed = [each for each in command.params if each.required]
    options = [(each.opts[0], str(given)) for each in needed if each.param_type_name == "option"]
    arguments = [str(given) for each in needed if each.param_type_name == "argument"]
    return [*(word for option in options for word in option), *arguments]


def test_no_command_tells_a_needle(
    field: Field, own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBAN_DATABASE_URL", own_database)
    given = tmp_path / "given"
    given.write_text("2026-11-20\n", encoding="utf-8")
    ran = 0
    for name, command in commands(typer.main.get_command(app)):
        told = CliRunner().invoke(app, [*name, *filled(command, given)], input="")
        ran += 1
        for needle in field.needles:
            assert needle not in told.output, name
    assert ran >= 7


def test_no_file_of_the_database_holds_a_record_in_clear(field: Field, own_database: str) -> None:
    url = make_url(own_database)
    if url.get_backend_name() != "sqlite":
        engine = open_engine(own_database, connections=1)
        with engine.connect() as connection:
            rows = [
                row
                for table in ("host", "conference", "conference_record", "conference_entry")
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            ]
        engine.dispose()
        raw = b"".join(
            bytes(each) if isinstance(each, bytes) else str(each).encode()
            for row in rows
            for each in row
        )
    else:
        assert url.database is not None
        path = Path(url.database)
        raw = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert "湖東寺".encode() in raw  # the control: what is plain is found
    assert RECORD.encode() not in raw
