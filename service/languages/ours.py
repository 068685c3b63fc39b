"""Words of ours: Japanese wherever they are used, and the reader's language on a page.

Only what is marked here is ever translated. What people wrote is plain text, and stays it.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from service.languages.japanese import is_japanese
from service.languages.kinds import Both, Joined, Ours, Sentence, in_english

Thing = TypeVar("Thing")


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
    return str(in_english(words))


def kept(words: str) -> str:
    """Know again a text of ours that was stored as plain text."""
    return ours(str(words))


def written(thing: Thing) -> Thing | str:
    """Return what a form sends back: as it is kept, in no other language."""
    return str(thing) if isinstance(thing, Ours) else thing
