"""The catalogue without the slots in which somebody is whom this person is kept apart from.

Quietly: what is left out stands in no list of exclusions, and nobody and no reason is named.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import ActivityProfile

# An activity's id and the position of its slot, as profiles name them.
Place = tuple[str, str]
Beside = Callable[[Session, UUID], frozenset[Place]]
_beside: list[Beside] = []


def keep_from(beside: Beside) -> None:
    """Say who knows in which slots somebody is not to be: placements stand above suggestions."""
    _beside[:] = [beside]


def places_apart(session: Session, person_id: UUID) -> frozenset[Place]:
    """Return the slots in which this person is not to be."""
    return frozenset(place for ask in _beside for place in ask(session, person_id))


def without(
    activities: Iterable[ActivityProfile], apart: frozenset[Place]
) -> Iterator[ActivityProfile]:
    """Leave out the dates of these slots, and an activity that has no other."""
    closed: dict[str, set[str]] = {}
    for activity_id, position in apart:
        closed.setdefault(activity_id, set()).add(position)
    for activity in activities:
        positions = closed.get(activity.id)
        if positions is None:
            yield activity
            continue
        kept = tuple(each for each in activity.openings if each.slot not in positions)
        if kept:
            yield replace(activity, openings=kept)
