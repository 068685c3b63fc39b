"""The catalogue for somebody who cannot go alone: only dates on which they can be taken along."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalogue.profiles import ActivityProfile, Opening
from service.companions.actions import Aided

Dates = tuple[Opening, ...]


def with_aid(activities: Iterable[ActivityProfile], aided: Aided) -> Iterator[ActivityProfile]:
    """Leave out the dates without help; what has none left says what it lacks."""
    known: dict[int, tuple[Dates, Dates]] = {}  # equal schedules are shared, and stay so
    for activity in activities:
        given = activity.openings
        if id(given) not in known:
            kept = tuple(each for each in given if each.start.date() in aided.days)
            known[id(given)] = given, given if len(kept) == len(given) else kept
        kept = known[id(given)][1]
        if kept is given:
            yield activity
            continue
        gone = not kept and not activity.by_arrangement
        yield replace(activity, openings=kept, lacking=aided.lacking if gone else "")
