"""What a failure looks like: one clear sentence, in the form the caller reads, nothing leaked."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.testclient import TestClient
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from service.app import create_app
from service.settings import Settings
from service.web.apologies import PAGE_WORDS
from service.web.headers import HEADERS

API = "/api/v1"
BROWSER = {"accept": "text/html,application/xhtml+xml"}
FAULTS: dict[str, Exception] = {
    "/api/broken": OperationalError("SELECT needle", {"name": "needle"}, Exception("needle")),
    "/api/waited": NoConnectionLeft("needle"),
    "/api/unstorable": DataError("INSERT", {"name": "needle"}, Exception("needle")),
    "/api/unknown": RuntimeError("needle"),
    "/api/teapot": HTTPException(418),
}


def plant(app: FastAPI) -> None:
    """Add routes that fail as only a broken machine would make ours fail."""

    def fail(request: Request) -> None:
        raise FAULTS[request.url.path.replace("/pages", "/api")]

    for path in FAULTS:
        app.get(path, response_model=None)(fail)
        app.get(path.replace("/api", "/pages"), response_model=None)(fail)


@pytest.fixture
def faulty(app: FastAPI) -> TestClient:
    plant(app)
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/broken", 503),
        ("/api/waited", 503),
        ("/api/unstorable", 422),
        ("/api/unknown", 500),
        ("/api/nowhere", 404),
    ],
)
def test_a_failure_is_a_problem_document_without_details(
    faulty: TestClient, path: str, status: int
) -> None:
    answer = faulty.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert {"type", "title", "detail"} <= problem.keys()
    assert "needle" not in answer.text
    assert answer.headers["x-content-type-options"] == HEADERS["X-Content-Type-Options"]


def test_a_database_that_does_not_answer_says_when_to_come_again(faulty: TestClient) -> None:
    assert int(faulty.get("/api/broken").headers["retry-after"]) > 0
    assert int(faulty.get("/pages/broken", headers=BROWSER).headers["retry-after"]) > 0


@pytest.mark.parametrize("path", FAULTS)
def test_what_is_written_down_of_a_failure_names_its_place_and_nobody(
    faulty: TestClient, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty.get(path)
    written = capsys.readouterr().out
    assert "needle" not in written
    if path not in {"/api/unstorable", "/api/teapot"}:
        lines = [json.loads(line) for line in written.splitlines()]
        assert any("test_answers.py" in str(line.get("places")) for line in lines)


@pytest.mark.parametrize(
    ("path", "status"), [("/pages/broken", 503), ("/pages/unknown", 500), ("/nowhere", 404)]
)
def test_people_with_a_browser_get_a_page_in_their_language(
    faulty: TestClient, path: str, status: int
) -> None:
    answer = faulty.get(path, headers=BROWSER)
    assert answer.status_code == status
    assert 'lang="ja"' in answer.text
    assert PAGE_WORDS[status][0] in answer.text
    assert "needle" not in answer.text


def test_a_status_without_words_of_its_own_gets_the_general_ones(faulty: TestClient) -> None:
    answer = faulty.get("/pages/teapot", headers=BROWSER)
    assert answer.status_code == 418
    assert 418 not in PAGE_WORDS
    assert PAGE_WORDS[500][0] in answer.text


def test_a_signed_out_person_is_led_to_the_sign_in_and_back(app: FastAPI) -> None:
    def show(request: Request) -> None:
        from service.accounts.actions import NotSignedIn  # noqa: PLC0415 - only this page's

        raise NotSignedIn(request.url.path)

    app.get("/somewhere", response_model=None)(show)
    answer = TestClient(app).get("/somewhere?q=1", headers=BROWSER, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/somewhere%3Fq%3D1"


def test_a_program_is_told_to_sign_in_and_not_led_anywhere(app: FastAPI) -> None:
    answer = TestClient(app).get(f"{API}/me", headers=BROWSER, follow_redirects=False)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"{", "body"),
        (b'{"username": "csw"}', "body.password"),
        (b'{"username": 5, "password": "needle needle"}', "body.username"),
        (b'{"username": "csw", "password": "x", "needle here": 1}', "body.(an unknown name)"),
        (b'{"username": "csw", "password": "x", "nick": 1}', "body.nick"),
        (b'{"username": "\\ud800needle", "password": "x"}', "body.username"),
    ],
)
def test_malformed_input_is_told_by_its_place(app: FastAPI, body: bytes, where: str) -> None:
    answer = TestClient(app).post(
        f"{API}/sessions", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    faults: list[dict[str, Any]] = answer.json()["errors"]
    assert [fault["where"] for fault in faults] == [where] or where == "body"
    assert all(fault["expected"] for fault in faults)
    assert "needle" not in answer.text


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d"])
def test_characters_that_cannot_be_kept_are_malformed_on_both_databases(
    client: TestClient, text: str
) -> None:
    body = json.dumps({"area": "east", "own_words": text, "note": text})
    answer = client.post(
        f"{API}/people", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert {fault["where"] for fault in answer.json()["errors"]} == {"body.own_words", "body.note"}


def test_a_sign_in_with_a_nul_is_malformed_on_both_databases(app: FastAPI) -> None:
    body = {"username": "csw\0", "password": "plum blossoms\0"}
    answer = TestClient(app).post(f"{API}/sessions", json=body)
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["errors"]] == [
        "body.username",
        "body.password",
    ]


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('small')}/never-opened.db"
    app = create_app(Settings(database_url=url, body_limit_bytes=1_000))
    yield TestClient(app)
    app.state.engine.dispose()


def test_a_body_that_turns_out_too_large_is_refused_as_such(small: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"username": "'
        for _ in range(50):
            yield b"x" * 100

    headers = {"content-type": "application/json"}
    answer = small.post(f"{API}/sessions", content=pieces(), headers=headers)
    assert answer.status_code == 413
    announced = small.post(f"{API}/sessions", content=b"x" * 2_000, headers=headers)
    assert announced.status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[1" * 5_000, b'{"a":' * 3_000])
def test_a_body_that_is_no_json_text_is_malformed(app: FastAPI, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = TestClient(app).post(f"{API}/sessions", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
