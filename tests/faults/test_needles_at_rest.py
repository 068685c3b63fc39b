"""What lies on the disk: no word of a sealed column, in the database, its journal or its log."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import service.app  # noqa: F401 - every chapter's tables
from service.database import open_engine, transaction
from service.encryption.columns import SealedRecord
from tests.factories import seed
from tests.service.conferences.sowing import PERSON, Field, kinds, sow

NEEDLE = re.compile(rf"{PERSON}\d{{6}}".encode())


@pytest.fixture
def engine(own_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


def files(engine: sa.Engine) -> Iterator[Path]:
    """Yield what a database has on the disk, its journal or log of writes with it."""
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        yield from path.parent.glob(f"{path.name}*")
        return
    with engine.connect() as connection:
        folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        query = "SELECT oid FROM pg_database WHERE datname = current_database()"
        oid = connection.exec_driver_sql(query).scalar_one()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
    yield from (each for each in (folder / "base" / str(oid)).iterdir() if each.is_file())
    yield from (each for each in (folder / "pg_wal").iterdir() if each.is_file())


def found(engine: sa.Engine) -> set[str]:
    return {
        needle.decode() for file in files(engine) for needle in NEEDLE.findall(file.read_bytes())
    }


def sealed(place: tuple[str, str]) -> bool:
    kind = kinds()[place[0]]
    return issubclass(kind, SealedRecord) and place[1] in kind.sealed_columns


def test_no_word_of_a_sealed_column_lies_on_the_disk_and_a_plain_one_does(
    engine: sa.Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    field = Field()
    with transaction(engine) as session:
        sow(session, seed(session), "person", PERSON, worker="csw", field=field)
    hidden = {needle for needle, place in field.needles.items() if sealed(place)}
    assert len(hidden) >= 25
    there = found(engine)
    assert {field.needles[needle] for needle in there & hidden} == set()
    # the control: what is not sealed is found by the same look, such as a person's code
    assert there >= set(field.needles) - hidden
    assert ("person", "code") in {field.needles[needle] for needle in there}
    said = capfd.readouterr()
    assert PERSON not in said.out + said.err
