"""How long the way takes, by each mode, from straight lines: assumptions, each one named.

Sources: walking 80 m/min is the Japanese real-estate display rule (1 min = 80 m); the others are
assumptions of this project: bicycle 12 km/h, car 24 km/h in town plus parking, bus 18 km/h plus
wait and walk to the stop, train 30 km/h with a longer walk and wait, wheelchair 3 km/h on a level
way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Final

import numpy as np

from catalogue.profiles import LimitKind, PersonProfile, TravelMode
from matching.arrays import Floats, Ints
from matching.index import Index

METRES_A_DEGREE: Final = 111_195.0
DETOUR: Final = 1.3
STOP_MINUTES: Final = 4  # on foot from home to the bus stop
STATION_MINUTES: Final = 10  # on foot from home to the station


@dataclass(frozen=True, slots=True)
class Speed:
    """Metres a minute, and minutes that the mode costs before and after."""

    metres: float
    extra: float = 0.0


SPEEDS: Final[Mapping[TravelMode, Speed]] = {
    TravelMode.WALK: Speed(80.0),
    TravelMode.BICYCLE: Speed(200.0, 1.0),
    TravelMode.BUS: Speed(300.0, STOP_MINUTES + 5.0),
    TravelMode.TRAIN: Speed(500.0, STATION_MINUTES + 5.0),
    TravelMode.CAR: Speed(400.0, 4.0),
    TravelMode.TAXI: Speed(400.0, 5.0),
    TravelMode.WHEELCHAIR: Speed(50.0),
    TravelMode.LIFT: Speed(400.0, 4.0),
}
MODES: Final = tuple(SPEEDS)
# Minutes on foot from home to where one gets on.
TO_A_STOP: Final = {TravelMode.BUS: STOP_MINUTES, TravelMode.TRAIN: STATION_MINUTES}
# The arrangement "lift": somebody fetches the person.
FETCHED: Final = SPEEDS[TravelMode.LIFT]


@dataclass(frozen=True, slots=True, eq=False)
class Trip:
    """The way one takes to each row: minutes (NaN unknown), mode as a position in MODES.

    It is the quickest within the person's walking limit (``walkable``, infinite where there is
    none), and where there is none the quickest of all. ``fetched`` is by lift.
    """

    minutes: Floats
    walkable: Floats
    mode: Ints
    fetched: Floats


def metres(index: Index, person: PersonProfile) -> Floats:
    """Return the way to each row in metres: straight line times DETOUR, 0 at home, NaN unknown."""
    if person.lat is None or person.lon is None:
        way = np.full(index.size, np.nan)
    else:
        north = (index.lat - person.lat) * METRES_A_DEGREE
        east = (index.lon - person.lon) * (METRES_A_DEGREE * cos(radians(person.lat)))
        way = np.sqrt(north * north + east * east) * DETOUR
    return np.where(index.whole["at_home"] == 1, 0.0, way)


def walking_limit(person: PersonProfile) -> int | None:
    """Return the strictest walk_at_most_minutes of a person, None without one."""
    said = [
        limit.value
        for limit in person.limits
        if limit.kind is LimitKind.WALK_AT_MOST_MINUTES and isinstance(limit.value, int)
    ]
    return min(said) if said else None


def _by(mode: TravelMode, way: Floats, stop: Floats) -> tuple[Floats, Floats]:
    """Return (minutes in all, minutes on foot) by one mode."""
    speed = SPEEDS[mode]
    minutes = way / speed.metres + speed.extra
    if mode is TravelMode.WALK:
        return minutes, minutes
    if mode in TO_A_STOP:
        return minutes + stop, stop + TO_A_STOP[mode]
    return minutes, np.zeros(1)


def plan(index: Index, person: PersonProfile) -> Trip:
    """Plan the way to every row by the person's modes; no mode stated leaves it unknown."""
    way = metres(index, person)
    home = index.whole["at_home"] == 1
    stop = np.where(index.whole["stop"] < 0, np.nan, index.whole["stop"]).astype(np.float64)
    limit = walking_limit(person)
    best, walkable = np.full(index.size, np.nan), np.full(index.size, np.nan)
    chosen = np.zeros(index.size, dtype=np.int64)
    for mode in (mode for mode in MODES if mode in person.modes):
        minutes, on_foot = _by(mode, way, stop)
        # a way of unknown length is neither within a walking limit nor beyond it
        beyond = (on_foot > (np.inf if limit is None else limit)) & ~np.isnan(minutes)
        allowed = np.where(beyond, np.inf, minutes)
        quicker = np.isinf(walkable) & ~(minutes >= best)
        better = (~(allowed >= walkable) | quicker) & ~np.isnan(allowed)
        chosen = np.where(better, MODES.index(mode), chosen)
        best, walkable = np.fmin(best, minutes), np.fmin(walkable, allowed)
    best = np.where(np.isfinite(walkable), walkable, best)
    fetched = way / FETCHED.metres + FETCHED.extra
    return Trip(
        minutes=np.where(home, 0.0, best),
        walkable=np.where(home, 0.0, walkable),
        mode=chosen,
        fetched=fetched,
    )
