"""Security headers and the end of bodies that are too large."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from service.web.bodies import BodyLimit
from service.web.headers import HEADERS, SecurityHeaders

MOST = 1_000


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.get("/own", response_model=None)
    def own(request: Request) -> dict[str, str]:
        return {"method": request.method}

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit, most=MOST)
    app.add_middleware(SecurityHeaders)
    return TestClient(app)


@pytest.mark.parametrize("path", ["/own", "/not-there"])
@pytest.mark.parametrize("name", HEADERS)
def test_every_answer_carries_every_header(client: TestClient, path: str, name: str) -> None:
    assert client.get(path).headers[name] == HEADERS[name]


def test_the_content_policy_allows_nothing_inline_and_nothing_from_outside() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_body_of_the_allowed_size_passes(client: TestClient) -> None:
    assert client.post("/echo", content=b"x" * MOST).json() == MOST


def test_an_announced_body_that_is_too_large_is_refused_with_a_sentence(
    client: TestClient,
) -> None:
    answer = client.post("/echo", content=b"x" * (MOST + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(MOST) in answer.json()["detail"]


def test_a_body_without_a_length_is_counted_while_it_arrives(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    answer = client.post("/echo", content=pieces())
    assert answer.status_code == 413


def test_a_nonsense_length_is_not_believed(client: TestClient) -> None:
    answer = client.post("/echo", content=b"x", headers={"content-length": "-5"})
    assert answer.status_code in {200, 400}


@pytest.mark.parametrize(("secure", "told"), [(True, True), (False, False)])
def test_browsers_are_told_to_stay_with_https_only_where_the_office_serves_it(
    secure: bool, told: bool
) -> None:
    app = FastAPI()
    app.add_middleware(SecurityHeaders, https_only=secure)
    answer = TestClient(app).get("/not-there")
    assert ("Strict-Transport-Security" in answer.headers) is told
