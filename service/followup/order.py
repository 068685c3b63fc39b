"""In which order the queue is worked through: a total order, written down once. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from fractions import Fraction
from itertools import groupby
from typing import Final, Protocol
from uuid import UUID

from service.followup.cadence import Occasion
from service.followup.windows import Due


class Rank(IntEnum):
    """Where a row stands; the smallest comes first."""

    CONCERN = 1
    FIRST_OR_LAST_LATE = 2
    PAST_DUE = 3
    NOW = 4
    BACK = 5


_FIRST_OR_LAST: Final = frozenset({Occasion.BEFORE_FIRST, Occasion.AFTER_FIRST, Occasion.EXIT})

Place = tuple[Rank, Fraction, date, UUID]


class Standing(Protocol):
    """What the place of a row rests on."""

    @property
    def id(self) -> UUID: ...
    @property
    def occasion(self) -> Occasion: ...
    @property
    def earliest(self) -> date: ...
    @property
    def due(self) -> date: ...
    @property
    def late(self) -> date: ...
    @property
    def back_on(self) -> date | None: ...


def rank_of(due: Standing, today: date) -> Rank:
    """Say which of the five groups a due contact belongs to today."""
    if due.occasion is Occasion.CONCERN:
        return Rank.CONCERN
    if due.occasion in _FIRST_OR_LAST and today > due.late:
        return Rank.FIRST_OR_LAST_LATE
    if due.back_on is not None and today <= due.late:
        return Rank.BACK
    return Rank.PAST_DUE if today > due.due else Rank.NOW


def place_of(due: Standing, today: date) -> Place:
    """Return the key of a due contact: group, how long past beside its window, day, id."""
    past = Fraction((today - due.due).days, max(1, (due.late - due.earliest).days))
    return rank_of(due, today), -past, due.due, due.id


def in_order(found: Iterable[Due], today: date) -> list[Due]:
    """Sort; the person and the host of one placement stand together, at the first one's place."""
    groups = groupby(sorted(found, key=_belonging), key=_belonging)
    sorted_groups = [sorted(group, key=lambda due: place_of(due, today)) for _, group in groups]
    sorted_groups.sort(key=lambda group: place_of(group[0], today))
    return [due for group in sorted_groups for due in group]


def _belonging(due: Due) -> UUID:
    return due.subject.placement_id or due.id
