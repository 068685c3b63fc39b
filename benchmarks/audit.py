"""The audit at length: ``python -m benchmarks.audit [--lines 1000000]``, on both databases.

How long it takes to walk along the chain, and to say who saw whom, and in how much memory.
"""

import argparse
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Engine, text
from sqlmodel import create_engine

from catalogue.record import Record
from migrations import upgrade
from service.audit import repository
from service.audit.chain import START, digest
from service.audit.keys import current_key
from service.audit.reading import told
from service.audit.repository import Span
from service.audit.rules import Act, Ground, Purpose
from service.audit.saying import TITLES
from service.audit.verifying import verify
from service.database import open_engine, transaction
from service.web.sheets import written
from tests.factories import Town, seed
from tests.keys import write_keys
from tests.postgresql import postgresql_server

BATCH: Final = 10_000
PEOPLE: Final = 3_000
YEAR: Final = timedelta(days=365)
BEGIN: Final = datetime(2026, 4, 1, tzinfo=UTC)


def fill(engine: Engine, town: Town, people: list[UUID], lines: int) -> None:
    """Tie so many looks to each other as the service would, spread evenly over a year."""
    tenant = town.municipality.id
    accounts = [account.id for account in town.accounts.values()]
    with transaction(engine) as session:
        repository.begin_chain(session, tenant, START)
        key_id, key = current_key(session)
    before = START
    for first in range(1, lines + 1, BATCH):
        rows = []
        for seq in range(first, min(first + BATCH, lines + 1)):
            row: dict[str, Any] = {
                **Record().model_dump(),
                "municipality_id": tenant,
                "seq": seq,
                "account_id": accounts[seq % len(accounts)],
                "role": "csw",
                "person_id": people[seq % len(people)],
                "act": Act.READ,
                "resource": "person",
                "purpose": Purpose.SUPPORT,
                "basis": Ground.DUTY,
                "basis_id": None,
                "detail": "{}",
                "at": BEGIN + YEAR * seq / lines,
                "key_id": key_id,
            }
            row["digest"] = before = digest(key, before, row)
            rows.append(row)
        with transaction(engine) as session:
            repository.append(session, rows)


def measure(engine: Engine, lines: int) -> Iterator[tuple[str, float, int]]:
    """Yield what was done, how many seconds it took, and how many lines it gave."""
    with transaction(engine) as session:
        town = seed(session)
    tenant = town.municipality.id
    people = [uuid4() for _ in range(PEOPLE)]
    yield _timed("write the lines", lambda: fill(engine, town, people, lines) or lines)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    yield _timed(
        "verify the chain", lambda: lines - len(list(verify(lambda: transaction(engine), tenant)))
    )
    month = {"since": BEGIN + timedelta(days=90), "until": BEGIN + timedelta(days=120)}
    account = town.accounts["csw"].id
    for name, known in {
        "who looked at one person": {"person_id": people[7]},
        "whom one account saw in a month": {"account_id": account, **month},
        "everything of a month": month,
        "everything": {},
    }.items():
        span = Span(municipality_id=tenant, **known)
        yield _timed(name, lambda span=span: _written(engine, span))


def _written(engine: Engine, span: Span) -> int:
    rows = (line.cells() for line in told(lambda: transaction(engine), span))
    with tempfile.TemporaryFile("w", encoding="utf-8") as file:
        number = -1
        for number, line in enumerate(written(TITLES, rows)):  # noqa: B007 - returned below
            file.write(line)
    return number


def _timed(name: str, work: Callable[[], int]) -> tuple[str, float, int]:
    begun = perf_counter()
    number = work()
    return name, perf_counter() - begun, number


@contextmanager
def databases() -> Iterator[list[Engine]]:
    """Give an empty, migrated database of each kind."""
    with tempfile.TemporaryDirectory() as home, postgresql_server() as server:
        keys = Path(home, "deban.keys")
        write_keys(keys)
        os.environ["DEBAN_KEY_FILE"] = str(keys)
        admin = create_engine(
            server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        name = f"deban_{uuid4().hex}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engines = [
            open_engine(f"sqlite:///{home}/deban.db", connections=2),
            open_engine(str(admin.url.set(database=name).render_as_string(False)), connections=2),
        ]
        for engine in engines:
            upgrade(engine)
        yield engines
        for engine in engines:
            engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def main() -> None:
    """Print a table for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    asked = parser.parse_args()
    with databases() as engines:
        for engine in engines:
            print(f"\n{engine.dialect.name}, {asked.lines:,} lines")
            for name, seconds, number in measure(engine, asked.lines):
                print(f"{name:34s} {seconds:8.2f} s {number:10,} lines", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nat most {peak} MB of memory")


if __name__ == "__main__":
    main()
