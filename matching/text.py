"""Token weights of all activities (TF-IDF), laid out by token so that a person's few words suffice.

A token "concept:…" names a concept of the vocabulary. It counts double: two texts that share 将棋
are closer than two that share games. scikit-learn could weigh tokens as well, but its import alone
costs a second and 150 MB.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import sqrt
from typing import Final

import numpy as np

from matching.arrays import Floats, Ints, Rows

CONCEPT: Final = "concept:"
CONCEPT_WEIGHT: Final = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """TF-IDF by token: ``offset[t]:offset[t + 1]`` cuts token t out of ``row`` and ``weight``.

    ``idf`` has a token's rarity times the weight of its kind. ``later`` has the weights, by row and
    token, of activities that changed since; rarity stays as it was weighed.
    """

    position: Mapping[str, int]
    idf: Floats
    offset: Ints
    row: Ints
    weight: Floats
    size: int
    later: Mapping[int, Mapping[int, float]] = field(default_factory=dict)

    def closeness(self, tokens: Iterable[str], at: Rows | None = None) -> Floats:
        """Return the cosine of every row's tokens with these, in [0, 1]; or of the rows ``at``."""
        size = self.size if at is None else len(at)
        known = sorted({self.position[token] for token in tokens if token in self.position})
        if not known or not size:
            return np.zeros(size)
        rarity = self.idf[known]
        shares = (rarity / sqrt(rarity @ rarity)).tolist()
        cuts = [slice(self.offset[token], self.offset[token + 1]) for token in known]
        rows = np.concatenate([self.row[cut] for cut in cuts])
        parts = [self.weight[cut] * share for cut, share in zip(cuts, shares, strict=True)]
        weights = np.concatenate(parts)
        for row, later in self.later.items():
            anew = sum(
                later.get(token, 0.0) * share for token, share in zip(known, shares, strict=True)
            )
            weights[rows == row] = 0.0
            rows, weights = np.append(rows, row), np.append(weights, anew)
        if at is not None:
            place = at.searchsorted(rows)
            place[place == size] = 0
            here = at[place] == rows
            rows, weights = place[here], weights[here]
        return np.bincount(rows, weights, minlength=size).astype(np.float64, copy=False)

    def replaced(self, row: int, tokens: Iterable[str]) -> "Text":
        """Return the same table with the tokens of one row replaced; unheard ones count at most."""
        counted = Counter(tokens)
        unheard = float(self.idf.max(initial=1.0))
        rarity = {t: self.idf[self.position[t]] if t in self.position else unheard for t in counted}
        length = sum((times * rarity[token]) ** 2 for token, times in counted.items()) ** 0.5
        weights = {
            self.position[token]: float(times * rarity[token] / length)
            for token, times in counted.items()
            if token in self.position
        }
        return replace(self, later={**self.later, row: weights})


def spoken(tokens: Iterable[str]) -> set[str]:
    """Return the words among the tokens: what may be shown to people."""
    return {token for token in tokens if not token.startswith(CONCEPT)}


def fit(documents: Sequence[Sequence[str]]) -> Text:
    """Weigh the tokens of each activity; an empty catalogue gives an empty table.

    weight = times said * kind * (ln((1 + n) / (1 + activities with it)) + 1), each activity's
    weights at Euclidean length 1 (Salton and Buckley 1988, smoothed).
    """
    counted = [Counter(document) for document in documents]
    rows = np.repeat(np.arange(len(counted)), [len(one) for one in counted])
    position: dict[str, int] = {}
    flat = (position.setdefault(token, len(position)) for one in counted for token in one)
    columns = np.fromiter(flat, dtype=np.int64)
    times = np.fromiter(chain.from_iterable(one.values() for one in counted), dtype=np.float64)
    number = np.bincount(columns, minlength=len(position))
    idf = (np.log((1 + len(counted)) / (1 + number)) + 1) * _kinds(position)
    weights = times * idf[columns]
    length = np.sqrt(np.bincount(rows, weights**2, minlength=len(counted)))
    order = np.argsort(columns, kind="stable")
    offset = np.concatenate(([0], np.cumsum(number))).astype(np.int64)
    weight = (weights / length[rows])[order]
    return Text(position, idf, offset, rows[order].astype(np.int64), weight, len(counted))


def _kinds(tokens: Iterable[str]) -> Floats:
    weights = (CONCEPT_WEIGHT if token.startswith(CONCEPT) else 1.0 for token in tokens)
    return np.fromiter(weights, dtype=np.float64)
