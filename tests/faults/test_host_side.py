"""The host side as a process of its own: what it does not serve and could not even read."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import make_url
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

from migrations.grants import HOST, PLACES
from service.app import HOST_RINGS, TooManyKeys, create_app
from service.clock import local_day, moment
from service.database import can_read_people, open_engine, transaction
from service.persons.repository import consents
from service.settings import Settings, Side
from tests.factories import PASSWORD, TEAM, Town, person_in, seed
from tests.faults.running import running_service
from tests.keys import write_keys
from tests.migrations.rows import fill
from tests.service.disclosures.conftest import FIELDS, PICTURE, Office

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def host_login(postgresql_database: str, on_server: Callable[[str], None]) -> Iterator[str]:
    """The url of a login that holds deban_host and nothing else."""
    name = f"deban_{uuid4().hex}"
    on_server(f"CREATE ROLE {name} LOGIN PASSWORD 'host'")
    on_server(f"GRANT {HOST} TO {name}")
    url = make_url(postgresql_database).set(username=name, password="host")
    yield url.render_as_string(hide_password=False)
    on_server(f"DROP ROLE {name}")


@pytest.fixture
def host_keys(tmp_path: Path) -> Path:
    path = tmp_path / "host.keys"
    write_keys(path, only=HOST_RINGS)
    return path


def paths(side: Side) -> set[str]:
    app = create_app(Settings(side=side), bind=sa.create_engine("sqlite://"))
    return {str(context.path) for context in iter_route_contexts(app.routes)}


def test_the_two_sides_together_serve_everything_and_share_the_probes_and_languages() -> None:
    shared = {"/healthz", "/readyz", "/metrics", "/static", "/language"}
    assert paths(Side.STAFF) | paths(Side.HOST) == paths(Side.ALL)
    assert paths(Side.STAFF) & paths(Side.HOST) == shared
    assert not any("people" in path or "sign-in" in path for path in paths(Side.HOST))


def test_on_the_host_side_no_route_of_staff_is_found_and_no_person_can_be_read(
    host_login: str, host_keys: Path, postgresql_database: str
) -> None:
    own = paths(Side.STAFF) - paths(Side.HOST)
    assert len(own) >= 60
    with (
        running_service(host_login, workers=1, side="host", key_file=str(host_keys)) as address,
        httpx.Client(base_url=address) as client,
    ):
        assert client.get("/readyz").status_code == 200
        for path in sorted(own):
            for method in ("GET", "POST"):
                asked = re.sub(r"\{[^}]*\}", NOBODY, path)
                assert client.request(method, asked).status_code == 404, (method, path)
    _fill(postgresql_database)
    engine = open_engine(host_login, connections=1)
    denied = [name for name in SQLModel.metadata.tables if not _readable(engine, name)]
    assert denied == [
        each for each in SQLModel.metadata.tables if "SELECT" not in PLACES[each].host
    ]
    assert {"person", "assessment", "contact", "account", "sign_in"} <= set(denied)
    engine.dispose()


def _fill(url: str) -> None:
    engine = open_engine(url, connections=1)
    with engine.begin() as connection:
        fill(connection)
    engine.dispose()


def _readable(engine: sa.Engine, table: str) -> bool:
    try:
        with engine.connect() as connection:
            found = connection.execute(sa.text(f'SELECT count(*) FROM "{table}"'))
            # Before a link is shown not one row of anything is to be seen.
            assert found.scalar_one() == 0
    except ProgrammingError as error:
        return "permission denied" not in str(error)
    return True


def test_a_login_that_may_read_people_is_told_from_one_that_may_not(
    host_login: str, postgresql_database: str
) -> None:
    for url, expected in ((host_login, False), (postgresql_database, True)):
        engine = open_engine(url, connections=1)
        assert can_read_people(engine) is expected
        engine.dispose()


def test_with_a_login_that_may_read_people_the_host_side_does_not_start(
    own_database: str, host_keys: Path
) -> None:
    settings = {
        "DEBAN_DATABASE_URL": own_database,
        "DEBAN_SIDE": "host",
        "DEBAN_KEY_FILE": str(host_keys),
    }
    ended = subprocess.run(
        [sys.executable, "-c", "from service.cli import app; app()", "serve", "--port", "0"],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "deban_host alone" in ended.stderr


def test_with_keys_of_people_the_host_side_does_not_start(tmp_path: Path) -> None:
    path = tmp_path / "all.keys"
    write_keys(path)
    url = f"sqlite:///{tmp_path}/never-opened.db"
    with pytest.raises(TooManyKeys, match="disclosure and audit only"):
        create_app(Settings(database_url=url, side=Side.HOST, key_file=str(path)))


@pytest.fixture
def released(postgresql_database: str) -> Iterator[tuple[Office, str]]:
    """Inside, on the staff side: a packet that two people let go, and its link's token."""
    engine = open_engine(postgresql_database, connections=5)
    with transaction(engine) as session:
        town = seed(session)
        host = str(town.hosts["temple"].id)
        told = {"shared_with": "hosts", "host_id": UUID(host), "fields": FIELDS, "how": "口頭"}
        person = person_in(session, town, picture=PICTURE, consent=told, at=moment())
        [consent] = consents(session, person.id)
    app = create_app(Settings(secure_cookies=False, side=Side.STAFF), bind=engine)
    own, colleague = (_signed_in(app, name) for name in ("csw", "coordinator"))
    office = Office(own, colleague, person, consent, host)
    yield office, office.linked(office.released())
    engine.dispose()


