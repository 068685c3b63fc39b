"""Which figures there are, what each counts, and how small ones are masked. Pure.

The figures of one area do not add up to one another, so that only a column's total could give a
masked figure away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Figure(StrEnum):
    NEW = "new"
    CONTINUING_CONSENTED = "continuing_consented"
    CONTINUING_UNCONSENTED = "continuing_unconsented"
    ENDED = "ended"
    PRE_CONSENT = "pre_consent"
    TRIALS = "trials"
    VISITS = "visits"
    CONTACTS = "contacts"
    WISHES = "wishes"
    HOSTS_IN_TOUCH = "hosts_in_touch"
    HOSTS = "hosts"


# What is about people; how many hosts there are is published anyway.
MASKED: Final = frozenset(Figure) - {Figure.HOSTS, Figure.HOSTS_IN_TOUCH}


@dataclass(frozen=True, slots=True)
class Column:
    """One figure over all areas with its total; None is masked."""

    cells: tuple[int | None, ...]
    total: int | None


def masked(counts: Sequence[int], least: int) -> Column:
    """Mask cells below ``least`` (nought is shown), and the total where it would tell one of them.

    With the total one knows the sum of what is masked. It is shown only where that sum leaves every
    masked cell at least two values; which cells are masked says nothing more, for none is masked
    that is not small.
    """
    small = [count for count in counts if 0 < count < least]
    cells = tuple(None if 0 < count < least else count for count in counts)
    open_sum = len(small) > 1 and len(small) < sum(small) < len(small) * (least - 1)
    telling = bool(small) and not open_sum
    return Column(cells, None if telling else sum(counts))
