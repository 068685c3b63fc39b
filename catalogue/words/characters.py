"""What the kanji of a word suggest when no expression of the vocabulary explains it.

Kanji carry meaning: 漁 or 縫 stand in many expressions that point the same way, so that a word
nobody wrote down (漁網, 縫製) still leans to their facets. A lean is a guess: it helps to find, and
is never given as a reason.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from catalogue.words.vocabulary import vocabulary

# In fewer expressions a character says nothing; below this share it points nowhere.
SEEN: Final = 2
SHARE: Final = 0.25
_KANJI: Final = re.compile(r"[一-鿿]")


@lru_cache(maxsize=65536)
def hints(word: str) -> Mapping[str, float]:
    """Return the facets that a word's kanji lean to, with shares in [0.25, 1)."""
    found: dict[str, float] = {}
    for kanji in _KANJI.findall(word):
        for facet, share in leanings().get(kanji, {}).items():
            found[facet] = max(share, found.get(facet, 0.0))
    return found


@cache
def leanings() -> Mapping[str, Mapping[str, float]]:
    """Average for each kanji the facets of the expressions that it stands in.

    One more expression that points nowhere is counted, so that few expressions are trusted less.
    """
    seen: Counter[str] = Counter()
    total: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for concept in vocabulary().concepts.values():
        for word in concept.words:
            for kanji in set(_KANJI.findall(word)):
                seen[kanji] += 1
                for facet, weight in concept.facets.items():
                    total[kanji][facet] += weight
    return {kanji: _clear(total[kanji], seen[kanji]) for kanji in seen if seen[kanji] >= SEEN}


def _clear(total: Mapping[str, float], seen: int) -> Mapping[str, float]:
    shares = {facet: weight / (seen + 1) for facet, weight in total.items()}
    return {facet: share for facet, share in shares.items() if share >= SHARE}
