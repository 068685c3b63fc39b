"""The keys of answers: as the reviewed file says, as OpenAPI promises, and as an answer has them.

A kind of value is written in one word: `Name` for an object, `Name[]` for a list of them, `Name{}`
for a map whose keys are data, `{}` for a map of plain values, `A|B` for one of two, and nothing
for what has no keys at all. A key with a question mark may be left out of an answer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.accounts.rules import RIGHTS, Role
from tests.service.accounts.test_policy import ANY_STAFF, MACHINE, PUBLIC, needed

FILE: Final = Path(__file__).with_name("response_keys.yaml")
NO_BODY: Final = "nothing"
NO_JSON: Final = "no JSON"
MAY_MISS: Final = "?"
Schema = Mapping[str, Any]
Shapes = dict[str, dict[str, str]]
Routes = dict[str, str]


def reviewed() -> tuple[dict[str, Routes], Shapes]:
    """Read the file: which roles are answered what by which route, and the keys of each object."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    shapes = {
        name: {key: kind for key, _, kind in (word.partition(":") for word in words.split())}
        for name, words in told["objects"].items()
    }
    return told["routes"], shapes


def answered(method: str, path: str) -> str:
    """Say whom a route answers, as the file spells it."""
    known = {PUBLIC: "everybody", ANY_STAFF: "every role", MACHINE: "machines"}
    return known.get(needed(method, path)) or " ".join(roles_of(method, path))


def roles_of(method: str, path: str) -> list[Role]:
    right = needed(method, path)
    return [role for role in Role if right in {PUBLIC, ANY_STAFF} or right in RIGHTS[role]]


def words(spelled: str) -> frozenset[str]:
    return frozenset(spelled.split())


def document(app: FastAPI) -> Schema:
    """Write what OpenAPI says of the routes as they are now, whatever was asked for before."""
    return get_openapi(title="", version="", routes=app.routes)


def promised(described: Schema) -> tuple[Routes, Shapes]:
    """Return what every operation answers by OpenAPI, and the keys of each object within."""
    schemas = described["components"]["schemas"]
    routes: Routes = {}
    shapes: Shapes = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            kinds = {
                _answer(answer, schemas, shapes)
                for status, answer in operation["responses"].items()
                if status.startswith("2")
            }
            routes[f"{method.upper()} {path}"] = " ".join(sorted(kinds))
    return routes, shapes


def _answer(answer: Schema, schemas: Schema, shapes: Shapes) -> str:
    content = answer.get("content", {})
    if not content:
        return NO_BODY
    if "application/json" not in content:
        return NO_JSON
    return kind_of(content["application/json"]["schema"], schemas, shapes) or "{}"


def kind_of(schema: Schema, schemas: Schema, shapes: Shapes) -> str:
    """Spell a schema in one word, and note the keys of every object that it leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _object(name, schemas, shapes)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            kinds = [kind_of(each, schemas, shapes) for each in schema[several]]
            return "|".join(dict.fromkeys(kind for kind in kinds if kind))
    if schema.get("type") == "array":
        inner = [*schema.get("prefixItems", ()), schema.get("items", {})]
        kinds = [kind for each in inner for kind in _split(kind_of(each, schemas, shapes))]
        return "|".join(dict.fromkeys(f"{kind}[]" for kind in kinds))
    assert "properties" not in schema, "an object of an answer has a name"
    if schema.get("type") == "object" or "additionalProperties" in schema:
        values = schema.get("additionalProperties", True)
        inside = kind_of(values, schemas, shapes) if isinstance(values, Mapping) else ""
        return "|".join(f"{kind}{{}}" for kind in _split(inside)) or "{}"
    return ""


def _object(name: str, schemas: Schema, shapes: Shapes) -> str:
    schema = schemas[name]
    if "properties" not in schema:
        return kind_of(schema, schemas, shapes)
    if name not in shapes:
        shapes[name] = {}
        for key, inner in schema["properties"].items():
            shapes[name][key] = kind_of(inner, schemas, shapes)
    return name


def _split(kind: str) -> list[str]:
    return [each for each in kind.split("|") if each]


def unlike(value: Any, kind: str, shapes: Shapes, place: str = "") -> list[str]:
    """Say which keys of an answer are too many or missing, measured by the kind it comes next."""
    if value is None or not isinstance(value, dict | list):
        return []
    tried = [_unlike(value, each, shapes, place) for each in kind.split("|")]
    return min(tried, key=len)


def _unlike(value: dict[str, Any] | list[Any], kind: str, shapes: Shapes, place: str) -> list[str]:
    if isinstance(value, list):
        inner = kind.removesuffix("[]")
        return [said for each in value for said in unlike(each, inner, shapes, f"{place}[]")]
    if kind.endswith("{}"):
        inner = kind.removesuffix("{}")
        return [said for each in value.values() for said in unlike(each, inner, shapes, place)]
    known = shapes.get(kind, {})
    named = {key.removesuffix(MAY_MISS): inner for key, inner in known.items()}
    needed = {key for key in known if not key.endswith(MAY_MISS)}
    wrong = (value.keys() - named.keys()) | (needed - value.keys())
    said = [f"{place}.{key}" for key in sorted(wrong)]
    for key, inner in named.items():
        said += unlike(value.get(key), inner, shapes, f"{place}.{key}")
    return said


def taken(described: Schema) -> dict[str, set[str]]:
    """Return the fields that the body of each operation names, in whichever of its forms."""
    schemas = described["components"]["schemas"]
    return {
        f"{method.upper()} {path}": set(_fields(content["schema"], schemas))
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        for content in operation.get("requestBody", {}).get("content", {}).values()
    }


def _fields(schema: Schema, schemas: Schema) -> Iterator[str]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    yield from schema.get("properties", {})
    for several in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(several, ()):
            yield from _fields(each, schemas)


def loose(described: Schema) -> Iterator[str]:
    """Yield every object within a request's body that takes more than the fields it names."""
    schemas = described["components"]["schemas"]
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for place in _open_places(content["schema"], schemas, ()):
                    yield f"{method.upper()} {path} {place}"


def _open_places(schema: Schema, schemas: Schema, within: tuple[str, ...]) -> Iterator[str]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name not in within:
            yield from _open_places(schemas[name], schemas, (*within, name))
        return
    values = schema.get("additionalProperties", True)
    if schema.get("type") == "object" and values is not False:
        if "properties" in schema or not isinstance(values, Mapping):
            yield ".".join(within)
        else:
            yield from _open_places(values, schemas, within)
    several = (schema.get(each, ()) for each in ("anyOf", "oneOf", "allOf", "prefixItems"))
    inner = [each for group in several for each in group]
    inner += [schema["items"]] if "items" in schema else []
    for each in inner:
        yield from _open_places(each, schemas, within)
    for key, each in schema.get("properties", {}).items():
        yield from _open_places(each, schemas, (*within, key))
