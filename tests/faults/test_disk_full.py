"""A full disk (SQLite): nothing is confirmed that is not saved, reads go on, and it comes back."""

import resource
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from service.clock import local_day, moment
from service.database import open_engine, transaction
from tests.factories import PASSWORD, person_in, seed
from tests.faults.running import running_process

API = "/api/v1"
ROOM = 64 * 1024  # what the disk still takes when the writing begins
MOST = 60  # contacts; some ten fit into the room


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "deban.db"
    path.write_bytes(sqlite_template.read_bytes())
    return path


@dataclass
class Office:
    """A CSW at work on a disk that can be filled and emptied."""

    client: httpx.Client
    process: int
    file: Path
    person: str

    def fill(self) -> None:
        self._limit(self.file.stat().st_size + ROOM)

    def empty(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, most: int) -> None:
        _, hard = resource.prlimit(self.process, resource.RLIMIT_FSIZE)
        resource.prlimit(self.process, resource.RLIMIT_FSIZE, (most, hard))

    def note(self) -> int:
        told = {"channel": "call", "direction": "sent", "result": "talked", "what": "長い話" * 1300}
        body = {"person_id": self.person, "occurred_on": str(local_day(moment())), **told}
        return self.client.post(f"{API}/contacts", json=body).status_code

    def saved(self) -> int:
        with sqlite3.connect(self.file) as connection:
            (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
            (count,) = connection.execute("SELECT count(*) FROM contact").fetchone()
        connection.close()
        assert whole == "ok"
        return int(count)


@pytest.fixture
def office(file: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    url = f"sqlite:///{file}"
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        person = str(person_in(session, seed(session), at=moment()).id)
    engine.dispose()
    app = getattr(request, "param", "service.app:create_app")
    with (
        running_process(url, app=app) as (address, process),
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        signed = client.post(f"{API}/sessions", json={"username": "csw", "password": PASSWORD})
        client.headers["authorization"] = f"Bearer {signed.json()['token']}"
        yield Office(client, process, file, person)


def test_on_a_full_disk_nothing_is_confirmed_that_is_not_saved(office: Office) -> None:
    assert office.note() == 201
    office.fill()
    answers = [office.note() for _ in range(MOST)]
    assert set(answers) == {201, 503}
    assert office.saved() == 1 + answers.count(201)
    assert office.client.get(f"{API}/activities").status_code == 200
    # Whom somebody looks at cannot be written down any more, so nobody is shown.
    assert office.client.get(f"{API}/people/{office.person}").status_code in {200, 503}
    office.empty()
    assert office.note() == 201
    assert office.client.get(f"{API}/people/{office.person}").status_code == 200
    assert office.saved() == 2 + answers.count(201)


@pytest.mark.parametrize("office", ["tests.faults.swallowing:create_app"], indirect=True)
def test_an_app_that_confirms_what_it_lost_is_found(office: Office) -> None:
    office.fill()
    answers = [office.note() for _ in range(MOST)]
    assert office.saved() < answers.count(201)
