"""Bodies made to hurt: endless, deep, of a thousand parts. A clear no, soon, and nothing kept."""

import asyncio
import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message

from service.web.bodies import BodyLimit

MEBIBYTE = 1024 * 1024


def taken_of(app: FastAPI, path: str, *, pieces: int = 200) -> tuple[int, int]:
    """Send mebibytes without a length; return the status, and how many of them were asked for."""
    statuses, asked = [], 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        body = b"x" * MEBIBYTE
        return {"type": "http.request", "body": body, "more_body": asked < pieces}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "http_version": "1.1",
        "scheme": "http",
        "headers": [(b"content-type", b"application/json"), (b"sec-fetch-site", b"same-origin")],
    }
    asyncio.run(app(scope, receive, send))
    return statuses[0], asked


@pytest.mark.parametrize("path", ["/api/v1/people", "/api/v1/sessions", "/api/v1/not-there"])
def test_an_endless_body_ends_at_the_limit_not_at_its_end(app: FastAPI, path: str) -> None:
    status, asked = taken_of(app, path)
    assert status in {404, 413}
    assert asked <= 3


def test_without_the_limit_the_same_body_would_be_taken_whole(app: FastAPI) -> None:
    app.user_middleware = [each for each in app.user_middleware if each.cls is not BodyLimit]
    app.middleware_stack = None  # to be put together anew, without it
    assert taken_of(app, "/api/v1/sessions", pieces=20) == (422, 20)


@pytest.mark.parametrize("opening", [b"[", b'{"a":'], ids=["lists", "mappings"])
def test_a_body_nested_without_end_is_malformed(client: TestClient, opening: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = client.post("/api/v1/people", content=opening * 200_000, headers=headers)
    assert answer.status_code == 422


def test_a_number_of_a_million_digits_is_malformed(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    answer = client.post("/api/v1/people", content=b"9" * 1_000_000, headers=headers)
    assert answer.status_code == 422


@pytest.mark.parametrize("parts", [1_500, 20_000])
def test_a_form_of_too_many_parts_is_refused(client: TestClient, parts: int) -> None:
    line = "--b\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n"
    headers = {
        "content-type": "multipart/form-data; boundary=b",
        "sec-fetch-site": "same-origin",
    }
    answer = client.post("/sign-in", content=(line * parts + "--b--").encode(), headers=headers)
    assert answer.status_code in {400, 413, 422}


def test_a_file_where_a_word_is_expected_is_no_word(client: TestClient) -> None:
    headers = {"sec-fetch-site": "same-origin"}
    files = {"username": ("name.txt", b"csw"), "password": ("p.txt", b"x")}
    answer = client.post("/sign-in", files=files, headers=headers)
    assert answer.status_code == 422


def test_what_is_announced_as_compressed_is_not_unpacked(client: TestClient) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    answer = client.post("/api/v1/people", content=json.dumps({}).encode(), headers=headers)
    assert answer.status_code in {415, 422}
