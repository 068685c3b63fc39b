"""How each thing that a consent may cover is put into words, for staff and for a host."""

from collections.abc import Callable, Mapping
from typing import Final

from catalogue.profiles import Company, LimitKind
from service.hosts.leaflet import hazard_words
from service.hosts.words import COMPANY_WORDS
from service.languages.ours import joined, say
from service.persons import words
from service.persons.picture import LimitGiven, Picture
from service.persons.tables import Person

UNITS: Final = {figure.kind: figure.unit for figure in words.FIGURES}


def limit_words(limit: LimitGiven) -> str:
    """Return a limit as a line: its own words first, else its kind with its value."""
    if limit.text:
        return limit.text
    name = words.LIMIT_WORDS[limit.kind]
    if limit.value is None:
        return name
    if isinstance(limit.value, list):
        said = joined("、", [_word(limit.kind, word) for word in limit.value])
        return say("{name}: {said}", name=name, said=said)
    unit = UNITS.get(limit.kind, "")
    return say("{name}: {value}{unit}", name=name, value=limit.value, unit=unit)


def _word(kind: LimitKind, word: str) -> str:
    if kind is LimitKind.NO_HAZARD:
        return hazard_words(word)
    if kind is LimitKind.BRINGS:
        return words.BROUGHT_WORDS[word]
    return COMPANY_WORDS[Company(word)] if kind is LimitKind.NO_COMPANY else word


def _pace(_person: Person, picture: Picture) -> str:
    return words.ACCOMPANIMENT_WORDS[picture.accompaniment] if picture.accompaniment else ""


def _limits(_person: Person, picture: Picture) -> str:
    # An age among the limits is told where the age band may be, never by this door.
    told = (limit for limit in picture.limits if limit.kind is not LimitKind.AGE)
    return joined("、", [limit_words(limit) for limit in told])


# What a host is told where the field may be told; nothing where nobody has asked yet.
SAYING: Final[Mapping[str, Callable[[Person, Picture], str]]] = {
    "nickname": lambda person, _picture: person.code,
    "age_band": lambda person, _picture: person.age_band,
    "own_words": lambda _person, picture: picture.own_words,
    "pace": _pace,
    "limits": _limits,
    "contact": lambda person, _picture: person.contact,
}
