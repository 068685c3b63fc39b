"""Rotation with real processes: writers at work, killed in the middle, run again, nothing lost."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

import service.app  # noqa: F401 - every chapter's tables
from service import clock
from service.audit.tables import AccessRecord
from service.database import open_engine, transaction
from service.encryption import rotation
from service.encryption.keyfile import KeyFile
from service.encryption.rotation import Standing, standing
from service.encryption.rules import Ring
from service.persons.tables import Person
from service.trail import Happening
from tests.factories import person_in, seed

# 10,000 rows at night: DEBAN_ROTATED=10000.
PEOPLE = int(os.environ.get("DEBAN_ROTATED", "120"))
ROUNDS = max(12, PEOPLE // 20)
AT_ONCE = 200
ROTATE = (sys.executable, "-c", "from service.cli import app; app()", "keys", "rotate", "--data")


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    made = KeyFile(tmp_path / "rotated.keys")
    made.make()
    return made


@pytest.fixture
def engine(own_database: str, keys: KeyFile) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=2, keys=keys)
    with transaction(engine) as session:
        town = seed(session)
        first = person_in(session, town, note="一-0000 first")
        known = first.model_dump(exclude={"id", "code"})
        first.code = "一-0000"
        for number in range(1, PEOPLE):
            code = f"一-{number:04d}"
            session.add(Person(**known, code=code, note=f"{code} first"))
    yield engine
    engine.dispose()


def silent(_what: str, _done: int) -> None:
    return None


def of_people(engine: sa.Engine, keys: KeyFile) -> Standing:
    return next(each for each in standing(engine, keys) if each.ring is Ring.PERSONS)


def readable(engine: sa.Engine) -> int:
    """Count whose words are their own: page by page, or the writers would wait for us."""
    found, after = 0, ""
    while True:
        with transaction(engine) as session:
            query = select(Person).where(col(Person.code) > after).order_by(Person.code)
            people = session.exec(query.limit(AT_ONCE)).all()
            found += sum(person.note.startswith(person.code) for person in people)
        if len(people) < AT_ONCE:
            return found
        after = people[-1].code


def started(*command: str, url: str, keys: KeyFile) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DEBAN_DATABASE_URL": url, "DEBAN_KEY_FILE": str(keys.path)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(sign: Any, seconds: float = 60) -> None:
    deadline = monotonic() + seconds
    while not sign():
        assert monotonic() < deadline
        sleep(0.01)


def test_writers_go_on_while_a_rotation_is_killed_and_run_again(
    engine: sa.Engine, own_database: str, keys: KeyFile
) -> None:
    old = keys.current(Ring.PERSONS)
    before = of_people(engine, keys)
    assert (before.keys, before.stale_values) == (PEOPLE, 0)
    writers = [
        started(sys.executable, "-m", "tests.faults.sealing", own_database, str(ROUNDS),
                url=own_database, keys=keys)
        for _ in range(2)
    ]  # fmt: skip
    killed = started(*ROTATE, url=own_database, keys=keys)
    assert killed.stderr is not None
    for line in killed.stderr:
        if "new keys of owners" in line:
            break
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert keys.unfinished() == "data"
    assert of_people(engine, keys).stale_values > 0
    assert readable(engine) == PEOPLE
    again = started(*ROTATE, url=own_database, keys=keys)
    said, complaints = again.communicate(timeout=300)
    assert again.returncode == 0, complaints
    for writer in writers:
        said, complaints = writer.communicate(timeout=300)
        assert (writer.returncode, len(said.splitlines())) == (0, ROUNDS), complaints
    # a writer may have begun before its owner's new key and ended after the last look
    rotation.bring_to_end(engine, keys, at=clock.moment(), progress=silent)
    after = of_people(engine, keys)
    assert (after.stale_keys - PEOPLE, after.stale_values) == (-PEOPLE, 0)
    assert keys.unfinished() is None
    assert after.current != old.id
    assert readable(engine) == PEOPLE
    rotation.retire(engine, keys, at=clock.moment(), grace=rotation.GRACE * 0)
    assert [key.id for key in keys.rings()[Ring.PERSONS]] == [after.current]
    assert of_people(engine, keys).keys == PEOPLE
    assert readable(engine) == PEOPLE


def test_new_keys_of_the_file_leave_what_is_sealed_as_it_is(
    engine: sa.Engine, keys: KeyFile
) -> None:
    with transaction(engine) as session:
        sealed = set(session.exec(select(Person.note.column)))
    rotation.rotate(engine, keys, data=False, at=clock.moment(), progress=silent)
    with transaction(engine) as session:
        assert set(session.exec(select(Person.note.column))) == sealed
    now = of_people(engine, keys)
    assert (now.older, now.stale_keys, now.stale_values) == (1, 0, 0)
    assert readable(engine) == PEOPLE


def test_a_worker_that_runs_on_takes_the_new_key_without_a_restart(
    engine: sa.Engine, own_database: str, keys: KeyFile
) -> None:
    running = open_engine(own_database, connections=1, keys=KeyFile(keys.path))
    assert readable(running) == PEOPLE
    rotation.rotate(engine, keys, data=True, at=clock.moment(), progress=silent)
    assert readable(running) == PEOPLE
    with transaction(running) as session:
        session.exec(select(Person)).first().note = "新しい"  # type: ignore[union-attr] - there are many
    running.dispose()
    assert of_people(engine, keys).stale_values == 0


def test_nothing_is_retired_that_something_still_hangs_on_or_that_is_young(
    engine: sa.Engine, keys: KeyFile
) -> None:
    keys.begin([Ring.PERSONS], what="keys")  # and no further: every owner's key hangs on the old
    rotation.retire(engine, keys, at=clock.moment(), grace=rotation.GRACE * 0)
    assert len(keys.rings()[Ring.PERSONS]) == 2
    rotation.rotate(engine, keys, data=True, at=clock.moment(), progress=silent)
    rotation.retire(engine, keys, at=clock.moment())
    assert len(keys.rings()[Ring.PERSONS]) == 2
    assert of_people(engine, keys).keys == 2 * PEOPLE


def test_every_municipality_is_told_which_keys_came_and_that_old_ones_went(
    engine: sa.Engine, keys: KeyFile
) -> None:
    with transaction(engine) as session:
        seed(session, name="となり市", suffix="_elsewhere")
    rotation.rotate(engine, keys, data=False, at=clock.moment(), progress=silent)
    rotation.retire(engine, keys, at=clock.moment(), grace=rotation.GRACE * 0)
    with transaction(engine) as session:
        query = select(AccessRecord).where(col(AccessRecord.resource).startswith("key_"))
        lines = session.exec(query.order_by(col(AccessRecord.resource))).all()
        municipalities = len({line.municipality_id for line in lines})
    rings = [ring for ring in rotation.SEALING if ring in keys.rings()]
    assert municipalities == 2
    retired, rotated = lines[: 2 * len(rings)], lines[2 * len(rings) :]
    assert {line.resource for line in retired} == {Happening.KEY_RETIRED}
    assert [line.resource for line in rotated] == [Happening.KEY_ROTATED] * 2
    current = {ring: keys.current(ring).id for ring in rings}
    assert all(json.loads(line.detail) == {"how": "keys", **current} for line in rotated)


def test_a_value_that_is_sealed_with_an_older_key_is_counted(
    engine: sa.Engine, keys: KeyFile
) -> None:
    """The control: the figure that is 0 at the end is not always 0."""
    keys.begin([Ring.PERSONS], what="data")
    assert of_people(engine, keys).stale_keys == PEOPLE
    rotation._rewrap(engine, keys, Ring.PERSONS, silent)
    rotation._renew(engine, keys, Ring.PERSONS, silent)
    half_way = of_people(engine, keys)
    assert (half_way.stale_keys, half_way.stale_values) == (0, half_way.values)
    assert readable(engine) == PEOPLE
