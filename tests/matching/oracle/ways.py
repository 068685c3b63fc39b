"""The way of one pair: minutes by every mode, within a walking limit, or not known."""

from math import cos, inf, radians, sqrt

from catalogue.profiles import ActivityProfile, LimitKind, PersonProfile, Setting, TravelMode

HOME = (Setting.HOME, Setting.ONLINE)
SPEED = {
    TravelMode.WALK: (80, 0),
    TravelMode.BICYCLE: (200, 1),
    TravelMode.BUS: (300, 9),
    TravelMode.TRAIN: (500, 15),
    TravelMode.CAR: (400, 4),
    TravelMode.TAXI: (400, 5),
    TravelMode.WHEELCHAIR: (50, 0),
    TravelMode.LIFT: (400, 4),
}


def metres(a: ActivityProfile, p: PersonProfile) -> float | None:
    if a.setting in HOME:
        return 0.0
    if None in (a.lat, a.lon, p.lat, p.lon):
        return None
    assert a.lat is not None
    assert a.lon is not None
    assert p.lat is not None
    assert p.lon is not None
    north = (a.lat - p.lat) * 111_195
    east = (a.lon - p.lon) * 111_195 * cos(radians(p.lat))
    return sqrt(north**2 + east**2) * 1.3


def ways(
    a: ActivityProfile, p: PersonProfile, *, unstated: float | None = None
) -> list[tuple[float, float]]:
    """Return (minutes, minutes on foot) of every mode whose way is known.

    A stop that nobody has stated lies ``unstated`` minutes away.
    """
    way, found = metres(a, p), []
    for mode in p.modes:
        speed, extra = SPEED[mode]
        stated = a.access.minutes_from_stop
        stop = unstated if stated is None else stated
        from_home = {TravelMode.BUS: 4.0, TravelMode.TRAIN: 10.0}
        if way is None or (mode in from_home and stop is None):
            continue
        minutes = way / speed + extra + ((stop or 0) if mode in from_home else 0)
        feet = dict.fromkeys(from_home, (stop or 0) + 4.0)
        feet[TravelMode.WALK] = minutes
        found.append((minutes, feet.get(mode, 0.0)))
    return [(0.0, 0.0)] if a.setting in HOME else found


def walk_limit(p: PersonProfile) -> int | None:
    said = [x.value for x in p.limits if x.kind is LimitKind.WALK_AT_MOST_MINUTES]
    return min((value for value in said if isinstance(value, int)), default=None)


def bearable(minutes: int) -> float:
    return minutes + (max(2, minutes / 10) if minutes else 0.5)


def trip(a: ActivityProfile, p: PersonProfile) -> tuple[float | None, float | None]:
    """Return the minutes of the way one takes, and of the best way within the walking limit.

    None is unknown. A stop that nobody has stated leaves the way open if, were it at the door, the
    way would do; if it would not, that shortest of ways is the way.
    """
    limit, far = walk_limit(p), inf if p.max_minutes is None else bearable(p.max_minutes)

    def best(unstated: float | None) -> tuple[float | None, float | None]:
        found = ways(a, p, unstated=unstated)
        within = [m for m, feet in found if limit is None or feet <= limit + 0.5]
        quickest = min(within or [m for m, _ in found], default=None)
        return quickest, min(within, default=inf if found else None)

    (minutes, within), (least, hoped) = best(None), best(0.0)
    if hoped is None or a.access.minutes_from_stop is not None:
        return minutes, within
    hope = hoped <= far and not (within is not None and within <= far)
    beyond = hoped if minutes is None else within
    nearest = least if minutes is None else minutes
    unsure = within in (None, inf) and hoped < inf
    return None if hope else nearest, None if unsure else beyond
