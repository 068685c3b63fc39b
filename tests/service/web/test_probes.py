"""What machines ask: alive, ready, how much."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from migrations import downgrade, is_current
from service.app import create_app
from service.database import open_engine
from service.settings import Settings
from tests.factories import Town


def test_the_process_is_alive_without_any_database(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/absent/deban.db"))
    client = TestClient(app)
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 503
    app.state.engine.dispose()


def test_it_is_ready_only_when_the_tables_are_this_programs(own_database: str) -> None:
    engine: Engine = open_engine(own_database, connections=2)
    client = TestClient(create_app(Settings(database_url=own_database), bind=engine))
    assert client.get("/readyz").json() == {"status": "ok"}
    downgrade(engine, "base")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "migrate" in answer.json()["detail"]
    engine.dispose()


def test_a_revision_of_another_program_is_not_ours(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with engine.begin() as connection:
        assert is_current(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = 'theirs'"))
        assert not is_current(connection)
    engine.dispose()


def test_metrics_count_by_route_and_name_nobody(client: TestClient, town: Town) -> None:
    person = client.post("/api/v1/people", json={"area": "east", "code": "needle"}).json()
    client.get(f"/api/v1/people/{person['id']}", params={"after": "needle"})
    told = client.get("/metrics").text
    assert 'route="/api/v1/people/{person_id}"' in told
    assert person["id"] not in told
    assert "needle" not in told
    assert str(town.municipality.id) not in told


def test_the_request_log_names_nobody(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    person = client.post("/api/v1/people", json={"area": "east", "code": "needle"}).json()
    client.get(f"/api/v1/people/{person['id']}?q=needle")
    written = capsys.readouterr().out
    assert "/api/v1/people/{person_id}" in written
    assert person["id"] not in written
    assert "needle" not in written
