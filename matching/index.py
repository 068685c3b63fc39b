"""The index: an immutable picture of all activities as columns, sorted by id."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, overload

import numpy as np

from catalogue.profiles import DIMENSIONS, ActivityProfile, Load
from matching.allergens import usual
from matching.arrays import Floats, Ints, Rows, States
from matching.meaning import Facets, also_meant, spread_out
from matching.openings import Openings, gather, upcoming
from matching.readings import WHOLE, number
from matching.roads import Roads
from matching.text import Text, fit
from matching.vectors import Embed, Vectors, directed

NAN: Final = float("nan")
NOWHERE: Final = np.zeros(0, dtype=np.intp)


class Columns(Mapping[str, Ints]):
    """Named columns of one table with a line for each row, so that a part is one look a row."""

    def __init__(self, table: Ints, place: Mapping[str, int]) -> None:
        self._table, self._place = table, place

    def __getitem__(self, name: str) -> Ints:
        return self._table[:, self._place[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)

    def replaced(self, row: int, line: Sequence[int]) -> "Columns":
        """Return the same columns with one row replaced."""
        table = self._table.copy()
        table[row] = line
        return Columns(table, self._place)

    def part(self, at: Rows) -> "Columns":
        """Return the same columns for some rows."""
        return Columns(self._table.take(at, axis=0), self._place)

    def block(self, first: str, width: int) -> States:
        """Return neighbouring columns from one on, as (width, rows)."""
        at = self._place[first]
        return self._table[:, at : at + width].T


class Picked(Sequence[ActivityProfile]):
    """The activities of some rows, each looked up when it is asked for."""

    def __init__(self, activities: Sequence[ActivityProfile], at: Rows) -> None:
        self._activities, self._at = activities, at

    @overload
    def __getitem__(self, row: int) -> ActivityProfile: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[ActivityProfile]: ...
    def __getitem__(self, row: int | slice) -> ActivityProfile | Sequence[ActivityProfile]:
        if isinstance(row, slice):
            return Picked(self._activities, self._at[row])
        return self._activities[int(self._at[row])]

    def __len__(self) -> int:
        return len(self._at)


def line_of(activity: ActivityProfile) -> list[int]:
    """Return the numbers of one activity, one for each column."""
    levels = _levels(activity.load), _levels(activity.load_just_being)
    return [*(get(activity) for get in WHOLE.values()), *levels[0], *levels[1]]


def _levels(load: Load | None) -> list[int]:
    return [number(level) for level in load.levels] if load else [-1] * len(DIMENSIONS)


def _columns(activities: Sequence[ActivityProfile]) -> Columns:
    names = [*WHOLE, *(f"load.{d}" for d in DIMENSIONS), *(f"being.{d}" for d in DIMENSIONS)]
    table = np.array([line_of(activity) for activity in activities], dtype=np.int32)
    return Columns(table.reshape(-1, len(names)), {name: at for at, name in enumerate(names)})


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Columns over all activities of one day, or over a part of them; never changed.

    ``whole`` has one array of n for each key of WHOLE (-1 = unknown), ``place`` is (n, 2) in
    degrees with NaN for unknown. ``listed`` gives the rows of (kind, word): role, tag, host, id,
    hazard, brings, and refused: an arrangement that the host said no to. ``meaning`` and ``needs``
    are the facets of what is done and of what the host needs, ``text`` the tokens of both.

    A part has ``at``, its rows in the ``source``; everything that reads an index reads a part as
    well. ``kept`` holds what was worked out once for all people who share a limit.
    """

    as_of: date
    activities: Sequence[ActivityProfile]
    size: int
    whole: Columns
    place: Floats
    openings: Openings
    listed: MutableMapping[tuple[str, str], Rows]
    meaning: Facets
    needs: Facets
    text: Text
    roads: Roads
    vectors: Vectors | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict)
    at: Rows | None = None
    source: "Index | None" = None

    @property
    def load(self) -> States:
        """The levels of each dimension, (5, n), -1 where unknown."""
        return self.whole.block(f"load.{DIMENSIONS[0]}", len(DIMENSIONS))

    @property
    def being(self) -> States:
        """The levels of just being there, (5, n), -1 where unknown."""
        return self.whole.block(f"being.{DIMENSIONS[0]}", len(DIMENSIONS))

    @property
    def lat(self) -> Floats:
        """Degrees north, NaN where unknown."""
        return self.place[:, 0]

    @property
    def lon(self) -> Floats:
        """Degrees east, NaN where unknown."""
        return self.place[:, 1]

    def rows(self, kind: str, word: str) -> Rows:
        """Return the rows that carry a word, none if nobody does."""
        found = self.listed.get((kind, word), NOWHERE)
        if self.at is None or not len(found):
            return found
        place = np.minimum(np.searchsorted(self.at, found), self.size - 1)
        return place[self.at[place] == found] if self.size else NOWHERE

    def closeness(self, tokens: Iterable[str]) -> Floats:
        """Return the cosine of every row's tokens with these, in [0, 1]."""
        return self.text.closeness(tokens, self.at)

    def some(self, rows: Rows) -> list[ActivityProfile]:
        """Return the activities of some rows."""
        if self.at is None or self.source is None:
            return [self.activities[row] for row in rows.tolist()]
        return [self.source.activities[row] for row in self.at[rows].tolist()]

    def part(self, at: Rows) -> "Index":
        """Return the index of some rows, in their order; nothing is worked out anew."""
        return Index(
            as_of=self.as_of,
            activities=Picked(self.activities, at),
            size=len(at),
            whole=self.whole.part(at),
            place=self.place.take(at, axis=0),
            openings=self.openings.part(at),
            listed=self.listed,
            meaning=self.meaning.part(at),
            needs=self.needs.part(at),
            text=self.text,
            roads=self.roads,
            vectors=self.vectors and self.vectors.part(at),
            kept=self.kept,
            at=at if self.at is None else self.at.take(at),
            source=self.source or self,
        )


