"""What is wrong in a file: where it stands, what was found and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

Path = tuple[str | int, ...]

FOUND_LENGTH: Final = 40


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a file; ``line`` counts from 1, ``path`` names the place as ``a[0].b``."""

    file: str
    line: int
    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Say it in one line, as compilers do."""
        place = f" {self.path}:" if self.path else ""
        return f"{self.file}:{self.line}:{place} found {self.found}, expected {self.expected}"


def path_text(path: Iterable[str | int]) -> str:
    """Write a path as ``activities[3].minutes.min``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{_key(step)}"
    return text.removeprefix(".")


def _key(step: str) -> str:
    return step[:FOUND_LENGTH] if step.isprintable() else "?"


def describe(value: Any, *, quote: bool = True) -> str:
    """Name a value shortly; without ``quote`` free words stay out, since they may be somebody's."""
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)[:FOUND_LENGTH]
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        return _text(value, quote=quote)
    return "a mapping"


def _text(value: str, *, quote: bool) -> str:
    if not value:
        return "empty text"
    # Words of the format are short and ASCII; what somebody said rarely is.
    if not quote and not (value.isascii() and " " not in value and len(value) <= FOUND_LENGTH):
        return "text"
    seen = "".join(sign if sign.isprintable() else " " for sign in value[: 2 * FOUND_LENGTH])
    short = " ".join(seen.split())[:FOUND_LENGTH]
    return f"'{short}'" if len(value) <= FOUND_LENGTH else f"'{short}…'"
