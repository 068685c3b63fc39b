"""Every route that creates or moves something takes a key, found from the list of routes."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from service.app import create_app
from service.settings import Settings
from service.web.once import HEADER, REPLAYED, Once

# What is asked by POST and takes no key, each with its reason.
WITHOUT: Final[dict[str, str]] = {
    "/api/v1/sessions(/.*)?": "each try to sign in counts, and a token is given to whoever asks",
    "/api/v1/me/.*": "guards the caller's own account: secrets, each shown once",
    "/api/v1/accounts(/.*)?": "a user name is there once; a password given anew ends the last one",
    "(/api/v1)?/machine-tokens(/.*)?": "a secret, shown once, and named: a second one can be ended",
    "(/api/v1)?/webhooks(/.*)?": "a secret, shown once; a second one can be ended",
    "(/api/v1)?/dead-letters/.*": "what is tried again or closed is no dead letter any more",
    "/language": "one's own choice, kept in the browser",
    "/notices/.*": "one's own choices, as they are sent; a feed's secret, shown once",
    "/api/v1/hand-overs": "whoever has nobody left hands nobody over",
    "/api/v1/people/search": "asks, by POST because a name has no place in an address",
    "/api/v1/activities/[^/]+/candidates": "asks, and keeps nothing",
    "/api/v1/assignments": "asks, and keeps nothing",
    "/(sign-in|sign-out|step-up|security|accounts)(/.*)?": "as in the API",
    "/(api/v1/host|h)/[^/]+(/reply)?": "a link is answered once, and nobody is signed in",
    "/people/[^/]+/picks": "leads to what shall be done with candidates; ticked anew as one likes",
    "/show(/end)?": "the last word counts, and the way back asks for a password each time",
    "/h/[^/]+/activity/.*": "the same screen twice is the same screen, and nobody is signed in",
    "/drafts(/.*)?": "a form as it stands last; it bears the key of what is not saved yet",
    "/activities/[^/]+/photo(/removal)?": "replaces what is there, and says which version it saw",
    "/emergency-accesses/[^/]+/seen": "seen is seen, however often it is said",
}


def posted(app: FastAPI) -> Iterator[tuple[str, bool]]:
    """Yield every path that takes a POST, and whether it takes a key."""
    for context in iter_route_contexts(app.routes):
        if "POST" in (context.methods or ()):
            yield str(context.path), isinstance(context.original_route, Once)


def unguarded(app: FastAPI) -> list[str]:
    return [
        path
        for path, is_once in posted(app)
        if not is_once and not any(re.fullmatch(known, path) for known in WITHOUT)
    ]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    url = f"sqlite:///{tmp_path_factory.mktemp('once')}/never-opened.db"
    return create_app(Settings(database_url=url, secure_cookies=False))


def test_every_creation_and_move_takes_a_key(app: FastAPI) -> None:
    assert unguarded(app) == []
    assert sum(is_once for _, is_once in posted(app)) >= 60


def test_no_exception_is_without_its_route(app: FastAPI) -> None:
    paths = [path for path, is_once in posted(app) if not is_once]
    idle = [known for known in WITHOUT if not any(re.fullmatch(known, path) for path in paths)]
    assert idle == []


def test_a_planted_route_without_a_key_is_found() -> None:
    planted, router = FastAPI(), APIRouter(prefix="/api/v1/planted")

    @router.post("", response_model=None)
    def make() -> None: ...

    planted.include_router(router)
    assert unguarded(planted) == ["/api/v1/planted"]


def test_the_description_of_the_api_names_the_key_of_each_of_them(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    for path, is_once in posted(app):
        if path not in paths:
            continue
        operation = paths[path]["post"]
        named = {each["name"] for each in operation.get("parameters", ())}
        assert (HEADER in named) is is_once, path
        if is_once:
            assert "409" in operation["responses"], path
            done = [each for code, each in operation["responses"].items() if code[0] == "2"]
            assert all(REPLAYED in each["headers"] for each in done), path
