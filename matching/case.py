"""One person over one index, with what several limits and factors share, worked out once."""

from dataclasses import dataclass

from catalogue.profiles import PersonProfile
from matching.index import Index
from matching.openings import Timing, held_against
from matching.travel import Trip, plan


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A person before all activities: the way to each, and how the windows meet its openings."""

    index: Index
    person: PersonProfile
    trip: Trip
    timing: Timing


def consider(index: Index, person: PersonProfile) -> Case:
    """Work out the way and the times of one person for every activity."""
    return Case(
        index=index,
        person=person,
        trip=plan(index, person),
        timing=held_against(index.openings, person.windows, person.limits),
    )
