"""The way to an activity, in SQL."""

from math import cos, radians

from benchmarks.sql.statement import Statement
from matching.travel import METRES_A_DEGREE, SPEEDS, TO_A_STOP, bearable


def _square(s: Statement) -> str:
    """Return the way to an activity that is not at home, in metres, squared."""
    assert s.person.lat is not None
    assert s.person.lon is not None
    detour = s.index.roads.detour * METRES_A_DEGREE
    lat, lon = s.give(s.person.lat), s.give(s.person.lon)
    north = f"(lat - {lat}) * (lat - {lat}) * {s.give(detour**2)}"
    east = f"(lon - {lon}) * (lon - {lon}) * {s.give((detour * cos(radians(s.person.lat))) ** 2)}"
    return f"{north} + {east}"


def minutes(s: Statement) -> str:
    """The quickest of the person's modes."""
    assert not TO_A_STOP.keys() & s.person.modes, "the generated people have no way by a stop"
    way, speeds = f"sqrt({_square(s)})", [SPEEDS[mode] for mode in sorted(s.person.modes)]
    found = [f"{way} / {s.give(speed.metres)} + {s.give(speed.extra)}" for speed in speeds]
    return f"case when at_home = 1 then 0 else least({', '.join(found)}) end"


def in_reach(s: Statement) -> str:
    """Hold the way, squared: no root is drawn where it is too far."""
    most = s.person.max_minutes
    assert most, "the generated people have said how far they go"
    speeds = [SPEEDS[mode] for mode in s.person.modes]
    reach = max(max(bearable(most) - speed.extra, 0) * speed.metres for speed in speeds)
    return f"(at_home = 1 or {_square(s)} <= {s.give(reach**2)})"
