"""The best pairs of people and places, exactly: the number, then the worst pair, then the sum.

scipy is imported where it is used: 0.4 s and 50 MB that a process without assignments need not pay.
"""

from typing import Final

import numpy as np

from matching.arrays import Flags, Ints

CLOSED: Final = -1  # the worth of a pair that must not be


def _most(open_pairs: Flags) -> int:
    """Return how many people can be placed at most."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import, see above
    from scipy.sparse.csgraph import maximum_bipartite_matching  # noqa: PLC0415 - as above

    if not open_pairs.size:
        return 0
    return int((maximum_bipartite_matching(csr_array(open_pairs), perm_type="column") >= 0).sum())


def _floor(worth: Ints, most: int) -> int:
    """Return the highest worth that every pair can have while as many people are placed."""
    levels = np.unique(worth[worth > CLOSED])
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _most(worth >= levels[middle]) == most:
            low = middle
        else:
            high = middle - 1
    return int(levels[low])


def solve(worth: Ints, seats: Ints) -> dict[int, int]:
    """Return the place of each person who gets one; people and places by position.

    ``worth`` is (people, places), CLOSED where a pair must not be; ``seats`` is (places). First the
    number of people counts, then the least worth among them, then the sum.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to import, see above

    column = np.repeat(np.arange(len(seats)), np.clip(seats, 0, len(worth)))
    by_seat = worth[:, column]
    most = _most(by_seat > CLOSED)
    if not most:
        return {}
    allowed = by_seat >= _floor(by_seat, most)
    number_first = (by_seat.max() + 1) * len(worth)
    rows, at = linear_sum_assignment(np.where(allowed, by_seat + number_first, 0), maximize=True)
    pairs = zip(rows.tolist(), at.tolist(), strict=True)
    return {row: int(column[seat]) for row, seat in pairs if allowed[row, seat]}
