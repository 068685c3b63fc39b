"""Token weights of all activities (TF-IDF), laid out by token so that a person's few words suffice.

scikit-learn's vectoriser is imported where an index is built, not with the package: the import
costs about a second and 150 MB, which a process that never builds an index need not pay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from matching.arrays import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """TF-IDF by token: ``offset[t]:offset[t + 1]`` cuts token t out of ``row`` and ``weight``."""

    position: Mapping[str, int]
    idf: Floats
    offset: Ints
    row: Ints
    weight: Floats
    size: int

    def closeness(self, tokens: Iterable[str]) -> Floats:
        """Return the cosine of every row's tokens with these, in [0, 1]."""
        found = np.zeros(self.size)
        known = sorted({self.position[token] for token in tokens if token in self.position})
        if not known:
            return found
        length = sqrt(sum(float(self.idf[at]) ** 2 for at in known))
        for at in known:
            cut = slice(self.offset[at], self.offset[at + 1])
            found[self.row[cut]] += self.weight[cut] * float(self.idf[at]) / length
        return found


def _itself(tokens: Sequence[str]) -> Sequence[str]:
    """Hand tokens through: the words were cut before."""
    return tokens


def fit(documents: Sequence[Sequence[str]]) -> Text:
    """Weigh the tokens of each activity; an empty catalogue gives an empty table."""
    nothing = np.zeros(0, dtype=np.int64)
    if not any(documents):
        return Text({}, np.zeros(0), nothing, nothing, np.zeros(0), len(documents))
    from sklearn.feature_extraction.text import (  # noqa: PLC0415 - slow to import, see above
        TfidfVectorizer,
    )

    vectoriser = TfidfVectorizer(analyzer=_itself)
    by_token = vectoriser.fit_transform(documents).tocsc()
    by_token.sort_indices()
    return Text(
        position=dict(vectoriser.vocabulary_),
        idf=np.asarray(vectoriser.idf_, dtype=np.float64),
        offset=by_token.indptr.astype(np.int64),
        row=by_token.indices.astype(np.int64),
        weight=by_token.data.astype(np.float64),
        size=len(documents),
    )
