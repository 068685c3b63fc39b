"""Words of ours: Japanese wherever they are used, and the reader's language on a page.

Only what is marked here is ever translated. What people wrote is plain text, and stays it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Literal, TypeVar, cast

from markupsafe import escape

from service.languages.catalogue import english, filled
from service.languages.japanese import is_japanese

Language = Literal["ja", "en"]
LANGUAGES: Final[Mapping[Language, str]] = {"ja": "日本語", "en": "English"}
Thing = TypeVar("Thing")

_reading: Final[ContextVar[Language]] = ContextVar("reading", default="ja")


@contextmanager
def reading(language: Language) -> Iterator[None]:
    """Let what is written out meanwhile be in this language."""
    before = _reading.set(language)
    try:
        yield
    finally:
        _reading.reset(before)


class Ours(str):
    """A word or a sentence of ours."""

    __slots__ = ("context",)

    def __new__(cls, words: str, context: str = "") -> "Ours":
        made = super().__new__(cls, words)
        made.context = context
        return made

    def in_english(self) -> str:
        return english(str(self), self.context)

    def __html__(self) -> str:
        """Say it on a page: the templates ask here, before they would escape the Japanese."""
        return str(escape(self.in_english() if _reading.get() == "en" else str(self)))


class Sentence(Ours):
    """A sentence with values in it, which may be words of ours themselves."""

    __slots__ = ("pattern", "values")

    def __new__(cls, pattern: str, values: Mapping[str, object]) -> "Sentence":
        made = cast("Sentence", super().__new__(cls, filled(pattern, values)))
        made.pattern, made.values = pattern, values
        return made

    def in_english(self) -> str:
        values = {
            name: value.in_english() if isinstance(value, Ours) else value
            for name, value in self.values.items()
        }
        return filled(english(self.pattern), values)


class Joined(Ours):
    """Several of them with a mark between."""

    __slots__ = ("mark", "parts")

    def __new__(cls, mark: str, parts: Sequence[str]) -> "Joined":
        made = cast("Joined", super().__new__(cls, mark.join(parts)))
        made.mark, made.parts = mark, tuple(parts)
        return made

    def in_english(self) -> str:
        said = (each.in_english() if isinstance(each, Ours) else each for each in self.parts)
        return english(self.mark).join(said)


class Both(Ours):
    """What is known in both languages without the catalogue: a day, a reason of matching."""

    __slots__ = ("meant",)

    def __new__(cls, japanese: str, meant: str) -> "Both":
        made = cast("Both", super().__new__(cls, japanese))
        made.meant = meant
        return made

    def in_english(self) -> str:
        return self.meant


def ours(thing: Thing, context: str = "") -> Thing:
    """Mark a text of ours, or every Japanese text in a table of them.

    A ``context`` tells apart what Japanese says alike: 月 of a weekday, 月 of a year.
    """
    return cast("Thing", _marked(thing, context))


def _marked(thing: Any, context: str) -> Any:
    if type(thing) is str:
        return Ours(thing, context) if is_japanese(thing) else thing
    if type(thing) is dict:
        return {_marked(key, context): _marked(each, context) for key, each in thing.items()}
    if isinstance(thing, tuple) and hasattr(thing, "_make"):
        return thing._make(_marked(each, context) for each in thing)
    if type(thing) in {tuple, list}:
        return type(thing)(_marked(each, context) for each in thing)
    return thing


def say(pattern: str, /, **values: object) -> str:
    """Say a sentence of ours with its values filled in."""
    return Sentence(pattern, values)


def joined(mark: str, parts: Sequence[str]) -> str:
    """Join words of ours, and others, into one text that is still ours."""
    return Joined(mark, parts)


def written(thing: Thing) -> Thing | str:
    """Return what a form sends back: as it is kept, in no other language."""
    return str(thing) if isinstance(thing, Ours) else thing
