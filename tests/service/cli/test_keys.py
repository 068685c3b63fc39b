"""``deban migrate`` makes keys once; ``deban keys`` says how they stand and puts new ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from service.app import create_app
from service.cli import app
from service.database import open_engine, transaction
from service.encryption.keyfile import KeysMissing
from service.settings import Settings
from tests.factories import person_in, seed
from tests.keys import write_keys

Run = Callable[..., Result]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/deban.db"


@pytest.fixture
def run(tmp_path: Path, url: str) -> Iterator[Run]:
    environment = {"DEBAN_DATABASE_URL": url, "DEBAN_KEY_FILE": str(tmp_path / "deban.keys")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield lambda *words: CliRunner().invoke(app, words)


@pytest.fixture
def office(run: Run, url: str) -> Run:
    """An office that has migrated, and written about one person."""
    assert run("migrate").exit_code == 0
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        person_in(session, seed(session), note="人混みが苦手")
    engine.dispose()
    return run


def test_the_first_migration_makes_the_keys_and_says_what_they_are(
    run: Run, tmp_path: Path
) -> None:
    first = run("migrate")
    assert "new keys are in" in first.output
    assert (tmp_path / "deban.keys").stat().st_mode & 0o777 == 0o600
    before = (tmp_path / "deban.keys").read_bytes()
    assert "new keys" not in run("migrate").output
    assert (tmp_path / "deban.keys").read_bytes() == before


def test_without_its_key_file_nothing_starts_and_no_new_one_is_made(
    office: Run, tmp_path: Path, url: str
) -> None:
    (tmp_path / "deban.keys").rename(tmp_path / "elsewhere")
    for command in (("migrate",), ("serve",), ("keys", "status")):
        refused = office(*command)
        assert refused.exit_code != 0
        assert "there is no key file" in refused.output
    assert not (tmp_path / "deban.keys").exists()
    with pytest.raises(KeysMissing, match="there is no key file"):
        create_app(Settings(database_url=url, key_file=str(tmp_path / "deban.keys")))


def test_with_a_foreign_key_file_nothing_starts(office: Run, tmp_path: Path) -> None:
    (tmp_path / "deban.keys").unlink()
    write_keys(tmp_path / "deban.keys", named="foreign")
    for command in (("migrate",), ("serve",), ("keys", "rotate")):
        refused = office(*command)
        assert refused.exit_code != 0
        assert "lacks the key" in refused.output


def test_a_key_file_that_others_can_read_is_refused(office: Run, tmp_path: Path) -> None:
    (tmp_path / "deban.keys").chmod(0o644)
    refused = office("serve")
    assert refused.exit_code != 0
    assert "chmod 600" in refused.output


def test_the_keys_can_be_rotated_looked_at_and_retired(office: Run) -> None:
    before = office("keys", "status")
    assert "persons: current" in before.output
    assert "older 0; owners' keys 1, stale 0; values 5, stale 0" in before.output
    rotated = office("keys", "rotate", "--data")
    assert rotated.exit_code == 0, rotated.output
    assert "older 1; owners' keys 2, stale 0; values 5, stale 0" in rotated.output
    assert "persons: keys wrapped anew: 1" in rotated.output
    assert "person: values sealed anew: 4" in rotated.output
    rest = office("keys", "rotate", "--rest")
    assert "older 1; owners' keys 2, stale 0; values 5, stale 0" in rest.output
    young = office("keys", "retire")
    assert "persons: 0 old keys of owners and 0 of the key file are gone" in young.output
    retired = office("keys", "retire", "--grace-minutes", "0")
    assert "persons: 1 old keys of owners and 1 of the key file are gone" in retired.output
    assert "older 0; owners' keys 1, stale 0" in office("keys", "status").output
