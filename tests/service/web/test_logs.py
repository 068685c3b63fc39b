"""Request logs name the route, never the person in it."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client import REGISTRY

from service.web.logs import RequestLog, set_up_logs

NEEDLE = "3f0c1a52-needle"


@pytest.fixture
def client() -> TestClient:
    set_up_logs()
    app = FastAPI()

    @app.get("/people/{person_id}")
    def person(person_id: str) -> str:
        if person_id == "broken":
            raise RuntimeError(NEEDLE)
        return person_id

    app.add_middleware(RequestLog)
    return TestClient(app, raise_server_exceptions=False)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_log_has_the_template_and_not_the_id(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get(f"/people/{NEEDLE}?q={NEEDLE}")
    (line,) = lines(capsys)
    assert (line["method"], line["route"], line["status"]) == ("GET", "/people/{person_id}", 200)
    assert NEEDLE not in json.dumps(line)


def test_a_path_that_is_no_route_is_not_written_down(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get(f"/{NEEDLE}")
    (line,) = lines(capsys)
    assert (line["route"], line["status"]) == ("(none)", 404)
    assert NEEDLE not in json.dumps(line)


def test_a_failure_is_counted_as_one(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = {"method": "GET", "route": "/people/{person_id}", "status": "500"}
    before = REGISTRY.get_sample_value("deban_requests_total", labels) or 0
    client.get("/people/broken")
    (line,) = lines(capsys)
    assert line["status"] == 500
    assert REGISTRY.get_sample_value("deban_requests_total", labels) == before + 1
