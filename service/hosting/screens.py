"""What the form's templates are given: words to choose from, and what is to be said next."""

from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from starlette.datastructures import FormData

from service.hosting import words
from service.hosting.fields import NAMES, is_done
from service.hosting.rules import Section
from service.hosting.shown import Shown
from service.hosts import times
from service.hosts.times import day_said, next_days
from service.hosts.words import LOADS
from service.languages.ours import say

CHECK: Final = "check"
SCREENS: Final = (*(section.value for section in Section), CHECK)


def _has_needs(values: FormData) -> bool:
    named = ("worry", "in_return", *(f"need_{name}" for name in words.NEEDS))
    return any(values.get(name) for name in named)


CHOICES: Final = SimpleNamespace(
    **{name: getattr(words, name) for name in dir(words) if name.isupper()},
    LOADS=LOADS,
    LENGTHS_SAID=[(str(minutes), say("{minutes}分", minutes=minutes)) for minutes in words.LENGTHS],
    has_needs=_has_needs,
)


def section_of(name: str) -> Section | None:
    """Return on which screen a field stands."""
    return next((section for section, names in NAMES.items() if name in names), None)


def following(shown: Shown, section: Section) -> str:
    """Return the screen after this one; whoever came back from the last goes back there."""
    said = shown.registration.said
    if all(is_done(said, each) for each in Section):
        return CHECK
    at = SCREENS.index(section)
    return SCREENS[at + 1]


def first_open(shown: Shown) -> str:
    """Return the first screen that was not seen yet, so that a call does not end the work."""
    said = shown.registration.said
    return next((each.value for each in Section if not is_done(said, each)), CHECK)


def context(shown: Shown, *, today: date) -> dict[str, Any]:
    """Return what every screen of the form shows."""
    items = [item for item in [*shown.read.lines, *shown.stay] if item is not None]
    return {
        "shown": shown,
        "w": CHOICES,
        "titles": words.SECTION_WORDS,
        "said": times.said,
        "day_said": day_said,
        "days": next_days(items, today=today),
    }
