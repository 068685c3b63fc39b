"""A statement under way: its text, and the values of one person."""

from dataclasses import dataclass, field
from typing import Any

from catalogue.profiles import PersonProfile
from matching import Index


@dataclass(slots=True)
class Statement:
    """A statement with its types and values: its text depends only on what a person has said."""

    index: Index
    person: PersonProfile
    types: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    text: str = ""

    def give(self, value: Any, kind: str = "float8") -> str:
        """Take a value as a parameter and return its place in the text."""
        self.types.append(kind)
        self.values.append(literal(value, kind))
        return f"${len(self.values)}"


def literal(value: Any, kind: str) -> str:
    if kind == "bytea":
        return f"'\\x{value.hex()}'"
    if kind.endswith("[]"):
        return "'{" + ",".join(map(repr, value)) + "}'"
    return repr(value)
