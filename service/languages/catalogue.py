"""The English of our texts, from the gettext catalogue beside this file."""

import string
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

PATH: Final = Path(__file__).parent / "en.po"
Key = tuple[str, str]


def read_catalogue(path: Path = PATH) -> Catalog:
    """Read a catalogue as it stands, also what is not yet translated."""
    with path.open("rb") as written:
        return read_po(written, locale="en")


@lru_cache(maxsize=1)
def _sentences() -> Mapping[Key, str]:
    """Load once a process, when the first page in English is asked for."""
    return {
        (message.context or "", message.id): message.string
        for message in read_catalogue()
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string
    }


def english(text: str, context: str = "") -> str:
    """Return our text in English; a text that is missing stays as it is, and a test fails."""
    known = _sentences()
    return known.get((context, text)) or known.get(("", text), text)


class Filling(string.Formatter):
    """Fill in values; {count:person|people} is one word for one and another for more."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, divided, other = format_spec.partition("|")
        if divided:
            return one if str(value) == "1" else other
        return str(super().format_field(value, format_spec))


def filled(text: str, values: Mapping[str, object]) -> str:
    return Filling().vformat(text, _NONE, values)


_NONE: Final[Sequence[object]] = ()
