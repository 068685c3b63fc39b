"""What machines ask: alive, ready, how much."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from migrations import downgrade, is_current
from service.app import create_app
from service.cli import office
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


COUNT = """
import sys
from service.web import probes
from service.web.logs import REQUESTS
if sys.argv[1] == "ask":
    sys.stdout.write(probes.counted().decode())
else:
    REQUESTS.labels("GET", "/planted", 200).inc(int(sys.argv[1]))
"""


def asked_after_others(environment: dict[str, str]) -> str:
    """Count in two processes and ask a third, as three workers of one service would."""
    for counted in ("3", "4"):
        _process(counted, environment)
    return _process("ask", environment)


def _process(argument: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", COUNT, argument]
    known = os.environ | environment
    return subprocess.run(command, env=known, check=True, capture_output=True, text=True).stdout


def test_each_of_several_workers_tells_what_all_of_them_counted(tmp_path: Path) -> None:
    told = asked_after_others({"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)})
    assert 'deban_requests_total{method="GET",route="/planted",status="200"} 7.0' in told


def test_without_the_folder_a_worker_tells_only_of_itself() -> None:
    """The control: what one worker counted is not known to another by itself."""
    assert "/planted" not in asked_after_others({})


def test_workers_are_started_with_a_folder_for_their_counts(
    monkeypatch: pytest.MonkeyPatch, own_database: str
) -> None:
    monkeypatch.setenv("DEBAN_DATABASE_URL", own_database)
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    seen: list[str | None] = []

    def run(*_app: object, **_options: object) -> None:
        seen.append(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))

    monkeypatch.setattr(office.uvicorn, "run", run)
    for workers in (1, 2):
        office.serve_office(host="127.0.0.1", port=0, workers=workers)
    alone, together = seen
    assert alone is None
    assert together is not None
    assert not Path(together).exists()
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ
