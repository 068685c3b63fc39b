"""Fold parser events into plain values, and into the lines on which they stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from yaml import events

from catalogue.exchange.faults import Fault, Path, path_text

DEPTH_TOP: Final = 24

_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_NUMBER: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
# YAML 1.1 as most writers know it, but no base-60 numbers and no dates: 09:30 stays 09:30.
WORDS: Final[Mapping[str, bool | None]] = {
    "": None, "~": None, "null": None,
    "true": True, "yes": True, "on": True, "false": False, "no": False, "off": False,
}  # fmt: skip


@dataclass(slots=True)
class Lines:
    """The line on which a value begins, and the lines of its parts."""

    line: int
    parts: dict[str | int, "Lines"] = field(default_factory=dict)


class NotWellFormed(ValueError):  # noqa: N818 - it carries a fault, it is not one
    """A text that cannot be read on."""

    def __init__(self, line: int, found: str, expected: str) -> None:
        super().__init__(expected)
        self.line, self.found, self.expected = line, found, expected


def plain_value(event: events.ScalarEvent) -> Any:
    """Give the value of a scalar: quoted is text; plain may be a number, a truth or nothing."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    values: dict[str, Any] | list[Any]
    lines: Lines
    path: Path
    anchor: str | None
    key: str | None = None
    size: int = 1


class Builder:
    """Fold events into values; one object a text."""

    def __init__(self, name: str, budget: int) -> None:
        self._name = name
        self._budget = budget
        self._faults: list[Fault] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, Lines, int]] = {}
        self._root: tuple[Any, Lines] | None = None

    def build(self, found: Iterable[events.Event]) -> tuple[Any, Lines, tuple[Fault, ...]]:
        """Give the values, their lines, and the faults that leave the form readable.

        Raises:
            NotWellFormed: the form cannot be read on.

        """
        for event in found:
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, events.DocumentStartEvent) and self._root:
                raise NotWellFormed(line, "a second document", "one document a file")
            if isinstance(event, events.NodeEvent):
                self._node(event, line)
            elif isinstance(event, events.CollectionEndEvent):
                self._close()
        values, lines = self._root or (None, Lines(1))
        return values, lines, tuple(self._faults)

    def _node(self, event: events.NodeEvent, line: int) -> None:
        if isinstance(event, events.AliasEvent):
            self._alias(event.anchor or "", line)
        elif isinstance(event, events.ScalarEvent):
            _refuse_tag(event.tag, line)
            self._scalar(event, line)
        elif isinstance(event, events.CollectionStartEvent):
            _refuse_tag(event.tag, line)
            self._open(event, line)

    def _scalar(self, event: events.ScalarEvent, line: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.values, dict) and top.key is None:
            self._key(top, event.value, line)
        else:
            self._put(plain_value(event), Lines(line), 1, event.anchor)

    def _key(self, top: _Open, key: str, line: int) -> None:
        if key in top.values:
            text = path_text((*top.path, key))
            self._faults.append(Fault(self._name, line, text, "the key again", "each key once"))
        top.key = key
        top.lines.parts[key] = Lines(line)

    def _open(self, event: events.CollectionStartEvent, line: int) -> None:
        if len(self._stack) >= DEPTH_TOP:
            raise NotWellFormed(line, "too many levels", f"at most {DEPTH_TOP} levels")
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.values, dict) and top.key is None:
            raise NotWellFormed(line, "a list or mapping as a key", "a word as a key")
        empty: dict[str, Any] | list[Any] = {} if _is_mapping(event) else []
        path = (*top.path, _step(top)) if top else ()
        self._stack.append(_Open(empty, Lines(line), path, event.anchor))

    def _close(self) -> None:
        done = self._stack.pop()
        self._put(done.values, done.lines, done.size, done.anchor)

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self._anchors:
            raise NotWellFormed(line, f"the alias *{anchor[:40]}", "an anchor before its alias")
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.values, dict) and top.key is None:
            raise NotWellFormed(line, "an alias as a key", "a word as a key")
        self._put(*self._anchors[anchor], None)

    def _put(self, value: Any, lines: Lines, size: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = (value, lines, size)
        if not self._stack:
            self._root = (value, lines)
            return
        top = self._stack[-1]
        top.size += size
        if top.size > self._budget:
            raise NotWellFormed(lines.line, "aliases that unfold without end", "a plain text")
        step = _step(top)
        if isinstance(top.values, dict):
            # A value may begin a line below its key; people look for the key.
            lines = Lines(top.lines.parts[step].line, lines.parts)
            top.values[str(step)] = value
            top.key = None
        else:
            top.values.append(value)
        top.lines.parts[step] = lines


def _refuse_tag(tag: str | None, line: int) -> None:
    if tag not in {None, "!"}:
        raise NotWellFormed(line, f"the tag {str(tag)[:40]}", "no tags")


def _is_mapping(event: events.CollectionStartEvent) -> bool:
    return isinstance(event, events.MappingStartEvent)


def _step(top: _Open) -> str | int:
    if isinstance(top.values, list):
        return len(top.values)
    return top.key or ""
