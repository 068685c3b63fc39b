"""Words of ours: Japanese wherever they are used, and the reader's language on a page.

Only what is marked here is ever translated. What people wrote is plain text, and stays it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Literal, Self, TypeVar, cast

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


class Ours(str):  # noqa: SLOT000 - few, and each carries what its English is made of
    """A word or a sentence of ours."""

    context: str = ""

    def in_english(self) -> str:
        return english(str(self), self.context)

    def __html__(self) -> str:
        """Say it on a page: templates ask this of whatever they write out."""
        return str(escape(self.in_english() if _reading.get() == "en" else str(self)))


class Sentence(Ours):
    """A sentence with values in it, which may be words of ours themselves."""

    pattern: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, pattern: str, values: Mapping[str, object]) -> Self:
        made = cls(filled(pattern, values))
        made.pattern, made.values = pattern, values
        return made

    def in_english(self) -> str:
        values = {name: _in_english(value) for name, value in self.values.items()}
        return filled(english(self.pattern), values)


class Joined(Ours):
    """Several texts with a mark between."""

    mark: str
    parts: Sequence[str]

    def in_english(self) -> str:
        return english(self.mark).join(str(_in_english(each)) for each in self.parts)


class Both(Ours):
    """What is known in English without the catalogue: a day, a reason of matching."""

    meant: Callable[[], str]

    def in_english(self) -> str:
        return self.meant()


def _in_english(value: object) -> object:
    return value.in_english() if isinstance(value, Ours) else value


def ours(thing: Thing, context: str = "") -> Thing:
    """Mark a text of ours, or every Japanese text in a table of them.

    A ``context`` tells apart what Japanese says alike: 月 of a weekday, 月 of a year.
    """
    return cast("Thing", _marked(thing, context))


def _marked(thing: Any, context: str) -> Any:
    if type(thing) is str and is_japanese(thing):
        made = Ours(thing)
        made.context = context
        return made
    if type(thing) is dict:
        return {_marked(key, context): _marked(each, context) for key, each in thing.items()}
    if isinstance(thing, tuple) and hasattr(thing, "_make"):
        return thing._make(_marked(each, context) for each in thing)
    if type(thing) in {tuple, list}:
        return type(thing)(_marked(each, context) for each in thing)
    return thing


def say(pattern: str, /, **values: object) -> str:
    """Say a sentence of ours with its values filled in."""
    return Sentence.of(pattern, values)


def joined(mark: str, parts: Sequence[str]) -> str:
    """Join words of ours, and others, into one text that is still ours."""
    made = Joined(mark.join(parts))
    made.mark, made.parts = mark, tuple(parts)
    return made


def both(japanese: str, meant: Callable[[], str]) -> str:
    """Say the Japanese, and what it means in English when somebody asks."""
    made = Both(japanese)
    made.meant = meant
    return made


def english_of(words: str) -> str:
    """Return words of ours in English, and anybody else's as they are."""
    return str(_in_english(words))


def kept(words: str) -> str:
    """Know again a text of ours that was stored as plain text."""
    return ours(str(words))


def written(thing: Thing) -> Thing | str:
    """Return what a form sends back: as it is kept, in no other language."""
    return str(thing) if isinstance(thing, Ours) else thing
