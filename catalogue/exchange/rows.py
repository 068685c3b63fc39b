"""Validate a document row by row, so that every fault is found in one pass."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from catalogue.exchange.document import Document
from catalogue.exchange.faults import Fault, Path, describe, path_text
from catalogue.exchange.misfits import expected_by, found_in

FormType = TypeVar("FormType", bound=BaseModel)
# A row that passed, with its place in the file.
Rows = list[tuple[int, FormType]]


@lru_cache(maxsize=32)
def keys_of(model: type[BaseModel]) -> frozenset[str]:
    """Collect the keys that a form and the forms inside it know, for near misses."""
    schema = model.model_json_schema()
    forms = (schema, *schema.get("$defs", {}).values())
    return frozenset(key for form in forms for key in form.get("properties", {}))


class Checker:
    """Collects the faults of one document; ``quote`` lets faults repeat free words."""

    def __init__(self, document: Document, *, quote: bool = True) -> None:
        """Begin with the faults of the document's form."""
        self._document = document
        self._quote = quote
        self._faults: list[tuple[Path, Fault]] = []

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults so far, by line."""
        return tuple(sorted({*self._document.faults, *(fault for _, fault in self._faults)}))

    def add(self, path: Path, *, found: str, expected: str) -> None:
        """Note a fault at a path."""
        fault = self._document.fault(path, found=found, expected=expected)
        if not self._quote:
            # An unknown key may be somebody's words too.
            shown = [step if str(step).isascii() else "?" for step in path]
            fault = replace(fault, path=path_text(shown))
        self._faults.append((path, fault))

    def form(self, model: type[FormType], values: Any, path: Path = ()) -> FormType | None:
        """Validate values as a form; its faults are noted under path, and None is given."""
        try:
            return model.model_validate(values)
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                self.add(
                    (*path, *error["loc"]),
                    found=found_in(error, quote=self._quote),
                    expected=expected_by(error, keys_of(model)),
                )
            return None

    def rows(self, model: type[FormType], section: str) -> Rows[FormType]:
        """Validate the rows of a section that is a list; give those that passed."""
        values = self.section(section)
        formed = [(at, self.form(model, row, (section, at))) for at, row in enumerate(values)]
        return [(at, form) for at, form in formed if form is not None]

    def section(self, name: str) -> Sequence[Any]:
        """Give the raw rows of a section; nothing when it is no list."""
        values = self._document.values
        rows = values.get(name) if isinstance(values, dict) else None
        return rows if isinstance(rows, list) else ()

    def names(self, section: str, key: str = "id") -> frozenset[str]:
        """Collect the names that the rows of a section give themselves, faulty rows included."""
        rows = (row.get(key) for row in self.section(section) if isinstance(row, dict))
        return frozenset(name for name in rows if isinstance(name, str))

    def unique(self, section: str, key: str = "id") -> None:
        """Note every name that an earlier row of the section has already."""
        seen: set[str] = set()
        for at, row in enumerate(self.section(section)):
            name = row.get(key) if isinstance(row, dict) else None
            if isinstance(name, str):
                if name in seen:
                    self.add(
                        (section, at, key),
                        found=f"{describe(name, quote=self._quote)} again",
                        expected="each only once",
                    )
                seen.add(name)

    def refer(self, section: str, key: str, known: frozenset[str]) -> None:
        """Note every row of a section whose key names nothing that is known."""
        for at, row in enumerate(self.section(section)):
            target = row.get(key) if isinstance(row, dict) else None
            if isinstance(target, str) and target not in known:
                self.add(
                    (section, at, key),
                    found=describe(target, quote=self._quote),
                    expected=f"the id of a sound {key} in this file",
                )

    def sound(self, section: str, rows: Rows[FormType]) -> Rows[FormType]:
        """Keep the rows of a section under which no fault is noted."""
        bad = {path[1] for path, _ in self._faults if len(path) > 1 and path[0] == section}
        spoiled = {fault.path for fault in self._document.faults}
        return [
            (at, row)
            for at, row in rows
            if at not in bad and not any(path.startswith(f"{section}[{at}]") for path in spoiled)
        ]
