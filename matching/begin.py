"""What to start with: the smallest sensible dose and the next dates that fit."""

from datetime import datetime
from itertools import islice

import numpy as np

from catalogue.profiles import ActivityProfile, OwnPace, Window
from matching.answer import Arrangement, ArrangementKind, Start
from matching.case import Case
from matching.openings import TOKYO, bounds, outside, shortest_session, weekly
from matching.travel import MODES

DATES = 3
SENSIBLE_MINUTES = 15  # assumption: the least for which one goes out


def _inside(at: tuple[int, int, int], windows: tuple[Window, ...], hours: tuple[int, int]) -> int:
    """Return the minutes of a weekly time inside the best window."""
    day, start, end = at
    here = (w for w in windows if day in w.days)
    lengths = (min(end, w.end, hours[1]) - max(start, w.start, hours[0]) for w in here)
    return max((0, *lengths))


def _serves(case: Case, row: int, least: int) -> tuple[datetime, ...]:
    """Return the first dates of one row that lie long enough in the person's windows."""
    activity, person = case.index.activities[row], case.person
    hours = bounds(person.limits)
    fixed = activity.own_pace is OwnPace.NO
    windows = outside(person.windows) if case.timing.soft[row] else person.windows
    found = (
        opening.start
        for opening in activity.openings
        if opening.start.astimezone(TOKYO).date() >= case.index.as_of
        and _long_enough(weekly(opening), windows, hours, least, fixed=fixed)
    )
    return tuple(islice(found, DATES))


def _long_enough(
    at: tuple[int, int, int],
    windows: tuple[Window, ...],
    hours: tuple[int, int],
    least: int,
    *,
    fixed: bool,
) -> bool:
    if fixed:
        begun = tuple(w for w in windows if w.start <= at[1])
        windows = begun if hours[0] <= at[1] else ()
    return _inside(at, windows, hours) >= min(least, at[2] - at[1])


def _minutes(activity: ActivityProfile, shorter: Arrangement | None) -> int | None:
    """Return the minutes of the first time: the shortest session, or what was arranged."""
    if shorter is not None and isinstance(shorter.to, int):
        return shorter.to
    if activity.minutes is None:
        return None
    return min(max(activity.minutes[0], SENSIBLE_MINUTES), max(activity.minutes[1], 1))


def _way(case: Case, row: int, *, fetched: bool) -> tuple[int | None, str | None]:
    """Return minutes and mode of the way; nobody travels to an activity at home."""
    if case.index.whole["at_home"][row]:
        return 0, None
    if fetched:
        return round(float(case.trip.fetched[row])), "lift"
    minutes = float(case.trip.minutes[row])
    if np.isnan(minutes):
        return None, None
    return round(minutes), MODES[int(case.trip.mode[row])].value


def begin(case: Case, row: int, arrangements: tuple[Arrangement, ...]) -> Start:
    """Say what to begin with on one row, with the arrangements made."""
    activity = case.index.activities[row]
    made = {arrangement.kind: arrangement for arrangement in arrangements}
    shorter = made.get(ArrangementKind.SHORTER)
    moved = shorter is not None or ArrangementKind.OTHER_SLOT in made
    least = 1 if moved and not case.timing.serves[row] else shortest_session(activity)
    home = ArrangementKind.HOME in made
    minutes, mode = (0, None) if home else _way(case, row, fetched=ArrangementKind.LIFT in made)
    return Start(
        minutes=_minutes(activity, shorter),
        dose="" if activity.dose == "なし" else activity.dose,
        first_occurrences=() if home else _serves(case, row, least),
        travel_minutes=minutes,
        mode=mode,
    )
