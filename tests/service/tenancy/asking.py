"""Every route of the service with a request that it understands, and the places for ids in it."""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import EnumType
from html.parser import HTMLParser
from typing import Any, get_args
from uuid import UUID

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter

# Where a name says less than the table it points to; everything else bears its table's name.
TABLE_OF = {
    "owner": "account",
    "to": "account",
    "before": "account",
    "notice": "emergency_notice",
    "staff": "account",
    "round": "suggestion_round",
    "link": "host_link",
    "disclosure": "packet",
    "open": "item",
    "people": "person",
    "other": "person",
    "pair": "keep_apart",
    "move": "placement_move",
    "after": "person",
    "record": "conference_record",
    "membership": "conference_membership",
    "hold": "legal_hold",
    "closure": "follow_up_closure",
    "list": "disposal_list",
    "line": "outbox_line",
}
CORRECTED = {"visits": "visit", "entries": "conference_entry"}
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for an id: in the path, in the query, or at a place of the body."""

    where: str
    name: str
    place: tuple[str | int, ...] = ()

    def table(self, path: str) -> str:
        short = re.sub(r"_ids?$", "", self.name)
        if short == "corrects":
            return CORRECTED.get(path.rsplit("/", 1)[1], "contact")
        return TABLE_OF.get(short, short)


@dataclass(frozen=True, slots=True)
class Ask:
    """A route, a body that its schema takes, and every place where an id may stand."""

    method: str
    path: str
    body: Any = None
    form: Mapping[str, str] | None = None
    slots: tuple[Slot, ...] = field(default=())
    words: Mapping[str, str] = field(default_factory=dict)  # for a part of the path of a few words

    @property
    def is_page(self) -> bool:
        return not self.path.startswith("/api/")

    def filled(self, ids: Mapping[Slot, UUID]) -> tuple[str, dict[str, str], Any, dict[str, str]]:
        """Return path, query, body and form with these ids in their slots."""
        path, query, form = self.path, {}, dict(self.form or {})
        body = copy.deepcopy(self.body)
        for slot, id_ in ids.items():
            if slot.where == "path":
                path = re.sub(rf"\{{{slot.name}(:\w+)?\}}", str(id_), path)
            elif slot.where == "query":
                query[slot.name] = str(id_)
            elif slot.where == "form":
                form[slot.place[0]] = str(id_)  # type: ignore[index] - a form's place is a name
            else:
                body = _set(body, slot.place, str(id_))
        path = PARAMETER.sub(lambda found: self.words.get(found[1], "none"), path)
        return path, query, body, form


def _set(tree: Any, place: tuple[str | int, ...], value: str) -> Any:
    """Return the tree with a value at a place; what is missing on the way is made."""
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(first, int):
        return [_set(tree[0] if tree else None, rest, value)]
    return {**(tree or {}), first: _set((tree or {}).get(first), rest, value)}


def asks(app: FastAPI) -> Iterator[Ask]:
    """Yield one request for every route and method, those of included routers too."""
    for context in iter_route_contexts(app.routes):
        path = str(context.path or "")
        dependant = getattr(getattr(context, "route", context), "dependant", None)
        if dependant is None:
            continue
        slots = [
            Slot("path", each.alias)
            for part in parts(dependant)
            for each in part.path_params
            if _speaks_of_ids(each.field_info.annotation) or each.alias.endswith("_id")
        ]
        slots += [
            Slot("query", each.alias)
            for part in parts(dependant)
            for each in part.query_params
            if _speaks_of_ids(each.field_info.annotation)
        ]
        words = {
            each.alias: str(next(iter(each.field_info.annotation)).value)
            for part in parts(dependant)
            for each in part.path_params
            if isinstance(each.field_info.annotation, EnumType)
        }
        body, in_body = _body(dependant)
        for method in sorted(set(context.methods or ()) - {"HEAD"}):
            yield Ask(method, path, body, slots=(*slots, *in_body), words=words)


def _speaks_of_ids(annotation: Any) -> bool:
    return annotation is UUID or any(_speaks_of_ids(each) for each in get_args(annotation))


def parts(dependant: Dependant) -> Iterator[Dependant]:
    """Yield a route and everything that it depends on."""
    yield dependant
    for each in dependant.dependencies:
        yield from parts(each)


def _body(dependant: Dependant) -> tuple[Any, list[Slot]]:
    found = [each for part in parts(dependant) for each in part.body_params]
    if not found:
        return None, []
    schema = TypeAdapter(found[0].field_info.annotation).json_schema()
    reader = _Reader(schema.get("$defs", {}))
    return reader.sample(schema), list(reader.slots(schema))


class _Reader:
    """Reads a JSON Schema: the plainest value that it takes, and where ids stand in it."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self.definitions = definitions

    def plain(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" in schema:
            return self.plain(self.definitions[schema["$ref"].rsplit("/", 1)[1]])
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return self.plain(next(s for s in schema[several] if s.get("type") != "null"))
        return schema

    def sample(self, schema: Mapping[str, Any]) -> Any:
        schema = self.plain(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type")
        if kind == "object":
            required = schema.get("required", ())
            return {name: self.sample(schema["properties"][name]) for name in required}
        if kind == "array":
            return [self.sample(schema["items"])] * schema.get("minItems", 0)
        if kind == "string":
            dated = {"date": "2026-11-20", "date-time": "2026-11-20T00:00:00Z", "time": "10:00"}
            long = "a" * max(1, schema.get("minLength", 1))
            return dated.get(schema.get("format", ""), long)
        return {"boolean": True, "null": None}.get(str(kind), schema.get("minimum", 1))

    def slots(
        self, schema: Mapping[str, Any], name: str = "", place: tuple[str | int, ...] = ()
    ) -> Iterator[Slot]:
        schema = self.plain(schema)
        if schema.get("format") == "uuid":
            yield Slot("body", name, place)
        if schema.get("type") == "array" and isinstance(schema.get("items"), Mapping):
            yield from self.slots(schema["items"], name, (*place, 0))
        for each, inner in schema.get("properties", {}).items():
            yield from self.slots(inner, each, (*place, each))


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and what its fields hold at first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: said or "" for name, said in attrs}
        if tag == "form" and known.get("method", "get").lower() == "post":
            self.found.append((known.get("action", ""), {}))
        if tag == "select":
            self._select = known.get("name", "")
        if tag == "option" and self._select:
            self._take(self._select, known.get("value", ""))
        if tag in {"input", "textarea"} and "name" in known:
            self._take(known["name"], known.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _take(self, name: str, value: str) -> None:
        if self.found and not self.found[-1][1].get(name):
            self.found[-1][1][name] = value
