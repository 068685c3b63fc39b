"""No other site's page changes anything with our visitor's cookie: every route, from the list."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from catalogue.tables import Municipality
from service.database import SessionDep
from service.web.tokens import SAFE_METHODS
from tests.factories import PASSWORD
from tests.migrations.rows import counts

NOBODY = str(UUID(int=0))
EVIL = {"origin": "https://evil.example"}
JSON = {"content-type": "application/json"}
# What a page of another site, an old browser, a sandboxed frame or a bare form may send.
WAYS: tuple[Mapping[str, str], ...] = (
    EVIL | JSON,
    {"sec-fetch-site": "cross-site"} | JSON,
    {"sec-fetch-site": "same-site"} | JSON,
    {"origin": "null"} | JSON,
    JSON,
    EVIL | {"content-type": "text/plain"},
    EVIL | {"content-type": "application/x-www-form-urlencoded"},
    EVIL,
    {"content-type": "text/plain"},
    {},
)
REFUSED = {403, 415, 422}
Route = tuple[str, str]


def changing(app: FastAPI) -> set[Route]:
    """Return every route that may change something, of programs and of pages."""
    return {
        (method, str(context.path))
        for context in iter_route_contexts(app.routes)
        for method in set(context.methods or ()) - SAFE_METHODS
    }


def taken(client: TestClient, routes: set[Route]) -> Iterator[tuple[str, str, int]]:
    """Yield what was not refused when another site asked for it."""
    for method, path in sorted(routes):
        address = path
        while "{" in address:
            before, _, rest = address.partition("{")
            address = before + NOBODY + rest.partition("}")[2]
        for way in WAYS:
            answer = client.request(
                method, address, content=b"{}", headers=dict(way), follow_redirects=False
            )
            if answer.status_code not in REFUSED:
                yield method, path, answer.status_code


@pytest.fixture
def browser(app: FastAPI) -> TestClient:
    """Somebody's browser: signed in, with the cookie and nothing else."""
    client = TestClient(app)
    body = {"username": "coordinator", "password": PASSWORD}
    assert client.post("/api/v1/sessions", json=body).status_code == 201
    assert client.cookies
    return client


def test_the_list_holds_every_route_that_is_documented_or_a_page(app: FastAPI) -> None:
    documented = {
        (method.upper(), path)
        for path, item in app.openapi()["paths"].items()
        for method in item
        if method.upper() not in SAFE_METHODS
    }
    pages = {path for _, path in changing(app) - documented}
    assert documented < changing(app)
    assert len(documented) >= 40
    assert len(pages) >= 25
    assert not any(path.startswith("/api/") for path in pages)


def test_no_route_takes_a_change_from_another_site_and_no_row_is_written(
    app: FastAPI, browser: TestClient, connection: Connection
) -> None:
    before = counts(connection)
    assert list(taken(browser, changing(app))) == []
    # Whoever comes with a wrong link of a host is counted, from wherever they come.
    assert counts(connection) | {"throttle": 0} == before | {"throttle": 0}


def test_a_planted_route_without_the_guard_is_found(
    app: FastAPI, browser: TestClient, connection: Connection
) -> None:
    def plant(session: SessionDep) -> None:
        session.add(Municipality(name=f"planted {id(session)}"))

    app.post("/planted", response_model=None)(plant)
    before = counts(connection)
    found = list(taken(browser, {("POST", "/planted")}))
    assert found == [("POST", "/planted", 200)] * len(WAYS)
    assert counts(connection)["municipality"] == before["municipality"] + len(WAYS)
