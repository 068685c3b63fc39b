"""What to start with: the smallest sensible dose and the next dates that fit."""

from datetime import datetime
from math import isnan

from catalogue.profiles import ActivityProfile, LimitKind, PersonProfile
from matching.answer import Arrangement, ArrangementKind, Start
from matching.case import Case
from matching.openings import DAY
from matching.readings import at_home
from matching.travel import MODES

BY = tuple(mode.value for mode in MODES)
SENSIBLE_MINUTES = 15  # assumption: the least for which one goes out


def _dates(case: Case, row: int, least: int) -> tuple[datetime, ...]:
    """Return the next dates of one row that serve; where none does, those with enough left."""
    timing = case.timing
    if timing.serves[row]:
        return case.index.openings.ahead(row, timing.used)
    if case.index.activities[row].by_arrangement:
        return ()
    chosen = timing.used if timing.soft[row] else timing.left >= least
    return case.index.openings.ahead(row, chosen)


def _bearable(person: PersonProfile) -> int:
    """Return how long a person can stay at a time; a day where no limit says so."""
    said = (x.value for x in person.limits if x.kind is LimitKind.MINUTES_AT_MOST)
    return min((value for value in said if isinstance(value, int)), default=DAY)


def _minutes(
    activity: ActivityProfile, shorter: Arrangement | None, person: PersonProfile
) -> int | None:
    """Return the minutes of the first time: the shortest session, or what was arranged."""
    if shorter is not None and isinstance(shorter.to, int):
        return shorter.to
    if activity.minutes is None:
        return None
    sensible = min(SENSIBLE_MINUTES, _bearable(person))
    return min(max(activity.minutes[0], sensible), max(activity.minutes[1], 1))


def _way(case: Case, row: int, *, fetched: bool) -> tuple[int | None, str | None]:
    """Return minutes and mode of the way; nobody travels to an activity at home."""
    if at_home(case.index.activities[row]):
        return 0, None
    if fetched:
        return round(float(case.trip.fetched[row])), "lift"
    minutes = float(case.trip.minutes[row])
    if isnan(minutes):
        return None, None
    return round(minutes), BY[int(case.trip.mode[row])]


def begin(case: Case, row: int, arrangements: tuple[Arrangement, ...]) -> Start:
    """Say what to begin with on one row, with the arrangements made."""
    activity = case.index.activities[row]
    made = [arrangement.kind for arrangement in arrangements]
    at = made.index(ArrangementKind.SHORTER) if ArrangementKind.SHORTER in made else None
    shorter = None if at is None else arrangements[at]
    minutes = _minutes(activity, shorter, case.person)
    least = (minutes or 1) if shorter else 1
    home = ArrangementKind.HOME in made
    way, mode = (0, None) if home else _way(case, row, fetched=ArrangementKind.LIFT in made)
    return Start(
        minutes=minutes,
        dose="" if activity.dose == "なし" else activity.dose,
        first_occurrences=() if home else _dates(case, row, least),
        travel_minutes=way,
        mode=mode,
    )