def _signed_in(app: FastAPI, username: str) -> TestClient:
    client = TestClient(app)
    answer = client.post("/api/v1/sessions", json={"username": username, "password": PASSWORD})
    client.headers["authorization"] = f"Bearer {answer.json()['token']}"
    return client


def test_the_host_side_shows_what_was_released_until_it_is_withdrawn_inside(
    released: tuple[Office, str], host_login: str, host_keys: Path
) -> None:
    office, token = released
    with (
        running_service(host_login, workers=1, side="host", key_file=str(host_keys)) as address,
        httpx.Client(base_url=address) as client,
    ):
        shown = client.get(f"/h/{token}")
        assert shown.status_code == 200
        assert "大きい音" in shown.text  # a field of the consent, opened with the host side's key
        assert office.person.code not in shown.text
        told = client.get(f"/api/v1/host/{token}")
        assert told.status_code == 200
        assert told.json()
        assert client.get(f"/h/{token}x").status_code == 404
        office.withdraw()
        assert client.get(f"/h/{token}").status_code == 404
        assert client.get(f"/api/v1/host/{token}").status_code == 404


def test_the_host_side_takes_an_answer_that_the_staffs_side_draws_into_the_case(
    postgresql_database: str, host_login: str, host_keys: Path
) -> None:
    engine = open_engine(postgresql_database, connections=5)
    with transaction(engine) as session:
        town = seed(session)
        person = person_in(session, town, consent=TEAM, at=moment())
    app = create_app(Settings(secure_cookies=False, side=Side.STAFF), bind=engine)
    own = _signed_in(app, "csw")
    placement = _asked_for(own, town, str(person.id))
    tokens = [_question(own, "before", placement_id=placement)]
    tokens += [_question(own, "own", host_id=str(town.hosts["cafe"].id))]
    started = running_service(host_login, workers=1, side="host", key_file=str(host_keys))
    with started as address, httpx.Client(base_url=address) as client:
        page = client.get(f"/h/{tokens[0]}")
        assert "名前はまだ伝えません" in page.text
        sent = {"sent": "yes", "answer": "can", "remark": "火曜がよいです"}
        assert client.post(f"/h/{tokens[0]}", data=sent).status_code == 303
        rest = {"answer": "rest", "until": (local_day(moment()) + timedelta(days=9)).isoformat()}
        assert client.post(f"/api/v1/host/{tokens[1]}/reply", json=rest).status_code == 200
        # The host side could not read the case; what is the host's own holds there at once.
        assert waiting_answers(engine) == 2
        assert host_rests(engine, town.hosts["cafe"].id)
        found = own.get(f"/api/v1/placements/{placement}").json()
        assert (found["status"], found["moves"][-1]["actor"]) == ("agreed", "host_link")
        assert waiting_answers(engine) == 0
        again = client.post(f"/h/{tokens[0]}", data=sent)
        assert again.status_code == 303
        assert "ありがとうございます" in client.get(again.headers["location"]).text
        assert client.post(f"/h/{tokens[0]}", data=sent | {"answer": "not_now"}).status_code == 409
    engine.dispose()


def _asked_for(own: TestClient, town: Town, person: str) -> str:
    body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    placement: str = own.post("/api/v1/placements", json=body).json()["id"]
    for action in ("want", "ask"):
        moved = own.post(f"/api/v1/placements/{placement}/moves", json={"move": action})
        assert moved.status_code == 200
    return placement


def _question(own: TestClient, purpose: str, **about: str) -> str:
    made = own.post("/api/v1/inquiries", json={"purpose": purpose, **about})
    assert made.status_code == 201, made.text
    token: str = own.post(f"/api/v1/inquiries/{made.json()['id']}/links").json()["token"]
    return token


def waiting_answers(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        query = sa.text("SELECT count(*) FROM reply WHERE applied_at IS NULL")
        return int(connection.execute(query).scalar_one())


def host_rests(engine: sa.Engine, host_id: UUID) -> bool:
    with engine.connect() as connection:
        query = sa.text("SELECT resting_until IS NOT NULL FROM host WHERE id = :id")
        return bool(connection.execute(query, {"id": host_id}).scalar_one())


TRY = (
    "INSERT INTO throttle (id, created_at, bucket, full_at) "
    "VALUES (gen_random_uuid(), now(), '{}', 1)"
)


def test_the_host_sides_role_changes_of_a_host_what_the_host_says_and_nothing_besides(
    postgresql_database: str, host_login: str
) -> None:
    engine = open_engine(host_login, connections=1)
    for statement, denied in (
        ("UPDATE host SET resting_until = NULL", False),
        ("UPDATE host SET name = 'x'", True),
        ("UPDATE reply SET answer = 'can'", True),
        ("DELETE FROM reply", True),
        ("UPDATE placement SET status = 'agreed'", True),
        (TRY.format("link:x"), False),
        (TRY.format("account:x"), True),
    ):
        with engine.connect() as connection:
            try:
                connection.execute(sa.text(statement))
                refused = False
            except ProgrammingError:
                refused = True
        assert refused is denied, statement
    engine.dispose()
