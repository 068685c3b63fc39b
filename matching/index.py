"""The index: an immutable picture of all activities as columns, sorted by id."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, overload

import numpy as np

from catalogue.profiles import DIMENSIONS, ActivityProfile, Load
from matching.arrays import Floats, Ints, Rows, States
from matching.meaning import Facets, also_meant, spread_out
from matching.openings import Openings, gather
from matching.readings import WHOLE, number
from matching.roads import Roads
from matching.text import Text, fit


NAN: Final = float("nan")
NOWHERE: Final = np.zeros(0, dtype=np.intp)


class Taken(Mapping[str, Ints]):
    """The columns of some rows, each cut out when it is first asked for."""

    def __init__(self, columns: Mapping[str, Ints], at: Rows) -> None:
        self._columns, self._at = columns, at
        self._cut: dict[str, Ints] = {}

    def __getitem__(self, name: str) -> Ints:
        cut = self._cut.get(name)
        if cut is None:
            cut = self._cut[name] = self._columns[name].take(self._at)
        return cut

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class Picked(Sequence[ActivityProfile]):
    """The activities of some rows."""

    def __init__(self, activities: Sequence[ActivityProfile], at: Rows) -> None:
        self._activities, self._at = activities, at

    @overload
    def __getitem__(self, row: int) -> ActivityProfile: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[ActivityProfile]: ...
    def __getitem__(self, row: int | slice) -> ActivityProfile | Sequence[ActivityProfile]:
        if isinstance(row, slice):
            return Picked(self._activities, self._at[row])
        return self._activities[self._at[row]]

    def __len__(self) -> int:
        return len(self._at)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Columns over all activities of one day, or over a part of them; never changed.

    ``whole`` has one array of n for each key of WHOLE (-1 = unknown), ``load`` and ``being`` are
    (5, n) with -1 for unknown, ``lat`` and ``lon`` degrees with NaN for unknown. ``listed`` gives
    the rows of (kind, word): role, tag, host, id, hazard, brings. ``meaning`` and ``needs`` are the
    facets of what is done and of what the host needs, ``text`` the weighted tokens of both.

    A part has ``at``, its rows in the ``source``; everything that reads an index reads a part as
    well. ``kept`` holds what was worked out once for all people who share a limit.
    """

    as_of: date
    activities: Sequence[ActivityProfile]
    size: int
    whole: Mapping[str, Ints]
    load: States
    being: States
    lat: Floats
    lon: Floats
    openings: Openings
    listed: Mapping[tuple[str, str], Rows]
    meaning: Facets
    needs: Facets
    text: Text
    roads: Roads
    kept: dict[Hashable, Any] = field(default_factory=dict)
    at: Rows | None = None
    source: "Index | None" = None

    def rows(self, kind: str, word: str) -> Rows:
        """Return the rows that carry a word, none if nobody does."""
        found = self.listed.get((kind, word), NOWHERE)
        if self.at is None or not len(found):
            return found
        place = np.minimum(np.searchsorted(self.at, found), self.size - 1)
        return place[self.at[place] == found] if self.size else NOWHERE

    def closeness(self, tokens: Iterable[str]) -> Floats:
        """Return the cosine of every row's tokens with these, in [0, 1]."""
        found = self.text.closeness(tokens)
        return found if self.at is None else found.take(self.at)

    def part(self, at: Rows) -> "Index":
        """Return the index of some rows, in their order; nothing is worked out anew."""
        return Index(
            as_of=self.as_of,
            activities=Picked(self.activities, at),
            size=len(at),
            whole=Taken(self.whole, at),
            load=self.load.take(at, axis=1),
            being=self.being.take(at, axis=1),
            lat=self.lat.take(at),
            lon=self.lon.take(at),
            openings=self.openings.part(at),
            listed=self.listed,
            meaning=self.meaning.part(at),
            needs=self.needs.part(at),
            text=self.text,
            roads=self.roads,
            kept=self.kept,
            at=at if self.at is None else self.at.take(at),
            source=self.source or self,
        )


def _words(activity: ActivityProfile) -> Iterable[tuple[str, str]]:
    """Yield every (kind, word) that a row is looked up by."""
    yield "host", activity.host
    if any(word.startswith("other:") for word in activity.hazards or ()):
        yield "free", "hazard"
    yield "id", activity.id
    yield from (("role", role) for role in activity.roles)
    yield from (("tag", tag) for tag in activity.tags)
    yield from (("hazard", word) for word in activity.hazards or () if ":" in word)
    yield from (("brings", word) for word in activity.brings_ok or ())


def _listed(activities: Sequence[ActivityProfile]) -> Mapping[tuple[str, str], Rows]:
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, activity in enumerate(activities):
        for key in {*_words(activity)}:
            rows[key].append(at)
    return {key: np.array(found, dtype=np.intp) for key, found in rows.items()}


def _levels(loads: Iterable[Load | None]) -> States:
    unknown = (None,) * len(DIMENSIONS)
    rows = [[number(level) for level in (load.levels if load else unknown)] for load in loads]
    return np.array(rows, dtype=np.int8).reshape(-1, len(DIMENSIONS)).T.copy()


def build(
    activities: Iterable[ActivityProfile], *, as_of: date, roads: Roads | None = None
) -> Index:
    """Build the index of a day; the order in which activities come does not matter.

    Raises:
        ValueError: two activities share an id.

    """
    ordered = tuple(sorted(activities, key=lambda activity: activity.id))
    if len({activity.id for activity in ordered}) != len(ordered):
        raise ValueError("two activities have the same id")
    meant = [also_meant(activity) for activity in ordered]
    needed = [activity.needs.liked for activity in ordered]
    facets = {facet for meaning in (*meant, *needed) for facet in meaning}
    degrees = [(activity.lat, activity.lon) for activity in ordered]
    places = [(NAN, NAN) if None in pair else pair for pair in degrees]
    return Index(
        as_of=as_of,
        activities=ordered,
        size=len(ordered),
        whole={n: np.array([get(a) for a in ordered], np.int64) for n, get in WHOLE.items()},
        load=_levels(activity.load for activity in ordered),
        being=_levels(activity.load_just_being for activity in ordered),
        lat=np.array([lat for lat, _ in places], dtype=np.float64),
        lon=np.array([lon for _, lon in places], dtype=np.float64),
        openings=gather(ordered, as_of=as_of),
        listed=_listed(ordered),
        meaning=spread_out(meant, facets),
        needs=spread_out(needed, facets),
        text=fit([(*a.meaning.tokens, *a.needs.tokens) for a in ordered]),
        roads=roads or Roads(),
    )
