"""Which activities somebody looks for, as said in one form: words, day, way on foot, load."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from rapidfuzz import fuzz

from catalogue.names import key
from catalogue.words import read
from service.hosts.words import LOADS

CLOSE: Final = 80.0  # of 100: a word with one sign of five mistyped is still the word
SHORTEST: Final = 4  # of fewer signs, one wrong makes another word
ALIKE: Final = 0.5  # how surely both sets of words have to speak of the same


@dataclass(frozen=True, slots=True)
class Listed:
    """An activity as the list shows it; ``weekdays`` of its openings, ``place`` of the doors."""

    id: UUID
    title: str
    plain_title: str
    description: str
    tags: tuple[str, ...]
    host: str
    area_id: UUID
    open: bool
    when: str
    just_being: bool
    loads: Mapping[str, int | None]
    weekdays: frozenset[int]
    by_arrangement: bool
    place: tuple[float, float] | None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is looked for; nothing said narrows nothing. ``most``: the load that can be borne."""

    words: str = ""
    area_id: UUID | None = None
    day: int | None = None
    within: int | None = None
    just_being: bool = False
    most: Mapping[str, int] = field(default_factory=dict)

    def narrows(self) -> bool:
        said = (self.words, self.area_id, self.within, self.just_being, self.most)
        return self.day is not None or any(map(bool, said))


@dataclass(frozen=True, slots=True)
class Found:
    """The activities in order; ``near``: found by what is meant, since no word was the same."""

    rows: Sequence[Listed]
    near: bool = False


def look_for(look: Look, rows: Iterable[Listed]) -> Found:
    """Return what fits, best first; what is unknown of an activity never hides it."""
    fitting = [row for row in rows if _fits(look, row)]
    if not look.words.strip():
        return Found(sorted(fitting, key=_order))
    ranked = [(rank, row) for row in fitting if (rank := _rank(look.words, row)) is not None]
    if ranked:
        return Found(
            [row for _, row in sorted(ranked, key=lambda pair: (pair[0], _order(pair[1])))]
        )
    meant = read(look.words).liked
    kin = [(_kinship(meant, row), row) for row in fitting]
    close = [pair for pair in kin if pair[0] >= ALIKE]
    close.sort(key=lambda pair: (-pair[0], _order(pair[1])))
    return Found([row for _, row in close], near=True)


def _kinship(meant: Mapping[str, float], row: Listed) -> float:
    """Say how surely an activity's names speak of what somebody means."""
    names = read(row.title, row.plain_title).liked
    return max((sure * names.get(facet, 0.0) for facet, sure in meant.items()), default=0.0)


def _order(row: Listed) -> tuple[bool, int, str, UUID]:
    far = row.minutes if row.minutes is not None else 0
    return (not row.open, far, row.title, row.id)


def _fits(look: Look, row: Listed) -> bool:
    return all(
        (
            look.within is not None or look.area_id in {None, row.area_id},
            look.within is None or row.minutes is None or row.minutes <= look.within,
            not look.just_being or row.just_being,
            look.day is None or look.day in row.weekdays or row.by_arrangement,
            all(_bearable(row.loads.get(name), most) for name, most in look.most.items()),
        )
    )


def _bearable(level: int | None, most: int) -> bool:
    return level is None or level <= most


def unknown_loads(look: Look, row: Listed) -> list[str]:
    """Name the loads that were asked for and that nobody has asked the host about."""
    return [
        line.words for line in LOADS if line.name in look.most and row.loads.get(line.name) is None
    ]


def _rank(words: str, row: Listed) -> int | None:
    """Say how well every word is found: 0 in the names, 1 elsewhere, 2 misspelt, None not."""
    names = key(f"{row.title} {row.plain_title} {row.host}")
    rest = key(f"{row.description} {row.when} {' '.join(row.tags)}")
    ranks = [_rank_of(word, names, rest) for word in _keys(words)]
    if not ranks or None in ranks:
        return None
    return max(rank for rank in ranks if rank is not None)


def _keys(words: str) -> Iterator[str]:
    yield from filter(None, map(key, words.split()))


def _rank_of(word: str, names: str, rest: str) -> int | None:
    if word in names:
        return 0
    if word in rest:
        return 1
    if len(word) >= SHORTEST and fuzz.partial_ratio(word, names) >= CLOSE:
        return 2
    return None
