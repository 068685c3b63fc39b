"""How long the way takes by each mode, from straight lines and a town's roads."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Final

import numpy as np

from catalogue.profiles import LimitKind, PersonProfile, TravelMode
from matching.arrays import Floats, Ints, Rows
from matching.index import Index
from matching.roads import Roads

Known = tuple[Floats, Floats, Ints]
Place = tuple[float, float]  # latitude and longitude
METRES_A_DEGREE: Final = 111_195.0  # a great circle of the mean earth radius, 6,371 km
STOP_MINUTES: Final = 4  # on foot from home to the bus stop: an assumption, 300 m
STATION_MINUTES: Final = 10  # on foot from home to the station: an assumption, 800 m


@dataclass(frozen=True, slots=True)
class Speed:
    """Metres a minute, and minutes that the mode costs before and after."""

    metres: float
    extra: float = 0.0


SPEEDS: Final[Mapping[TravelMode, Speed]] = {
    # One minute for 80 m: the fair competition code for displaying real estate in Japan.
    TravelMode.WALK: Speed(80.0),
    TravelMode.BICYCLE: Speed(200.0, 1.0),  # assumption: 12 km/h, and a minute to park
    TravelMode.BUS: Speed(300.0, 5.0),  # assumption: 18 km/h with its stops, five minutes' wait
    TravelMode.TRAIN: Speed(500.0, 5.0),  # assumption: 30 km/h with its stops, the same wait
    TravelMode.CAR: Speed(400.0, 4.0),  # assumption: 24 km/h in town, and parking
    TravelMode.TAXI: Speed(400.0, 5.0),  # assumption: as a car, and five minutes until it comes
    TravelMode.WHEELCHAIR: Speed(50.0),  # assumption: 3 km/h by hand on a level way
    TravelMode.LIFT: Speed(400.0, 4.0),  # assumption: as a car, with getting in and out
}
MODES: Final = tuple(SPEEDS)
# Minutes on foot from home to where one gets on.
TO_A_STOP: Final = {TravelMode.BUS: STOP_MINUTES, TravelMode.TRAIN: STATION_MINUTES}
NO_STOP: Final = np.zeros(1)
TOLD_ROUNDED: Final = 0.5  # minutes are told as whole ones: that figure is held
# Assumption: what an estimate may be wrong by, as a share of the limit and in minutes at least.
TOLERANCE: Final = 0.1
LEAST_TOLERANCE: Final = 2.0
# Where hills cost the one who moves, and not an engine.
BY_ONES_OWN_STRENGTH: Final = frozenset(
    {TravelMode.WALK, TravelMode.BICYCLE, TravelMode.WHEELCHAIR}
)
# The arrangement "lift": somebody fetches the person.
FETCHED: Final = SPEEDS[TravelMode.LIFT]


@dataclass(frozen=True, slots=True, eq=False)
class Trip:
    """The way one takes to each row: minutes (NaN unknown), mode as a position in MODES.

    It is the quickest within the person's walking limit (``walkable``, infinite where there is
    none), and where there is none the quickest of all. Where only a way that is not fully known
    (minutes to its stop) might do, both are unknown. ``fetched`` is by lift.
    """

    minutes: Floats
    walkable: Floats
    mode: Ints
    fetched: Floats

    def part(self, at: Rows) -> "Trip":
        """Return the ways to some rows."""
        return Trip(
            self.minutes.take(at), self.walkable.take(at), self.mode.take(at), self.fetched.take(at)
        )


def metres(index: Index, person: PersonProfile) -> Floats:
    """Return the way to each row in metres: straight line times detour, NaN unknown."""
    if person.lat is None or person.lon is None:
        return np.full(index.size, np.nan)
    return _way(index.roads, index.lat, index.lon, (person.lat, person.lon))


def _way(roads: Roads, lat: Floats, lon: Floats, start: Place) -> Floats:
    metres_north = METRES_A_DEGREE * roads.detour
    north = (lat - start[0]) * metres_north
    east = (lon - start[1]) * (metres_north * cos(radians(start[0])))
    way: Floats = np.sqrt(north * north + east * east)
    return way


def walking_minutes(roads: Roads, start: Place, end: Place) -> int:
    """Return how long the way between two places takes on foot, in whole minutes."""
    way = _way(roads, np.array([end[0]]), np.array([end[1]]), start)
    return round(float(way[0]) * roads.hills / SPEEDS[TravelMode.WALK].metres)


def walking_limit(person: PersonProfile) -> int | None:
    """Return the strictest walk_at_most_minutes of a person, None without one."""
    said = [
        limit.value
        for limit in person.limits
        if limit.kind is LimitKind.WALK_AT_MOST_MINUTES and isinstance(limit.value, int)
    ]
    return min(said) if said else None


def bearable(most: int | None) -> float:
    """Return the minutes up to which an estimated way may still be as long as can be borne."""
    if most is None:
        return float("inf")
    return most + max(TOLERANCE * most, LEAST_TOLERANCE) if most else TOLD_ROUNDED


def _by(mode: TravelMode, way: Floats, stop: Floats, hills: float) -> tuple[Floats, Floats]:
    """Return (minutes in all, minutes on foot) by one mode."""
    speed = SPEEDS[mode]
    own = hills if mode in BY_ONES_OWN_STRENGTH else 1.0
    minutes = way * (own / speed.metres) + speed.extra
    if mode is TravelMode.WALK:
        return minutes, minutes
    if mode in TO_A_STOP:
        # who may walk only so long and names the train lives near a station
        return minutes + (stop + TO_A_STOP[mode] * hills), stop + STOP_MINUTES * hills
    return minutes, np.zeros(1)


def _known(index: Index, person: PersonProfile, way: Floats, stop: Floats) -> Known:
    """Return the quickest way, the quickest within the walking limit (inf: none), and its mode."""
    limit = walking_limit(person)
    best = walkable = np.full(index.size, np.nan)
    chosen = np.zeros(index.size, dtype=np.int64)
    for at, mode in enumerate(mode for mode in MODES if mode in person.modes):
        minutes, on_foot = _by(mode, way, stop, index.roads.hills)
        allowed = minutes
        if limit is not None:
            # a way of unknown length is neither within a walking limit nor beyond it
            beyond = (on_foot > limit + TOLD_ROUNDED) & ~np.isnan(minutes)
            allowed = np.where(beyond, np.inf, minutes)
        if at == 0:
            best, walkable, chosen = minutes, allowed, chosen + MODES.index(mode)
            continue
        quicker = np.isinf(walkable) & ~(minutes >= best)
        better = (~(allowed >= walkable) | quicker) & ~np.isnan(allowed)
        chosen = np.where(better, MODES.index(mode), chosen)
        best, walkable = np.fmin(best, minutes), np.fmin(walkable, allowed)
    if limit is None:
        return best, best, chosen
    return np.where(np.isfinite(walkable), walkable, best), walkable, chosen


def _hoped(index: Index, person: PersonProfile, way: Floats, known: Known) -> Known:
    """Leave the way open where a stop of unknown distance, were it at the door, would do."""
    best, walkable, mode = known
    unknown = index.whole["stop"] < 0
    if not unknown.any():
        return known
    most = bearable(person.max_minutes)
    least, possible, by = _known(index, person, way, np.maximum(index.whole["stop"], 0.0))
    hope = unknown & ~(walkable <= most) & (possible <= most) & np.isfinite(possible)
    far = unknown & np.isnan(best) & ~hope
    open_ = unknown & ~np.isfinite(walkable) & np.isfinite(possible)
    return (
        np.where(hope, np.nan, np.where(far, least, best)),
        np.where(open_, np.nan, np.where(far, possible, walkable)),
        np.where(far, by, mode),
    )


def plan(index: Index, person: PersonProfile) -> Trip:
    """Plan the way to every row by the person's modes; no mode stated leaves it unknown.

    Reads a person's place, modes, max_minutes and walking limit.
    """
    way, stop = metres(index, person), NO_STOP
    if ride := not person.modes.isdisjoint(TO_A_STOP):
        stop = np.where(index.whole["stop"] < 0, np.nan, index.whole["stop"])
    known = _known(index, person, way, stop)
    if ride:
        known = _hoped(index, person, way, known)
    minutes, walkable, mode = known
    away = index.whole["at_home"] == 0
    there = np.where(away, minutes, 0.0)
    return Trip(
        minutes=there,
        walkable=there if walkable is minutes else np.where(away, walkable, 0.0),
        mode=mode,
        fetched=way * (1 / FETCHED.metres) + FETCHED.extra,
    )
