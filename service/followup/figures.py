"""The figures above the queue: counted from the rows that it shows, once for each laying-out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from service.followup.order import Rank
from service.followup.repository import queue as repository
from service.followup.repository.queue import Scope, Tally
from service.followup.rows import tallied_on
from service.followup.upkeep import settle
from service.placements.lifecycle import Side

# Figures of so many scopes are remembered by a worker; what lies there otherwise is counted anew.
MOST: Final = 512
_known: Final[dict[tuple[object, ...], "Counts"]] = {}


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures above the queue, counted from its rows."""

    total: int
    people: int
    hosts: int
    another_way: int
    for_coordinator: int
    by_rank: dict[str, int]


def counts_of(session: Session, scope: Scope, *, on: date | None = None) -> Counts:
    """Return the figures of the same rows; nobody is shown, so nobody is written down."""
    staff = scope.staff
    laid_as = settle(session, staff.municipality_id, today=staff.on)
    if on is not None and on != staff.on:
        return counted(tallied_on(session, scope, on))
    # Who sees whom hangs on these and on what triggers watch: another laying-out is another key.
    seer = (staff.municipality_id, staff.id, staff.role, staff.area_id, staff.on)
    key = (laid_as, *seer, *scope.narrowed())
    found = _known.get(key)
    if found is None:
        found = counted(repository.tallies(session, scope))
        if len(_known) >= MOST:
            _known.clear()
        _known[key] = found
    return found


def counted(tallies: Iterable[Tally]) -> Counts:
    """Add rows that are alike up to the figures above the queue."""
    ranks, sides, marks = Counter[int](), Counter[Side](), Counter[str]()
    for tally in tallies:
        ranks[tally.rank] += tally.number
        sides[tally.side] += tally.number
        marks["another_way"] += tally.number * tally.another_way
        marks["for_coordinator"] += tally.number * tally.for_coordinator
    return Counts(
        total=ranks.total(),
        people=sides[Side.PERSON],
        hosts=sides[Side.HOST],
        another_way=marks["another_way"],
        for_coordinator=marks["for_coordinator"],
        by_rank={rank.name.lower(): ranks[rank] for rank in Rank},
    )
