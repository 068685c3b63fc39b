"""The API's documentation page calls no outside host."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.web import docs


@pytest.fixture
def client() -> TestClient:
    app = FastAPI(title="Deban", docs_url=None, redoc_url=None)
    app.include_router(docs.router)
    return TestClient(app)


@pytest.mark.parametrize("path", ["/docs", "/docs/start.js"])
def test_the_page_names_no_outside_host(client: TestClient, path: str) -> None:
    assert not re.findall(r"(?:https?:)?//[a-z]", client.get(path).text)


def test_everything_the_page_asks_for_is_there(client: TestClient) -> None:
    page = client.get("/docs").text
    wanted = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(wanted) == 4
    for path in wanted:
        assert client.get(path).status_code == 200, path


def test_a_file_that_is_not_ours_to_give_is_missing(client: TestClient) -> None:
    assert client.get("/docs/assets/redoc.standalone.js").status_code == 404
