"""Texts that know their English: they are Japanese until a page in English writes them out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, Self

from markupsafe import escape

from service.languages.catalogue import english, filled

Language = Literal["ja", "en"]
LANGUAGES: Final[Mapping[Language, str]] = {"ja": "日本語", "en": "English"}

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
        values = {name: in_english(value) for name, value in self.values.items()}
        return filled(english(self.pattern), values)


class Joined(Ours):
    """Several texts with a mark between."""

    mark: str
    parts: Sequence[str]

    def in_english(self) -> str:
        return english(self.mark).join(str(in_english(each)) for each in self.parts)


class Both(Ours):
    """What is known in English without the catalogue: a day, a reason of matching."""

    meant: Callable[[], str]

    def in_english(self) -> str:
        return self.meant()


def in_english(value: object) -> object:
    return value.in_english() if isinstance(value, Ours) else value
