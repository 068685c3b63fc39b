"""The place of each row on a day, as numbers that a database sorts by. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from service.followup.order import Place, Standing, place_of

Row = TypeVar("Row", bound=Standing)


@dataclass(frozen=True, slots=True)
class Placing:
    """A row's place: that of the first row it stands beside, and its own.

    ``behind``: how long past beside the window, turned round so that what is smaller comes first.
    Two different fractions of days stay different as floating-point numbers, and equal ones equal.
    """

    lead_rank: int | None = None
    lead_behind: float | None = None
    lead_due: date | None = None
    lead_id: UUID | None = None
    rank: int | None = None
    behind: float | None = None


NOWHERE = Placing()


def placings(rows: Iterable[tuple[Hashable, Row]], today: date) -> Iterator[tuple[Row, Placing]]:
    """Yield rows that stand today with their places; the key says which stand together."""
    groups: defaultdict[Hashable, list[tuple[Place, Row]]] = defaultdict(list)
    for key, row in rows:
        groups[key].append((place_of(row, today), row))
    for group in groups.values():
        rank, behind, due, id_ = min(place for place, _ in group)
        for own, row in group:
            yield row, Placing(int(rank), float(behind), due, id_, int(own[0]), float(own[1]))
