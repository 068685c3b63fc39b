"""Every text that comes from outside refuses signs that hide, reorder or control."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from catalogue.exchange.models import CatalogueFile
from catalogue.terms.values import Text
from service.app import create_app
from service.persons.exchange import PeopleFile
from service.settings import Settings

Place = tuple[str | int, ...]
# A file's rows are forms; texts that are no words of somebody's have formats of their own.
FILES = (CatalogueFile, PeopleFile)
OVERRIDE = "\u202e"
PLAIN = {"enum", "const", "format"}
# Taken as they come, because they are only compared with what we know.
COMPARED = {
    "/h/{token} ?token ()",
    "/h/{token}/activity/check ?token ()",
    "/h/{token}/activity/{section} ?token ()",
    "/a/{activity} ?activity ()",
    "/a/{activity}/photo.jpg ?activity ()",
    "/c/{token}.ics ?token ()",
    "/docs/assets/{name} ?name ()",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    url = f"sqlite:///{tmp_path_factory.mktemp('texts')}/never-opened.db"
    return create_app(Settings(database_url=url, secure_cookies=False))


def texts(schema: dict[str, Any], within: dict[str, Any], place: Place = ()) -> Iterator[Place]:
    """Yield the place of every text that a schema lets people choose freely."""
    if reference := schema.get("$ref"):
        schema = within[reference.rsplit("/", 1)[1]]
    for way in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from texts(way, within, place)
    if schema.get("type") == "string" and not PLAIN & set(schema):
        yield place
    for name, inner in schema.get("properties", {}).items():
        yield from texts(inner, within, (*place, name))
    if "items" in schema:
        yield from texts(schema["items"], within, (*place, 0))
    if further := schema.get("additionalProperties"):
        anything = {"type": "string"} if further is True else further
        yield from texts(anything, within, (*place, "anything"))


def planted(place: Place) -> Any:
    """Build the smallest document that has an override of direction at a place."""
    value: Any = f"a{OVERRIDE}b"
    for step in reversed(place):
        value = [value, value] if step == 0 else {step: value}
    return value


def takes(adapter: TypeAdapter[Any], place: Place) -> bool:
    """Say whether nothing is said against the planted text at its place or around it."""
    try:
        adapter.validate_python(planted(place))
    except ValidationError as refused:
        return not any(
            _within(error["loc"], place)
            and error["type"] in {"value_error", "literal_error", "string_pattern_mismatch"}
            for error in refused.errors()
        )
    return True


def _within(location: Place, place: Place) -> bool:
    # Tags of unions and names of validators stand between the steps of a location.
    steps = tuple(step for step in location if step in place)
    return steps == place[: len(steps)] and bool(steps) == bool(place)


def open_texts(adapter: TypeAdapter[Any]) -> list[Place]:
    schema = adapter.json_schema()
    found = set(texts(schema, schema.get("$defs", {})))
    return sorted((place for place in found if takes(adapter, place)), key=str)


def inputs(app: FastAPI) -> Iterator[tuple[str, TypeAdapter[Any]]]:
    """Yield the body and the parameters of every route, pages too, by a name for the reader."""
    for context in iter_route_contexts(app.routes):
        route = getattr(context, "route", context)
        if not isinstance(route, APIRoute):
            continue
        for parameter in (*route.dependant.query_params, *route.dependant.path_params):
            annotation = Annotated[parameter.field_info.annotation, parameter.field_info]
            yield f"{route.path} ?{parameter.name}", TypeAdapter(annotation)
        if route.body_field is not None:
            info = route.body_field.field_info
            yield (
                f"{sorted(route.methods)} {route.path}",
                TypeAdapter(Annotated[info.annotation, info]),
            )


def unguarded(app: FastAPI) -> list[str]:
    return [f"{name} {place}" for name, adapter in inputs(app) for place in open_texts(adapter)]


def test_every_text_of_every_route_refuses_a_hidden_override(app: FastAPI) -> None:
    assert len(list(inputs(app))) > 60
    assert set(unguarded(app)) == COMPARED


@pytest.mark.parametrize("file", FILES)
def test_every_text_of_a_file_refuses_a_hidden_override(file: type[BaseModel]) -> None:
    assert open_texts(TypeAdapter(file)) == []


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    guarded: Text = ""
    forgotten: list[str] = []


class PlantedIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    inner: Inner | None = None
    anything: dict[str, Any] = {}


def test_a_planted_plain_text_is_found_however_deep_it_lies() -> None:
    app = FastAPI()

    @app.post("/planted")
    def take(body: Annotated[PlantedIn, Body()], area: str = "") -> None: ...

    assert unguarded(app) == [
        "/planted ?area ()",
        "['POST'] /planted ('anything', 'anything')",
        "['POST'] /planted ('inner', 'forgotten', 0)",
    ]
