"""Read a YAML or JSON text into plain values and remember on which line each of them stands.

Built from parser events, not from a loader: nothing in a file can name a Python object, and
repeated keys, nesting and aliases stay under control.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml
from yaml import events

from catalogue.exchange import json_events
from catalogue.exchange.faults import Fault, Path, path_text
from catalogue.exchange.tree import Builder, Lines, NotWellFormed

SIZE_TOP: Final = 64_000_000
# Aliases may not unfold a text into more values than it could spell out itself.
VALUES_FLOOR: Final = 10_000


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says: plain values, their lines, and the faults of its form."""

    name: str
    values: Any
    lines: Lines
    faults: tuple[Fault, ...] = ()

    def line_of(self, path: Path) -> int:
        """Give the line of a path, or of the nearest value around it."""
        place = self.lines
        for step in path:
            if step not in place.parts:
                break
            place = place.parts[step]
        return place.line

    def fault(self, path: Path, *, found: str, expected: str) -> Fault:
        """Make a fault at a path."""
        return Fault(self.name, self.line_of(path), path_text(path), found, expected)


def read_document(text: str | bytes, *, name: str) -> Document:
    """Read a text; when its form is broken, ``values`` is None and ``faults`` says why."""
    try:
        decoded = _decode(text)
        builder = Builder(name, max(len(decoded), VALUES_FLOOR))
        return Document(name, *builder.build(_events(decoded)))
    except NotWellFormed as broken:
        fault = Fault(name, broken.line, "", broken.found, broken.expected)
        return Document(name, None, Lines(broken.line), (fault,))


def _decode(text: str | bytes) -> str:
    if len(text) > SIZE_TOP:
        raise NotWellFormed(1, f"{len(text)} bytes", f"at most {SIZE_TOP}")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise NotWellFormed(line, "bytes that are not UTF-8", "a text in UTF-8") from None


def _events(text: str) -> Iterator[events.Event]:
    if text.lstrip()[:1] in {"{", "["}:
        return _json_events(text)
    return _yaml_events(text)


def _json_events(text: str) -> Iterator[events.Event]:
    try:
        yield from json_events.parse(text)
    except json_events.NotJson as error:
        raise NotWellFormed(error.line, f"a broken form ({error})", "well-formed JSON") from None


def _yaml_events(text: str) -> Iterator[events.Event]:
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        # What was never closed is better looked for where it was opened.
        unclosed = "end of stream" in str(error.problem)
        marks = (error.problem_mark, error.context_mark)
        mark = next(filter(None, reversed(marks) if unclosed else marks), None)
        line = mark.line + 1 if mark else 1
        raise NotWellFormed(line, *_problem(text, line, str(error.problem))) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise NotWellFormed(line, "a control character", "printable text") from None


def _problem(text: str, line: int, problem: str) -> tuple[str, str]:
    lines = text.split("\n")
    spot = lines[line - 1] if line <= len(lines) else ""
    if "\t" in spot[: len(spot) - len(spot.lstrip())]:
        return "a tab at the beginning of the line", "spaces"
    return f"a broken form ({problem})", "well-formed YAML or JSON"
