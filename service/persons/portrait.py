"""Portray a person as matching sees them on one day, from a picture. No name, no contact."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from catalogue import words
from catalogue.portrait import load_of, ticked
from catalogue.profiles import (
    WEEKDAYS,
    Limit,
    LimitKind,
    Meaning,
    PersonProfile,
    Stage,
    Tried,
    Window,
)
from catalogue.words.gathering import Gathered
from service.persons.picture import LimitGiven, Picture, WindowGiven
from service.persons.rules import NOBODY, Shared

AGE_TOP: Final = 120
PREFERRED: Final = (
    0.5  # できれば speaks of how one likes to be: it says half of what one wants to do
)
_REMARK: Final = re.compile(r"[(（〔［\[][^()（）]*[)）〕］\]]")
_DECADE: Final = re.compile(r"(\d{1,3})代(前半|後半|以上)?")
_FIGURE: Final = re.compile(r"(\d{1,3})歳?(以上|未満)?")
_SPAN: Final = re.compile(r"(\d{1,3})歳?[-~〜–](\d{1,3})歳?")


def portray_person(
    picture: Picture,
    *,
    id: str,  # noqa: A002 - the profile's own word
    as_of: date,
    stage: Stage | None,
    age_band: str = "",
    area: str = "",
    lat: float | None = None,
    lon: float | None = None,
    proposals_paused: str | None = None,
    shared: Shared = NOBODY,
    assessed: bool = True,
    tried: Iterable[Tried] = (),
) -> PersonProfile:
    """Portray a person for a day; ``tried`` are outcomes of earlier placements up to that day."""
    return PersonProfile(
        id=id,
        assessed=assessed,
        stage=stage,
        proposals_paused=proposals_paused,
        lat=lat,
        lon=lon,
        area=area,
        ages=_ages(picture, age_band),
        own_words=picture.own_words,
        interest=_interest(picture),
        strength=_heard(picture.strengths),
        preferences=tuple(picture.preferences),
        limits=tuple(_limit(given) for given in picture.limits),
        ceiling=load_of(picture.load_ceiling),
        hard_dimensions=frozenset(picture.load_ceiling.hard),
        windows=tuple(_window(given) for given in picture.windows),
        modes=frozenset(picture.travel.modes),
        max_minutes=picture.travel.max_minutes,
        accompaniment=picture.accompaniment,
        shared_with=shared.circle,
        told_hosts=shared.hosts,
        money_max_yen=picture.money_max_yen,
        not_again=frozenset(picture.not_again),
        knows=frozenset(picture.knows),
        tried=tuple(past for past in tried if past.on <= as_of),
    )


def ages_of(age_band: str) -> tuple[int, int] | None:
    """Read an age band such as 30代, 70代以上, 18歳 or 65〜74歳 as (lowest, highest) in years."""
    text = unicodedata.normalize("NFKC", age_band).replace(" ", "")
    if found := _DECADE.fullmatch(text):
        low = int(found[1])
        return {
            "前半": (low, low + 4),
            "後半": (low + 5, low + 9),
            "以上": (low, AGE_TOP),
        }.get(found[2] or "", (low, low + 9))
    if found := _SPAN.fullmatch(text):
        return _rising(int(found[1]), int(found[2]))
    if found := _FIGURE.fullmatch(text):
        age = int(found[1])
        return {"以上": (age, AGE_TOP), "未満": (0, age - 1)}.get(found[2] or "", (age, age))
    return None


def _rising(low: int, high: int) -> tuple[int, int] | None:
    return (low, high) if low <= high else None


def _ages(picture: Picture, age_band: str) -> tuple[int, int] | None:
    exact = picture.age
    for given in picture.limits:
        if exact is None and given.kind is LimitKind.AGE:
            exact = given.value
    return (exact, exact) if exact is not None else ages_of(age_band)


def _interest(picture: Picture) -> Meaning:
    # Where the worker noted that the wish is not heard yet, preferences do not stand in for it.
    unheard = bool(picture.own_words.strip()) and not _said(picture.own_words)
    meaning = Meaning() if unheard else _wish(picture)
    return ticked(meaning, picture.facets.liked, picture.facets.disliked)


def _wish(picture: Picture) -> Meaning:
    """Join own words and preferences; what is only preferred speaks of how, and counts half."""
    aside = _heard(picture.preferences)
    halved = {facet: sure * PREFERRED for facet, sure in aside.liked.items()}
    hinted = {facet: sure * PREFERRED for facet, sure in aside.hinted.items()}
    wish = Gathered()
    wish.add(_heard((picture.own_words,)))
    wish.add(replace(aside, liked=halved, hinted=hinted))
    return wish.meaning()


def _heard(texts: Iterable[str]) -> Meaning:
    said = [text for text in map(_said, texts) if text]
    return words.read(*said) if said else Meaning()


def _said(text: str) -> str:
    """Give what the person said: a text wholly in brackets is the worker's remark, so nothing."""
    text = text.strip()
    return "" if _REMARK.fullmatch(text) else text


def _limit(given: LimitGiven) -> Limit:
    value = tuple(given.value) if isinstance(given.value, list) else given.value
    return Limit(kind=given.kind, value=value, text=given.text)


def _window(given: WindowGiven) -> Window:
    return Window(
        days=frozenset(WEEKDAYS.index(day) for day in given.days),
        start=given.from_.hour * 60 + given.from_.minute,
        end=given.to.hour * 60 + given.to.minute,
        strength=given.strength,
    )
