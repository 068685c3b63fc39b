"""Laws 5 and 7 at the edge: every route says what it answers and what it may refuse with."""

import ast
import inspect
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from service.app import create_app
from service.settings import Settings
from service.web.workbooks import MEDIA
from tests.architecture.conftest import Plant
from tests.architecture.source import ROOT, modules, tree

METHODS = frozenset({"get", "post", "put", "patch", "delete"})
REFUSED = ("401", "403")
Operation = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    url = f"sqlite:///{tmp_path_factory.mktemp('routes')}/never-opened.db"
    return create_app(Settings(database_url=url, secure_cookies=False))


def operations(app: FastAPI) -> Iterator[Operation]:
    for path, item in app.openapi()["paths"].items():
        for method, operation in item.items():
            if method in METHODS and path.startswith("/api/"):
                yield f"{method} {path}", operation


def speechless(app: FastAPI) -> list[str]:
    """Name the operations whose success has neither a schema nor, as a file, a media type."""
    return [
        name
        for name, operation in operations(app)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        and status != str(HTTPStatus.NO_CONTENT.value)
        and not answer.get("content", {}).get("application/json", {}).get("schema")
        and not answer.get("content", {}).keys() & {"text/csv", MEDIA}
    ]


def undocumented(app: FastAPI) -> list[str]:
    """Name the operations that do not say, as problem+json, what they refuse with."""
    return [
        name
        for name, operation in operations(app)
        if not any(
            "application/problem+json" in answer.get("content", {})
            for status, answer in operation["responses"].items()
            if status.startswith("4")
        )
    ]


def loose_bodies() -> list[str]:
    """Name every …In model that would take in fields that it does not know."""
    return [
        f"{path.relative_to(ROOT)} {name}"
        for path in modules(ROOT, ("service",))
        for name, model in inspect.getmembers(_loaded(path), inspect.isclass)
        if name.endswith("In")
        and issubclass(model, BaseModel)
        and not hasattr(model, "__table__")
        and model.model_config.get("extra") != "forbid"
    ]


def _loaded(path: Any) -> Any:
    import importlib  # noqa: PLC0415 - only this function loads modules by path

    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return importlib.import_module(name.removesuffix(".__init__"))


def asynchronous_routes(root: Path) -> list[str]:
    """Name async handlers: the database is read synchronously, in the thread pool.

    A dependency that is given the request alone cannot read it, and may be async.
    """
    return [
        f"{path.relative_to(root)} {node.name}"
        for path in modules(root, ("service",))
        for node in tree(path).body
        if isinstance(node, ast.AsyncFunctionDef)
        if path.stem in {"routes", "pages"} or (path.stem == "access" and not _asks_app(node))
    ]


def _asks_app(node: ast.AsyncFunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [ast.unparse(each.annotation) for each in given if each.annotation] == ["Request"]


def test_there_are_routes(app: FastAPI) -> None:
    paths = {name.split(" ")[1].split("/")[3] for name, _ in operations(app)}
    assert {
        "sessions",
        "hosts",
        "activities",
        "slots",
        "people",
        "suggestions",
        "placements",
        "contacts",
        "visits",
        "wishes",
        "follow-ups",
    } <= paths


def test_every_route_has_an_answer_of_a_known_shape(app: FastAPI) -> None:
    assert speechless(app) == []


def test_every_route_says_what_it_refuses_with(app: FastAPI) -> None:
    assert undocumented(app) == []


def test_a_planted_silent_route_is_found() -> None:
    planted = FastAPI()

    @planted.get("/api/v1/planted")
    def silent():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the fault that is planted
        return {}

    assert undocumented(planted) == ["get /api/v1/planted"]
    assert speechless(planted) == ["get /api/v1/planted"]


def test_bodies_refuse_what_they_do_not_know() -> None:
    assert loose_bodies() == []


def test_routes_run_in_the_thread_pool() -> None:
    assert asynchronous_routes(ROOT) == []


def test_a_planted_asynchronous_reader_is_found(plant: Plant) -> None:
    root = plant("service/visits/routes.py", "async def show(request: Request): ...\n")
    assert asynchronous_routes(root) == ["service/visits/routes.py show"]
    plant("service/hosts/access.py", "async def asks(request: Request): ...\n")
    plant("service/wishes/access.py", "async def reads(request: Request, session: X): ...\n")
    assert asynchronous_routes(root) == [
        "service/visits/routes.py show",
        "service/wishes/access.py reads",
    ]


def test_signed_out_callers_are_told_so_in_every_document(app: FastAPI) -> None:
    open_to_all = {"post /api/v1/sessions"}
    lacking = [
        name
        for name, operation in operations(app)
        if name not in open_to_all and not set(REFUSED) <= set(operation["responses"])
    ]
    assert lacking == []
