"""What the wall costs: the same requests on PostgreSQL with the caller's group role and without.

Run: python -m benchmarks.wall [ROUNDS]
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from unittest.mock import patch
from uuid import uuid4

import sqlalchemy as sa
import structlog
from fastapi.testclient import TestClient
from sqlalchemy import make_url

from migrations import upgrade
from service.accounts import access
from service.app import create_app
from service.database import open_engine, transaction
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, TurnableClock, person_in, seed
from tests.keys import write_keys
from tests.postgresql import postgresql_server

PATHS = ("/api/v1/me", "/api/v1/activities", "/api/v1/people")


def serving(server: str) -> TestClient:
    """Make a small town in a database of its own, and sign its CSW in."""
    name = f"deban_{uuid4().hex}"
    there = sa.create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with there.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    there.dispose()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url, connections=5)
    upgrade(engine)
    with transaction(engine) as session:
        person_in(session, seed(session))
    app = create_app(Settings(secure_cookies=False), bind=engine, now=TurnableClock(MORNING))
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())  # figures only
    client = TestClient(app)
    signing_in = {"username": "csw", "password": PASSWORD}
    token = client.post("/api/v1/sessions", json=signing_in).json()["token"]
    client.headers["authorization"] = f"Bearer {token}"
    return client


def timed(client: TestClient, path: str) -> float:
    began = time.perf_counter()
    assert client.get(path).status_code == 200
    return (time.perf_counter() - began) * 1000


def compare(client: TestClient, rounds: int) -> None:
    """Ask by turns, so that whatever else the machine does falls on both."""
    walled = access.enter
    for path in PATHS:
        times: dict[str, list[float]] = {"with": [], "without": []}
        for _ in range(rounds):
            times["with"].append(timed(client, path))
            with patch.object(access, "enter", lambda *_known: None):
                times["without"].append(timed(client, path))
        assert access.enter is walled
        known, bare = median(times["with"]), median(times["without"])
        print(f"{path:22} {known:6.2f} ms with the wall, {bare:6.2f} ms without")


if __name__ == "__main__":
    with postgresql_server() as server, tempfile.TemporaryDirectory() as folder:
        write_keys(Path(folder, "keys"))
        os.environ["DEBAN_KEY_FILE"] = f"{folder}/keys"
        compare(serving(server), int(sys.argv[1]) if len(sys.argv) > 1 else 300)