def words_of(activity: ActivityProfile) -> Iterable[tuple[str, str]]:
    """Yield every (kind, word) that a row is looked up by."""
    yield "host", activity.host
    if any(word.startswith("other:") for word in activity.hazards or ()):
        yield "free", "hazard"
    yield "id", activity.id
    yield from (("refused", h.kind) for h in activity.heard if not h.yes and h.value is None)
    yield from (("role", role) for role in activity.roles)
    yield from (("tag", tag) for tag in activity.tags)
    yield from (("hazard", usual(word)) for word in activity.hazards or () if ":" in word)
    yield from (("brings", word) for word in activity.brings_ok or ())


def place_of(activity: ActivityProfile) -> tuple[float, float]:
    """Return degrees north and east, NaN both where one is unknown."""
    if activity.lat is None or activity.lon is None:
        return NAN, NAN
    return activity.lat, activity.lon


def tokens_of(activity: ActivityProfile) -> tuple[str, ...]:
    """Return the tokens of what is done there and of what the host needs."""
    return (*activity.meaning.tokens, *activity.needs.tokens)


def _listed(activities: Sequence[ActivityProfile]) -> dict[tuple[str, str], Rows]:
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, activity in enumerate(activities):
        for key in {*words_of(activity)}:
            rows[key].append(at)
    return {key: np.array(found, dtype=np.intp) for key, found in rows.items()}


def build(
    activities: Iterable[ActivityProfile],
    *,
    as_of: date,
    roads: Roads | None = None,
    embed: Embed | None = None,
) -> Index:
    """Build the index of a day; the order in which activities come does not matter.

    ``embed`` gives texts their vectors, for the factor nearness; without it there is none.

    Raises:
        ValueError: two activities share an id.

    """
    ordered = tuple(sorted(upcoming(activities, as_of=as_of), key=lambda activity: activity.id))
    if len({activity.id for activity in ordered}) != len(ordered):
        raise ValueError("two activities have the same id")
    meant = [also_meant(activity) for activity in ordered]
    needed = [activity.needs.liked for activity in ordered]
    facets = {facet for meaning in (*meant, *needed) for facet in meaning}
    return Index(
        as_of=as_of,
        activities=ordered,
        size=len(ordered),
        whole=_columns(ordered),
        place=np.array([place_of(a) for a in ordered], dtype=np.float64).reshape(-1, 2),
        openings=gather(ordered, as_of=as_of),
        listed=_listed(ordered),
        meaning=spread_out(meant, facets),
        needs=spread_out(needed, facets),
        text=fit([tokens_of(activity) for activity in ordered]),
        roads=roads or Roads(),
        vectors=directed(ordered, embed) if embed else None,
    )
