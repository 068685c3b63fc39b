"""Babel's extraction methods: what our templates say, and what is marked in our modules."""
# ruff: noqa: ARG001 - Babel gives every method the same four things

import ast
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

from service.languages.japanese import is_japanese
from service.languages.sentences import said

Message = tuple[int, str | None, str | tuple[str, ...], list[str]]
MARKERS: Final = ("ours", "say", "joined")


def templates(
    fileobj: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Any
) -> Iterator[Message]:
    """Yield every sentence of a template."""
    found: dict[str, None] = {}

    def noted(text: str) -> str:
        found.setdefault(text)
        return text

    said(fileobj.read().decode(), noted)
    for text in found:
        yield 1, None, text, []


def modules(
    fileobj: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Any
) -> Iterator[Message]:
    """Yield every Japanese text within ours(…), and the pattern of every say(…)."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.Call) and marker(node):
            context = context_of(node)
            for text, line in texts(node):
                yield (
                    line,
                    "pgettext" if context else None,
                    (context, text) if context else text,
                    [],
                )


def marker(call: ast.Call) -> str:
    """Return which of our marks a call is, if it is one."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return name if name in MARKERS else ""


def context_of(call: ast.Call) -> str:
    given = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "context")]
    found = [each.value for each in given if isinstance(each, ast.Constant)]
    return str(found[0]) if found and marker(call) == "ours" else ""


def _computes(node: ast.AST) -> bool:
    """Say whether it is a call that makes something else of a text; a record only holds it."""
    return isinstance(node, ast.Call) and not str(getattr(node.func, "id", ""))[:1].isupper()


def texts(call: ast.Call) -> Iterator[tuple[str, int]]:
    """Yield the Japanese texts of a marked call; parts of an f-string are none."""
    waiting: list[ast.AST] = list(call.args[:1])
    while waiting:
        node = waiting.pop(0)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and is_japanese(node.value)
        ):
            yield node.value, node.lineno
        elif not isinstance(node, ast.JoinedStr) and not _computes(node):
            waiting += ast.iter_child_nodes(node)
