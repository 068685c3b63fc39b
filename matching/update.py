"""One activity replaced in an index, without reading the others again."""

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import replace

import numpy as np

from catalogue.profiles import ActivityProfile
from matching.arrays import Rows
from matching.index import NOWHERE, Index, line_of, place_of, tokens_of, words_of
from matching.meaning import also_meant
from matching.openings import gather, upcoming
from matching.vectors import Vectors, directed

Listed = MutableMapping[tuple[str, str], Rows]


def row_of(index: Index, activity: str) -> int:
    """Return the row of an activity; rows stand in the order of ids.

    Raises:
        KeyError: the index has no such activity.

    """
    low, high = 0, index.size
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if index.activities[middle].id < activity else (low, middle)
    if low == index.size or index.activities[low].id != activity:
        raise KeyError(activity)
    return low


def _relisted(index: Index, row: int, activity: ActivityProfile) -> Listed:
    """Return the rows of each word, with those words looked up anew that came or went."""
    before, after = {*words_of(index.activities[row])}, {*words_of(activity)}
    changed = {
        key: np.setdiff1d(index.listed.get(key, NOWHERE), [row]).astype(np.intp)
        for key in before ^ after
    }
    for key in after - before:
        changed[key] = np.union1d(changed[key], [row]).astype(np.intp)
    return ChainMap(changed, index.listed)


def _vectors(index: Index, row: int, activity: ActivityProfile) -> Vectors | None:
    if index.vectors is None:
        return None
    of = index.vectors.of.copy()
    of[row] = directed([activity], index.vectors.embed).of[0]
    return Vectors(index.vectors.embed, of)


def updated(index: Index, activity: ActivityProfile) -> Index:
    """Return the index with one of its activities replaced; the given index stays as it is.

    What is worked out over all activities together, how rare a word or a facet is, stays as it was
    at the last build; the index of the next day is built anew anyway.

    Raises:
        KeyError: the index has no such activity: then the index has to be built.
        ValueError: the index is a part of another.

    """
    if index.at is not None:
        raise ValueError("a part of an index is not updated")
    row = row_of(index, activity.id)
    (coming,) = upcoming([activity], as_of=index.as_of)
    meant, needed = also_meant(coming), coming.needs.liked
    new = sorted({*meant, *needed} - index.meaning.column.keys())
    activities = (*index.activities[:row], coming, *index.activities[row + 1 :])
    place = index.place.copy()
    place[row] = place_of(coming)
    return replace(
        index,
        activities=activities,
        whole=index.whole.replaced(row, line_of(coming)),
        place=place,
        openings=index.openings.replaced(row, gather([coming], as_of=index.as_of)),
        listed=_relisted(index, row, coming),
        meaning=index.meaning.replaced(row, meant, new),
        needs=index.needs.replaced(row, needed, new),
        text=index.text.replaced(row, tokens_of(coming)),
        vectors=_vectors(index, row, coming),
        kept={},
    )
