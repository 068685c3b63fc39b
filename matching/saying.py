"""Sentences for what bound, for small changes, and for who goes where, from codes and values."""

from typing import Final

from matching.answer import Reason, Value
from matching.explain import Language
from matching.gaps import Wanted
from matching.levers import part_of_day
from matching.nothing import Step
from matching.phrases.changes import CHANGES, REACHES
from matching.phrases.limits import NAMES_OF_HOLDS, NAMES_OF_LIMITS
from matching.phrases.sharing import SHARED_OUT
from matching.phrases.steps import DAYS, OPENS, PARTS_OF_DAY, STEPS
from matching.phrases.words import WORDS

LANGUAGES: Final[tuple[Language, Language]] = ("ja", "en")
HOURS: Final = ("not_before", "not_after")


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _time(value: tuple[str | int, ...], at: int) -> str:
    """Say (weekday, from, until) as a half day with its hours; a whole half day without."""
    day, start, end = (int(part) for part in value)
    weekday, part = DAYS[day][at], PARTS_OF_DAY[part_of_day(start)][at]
    hours = f"{_clock(start)}{'〜' if at == 0 else '–'}{_clock(end)}"
    return f"{weekday}の{part}({hours})" if at == 0 else f"{weekday}, {part} ({hours})"


def _said(code: str, value: Value, at: int) -> str:
    if isinstance(value, tuple):
        return _time(value, at)
    if code in HOURS and isinstance(value, int):
        return _clock(value)
    word = str(value)
    return WORDS.get(word, (word, word))[at]


def _split(code: str, at: int) -> tuple[str, str]:
    """Return the code without its dimension, and the dimension's word."""
    plain, _, part = code.partition(".")
    return plain, WORDS.get(part, (part, part))[at]


def name_of(code: str, language: Language = "ja") -> str:
    """Name what kept an activity shut, or a person apart.

    Raises:
        KeyError: the code has no name.

    """
    at = LANGUAGES.index(language)
    plain, part = _split(code, at)
    return {**NAMES_OF_LIMITS, **NAMES_OF_HOLDS}[plain][at].format(part=part)


def say_step(step: Step, language: Language = "ja") -> str:
    """Say what a small change of the person would open."""
    at = LANGUAGES.index(language)
    plain, part = _split(step.code, at)
    said = STEPS[plain][at].format(
        from_=_said(step.code, step.from_, at), to=_said(step.code, step.to, at), part=part
    )
    return OPENS[at].format(step=said, opens=step.opens)


def say_wanted(wanted: Wanted, language: Language = "ja") -> str:
    """Say to how many people a change of a host would open."""
    at = LANGUAGES.index(language)
    plain, part = _split(wanted.code, at)
    said = CHANGES[plain][at].format(detail=_said(wanted.code, wanted.detail, at), part=part)
    return REACHES[at].format(change=said, people=wanted.people)


def say_why(why: Reason, language: Language = "ja") -> str:
    """Say why somebody was given this place, or none, in an assignment."""
    at = LANGUAGES.index(language)
    return SHARED_OUT[why.code][at].format(value=why.value, limit=why.limit)
