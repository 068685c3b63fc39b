"""Read everyday Japanese words as facets: what somebody likes, and what they would rather not."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from catalogue.profiles import Meaning
from catalogue.words.clauses import Side
from catalogue.words.dialect import standard
from catalogue.words.facets import Facet, VocabularyFault
from catalogue.words.gathering import Gathered
from catalogue.words.idioms import plain
from catalogue.words.listening import hear
from catalogue.words.tokens import normalise, sentences
from catalogue.words.vocabulary import vocabulary

__all__ = ["FACETS", "VERSION", "Facet", "VocabularyFault", "facet_name", "read"]

FACETS: Final[Mapping[str, Facet]] = vocabulary().facets
VERSION: Final = vocabulary().version
CACHE_SIZE: Final = 32768


def facet_name(name: str, language: str = "ja") -> str:
    """Return a facet's name in ``ja`` or ``en``.

    Raises:
        KeyError: the vocabulary has no such facet.

    """
    facet = FACETS[name]
    return facet.en if language == "en" else facet.ja


def read(text: str, *more: str) -> Meaning:
    """Say which facets some free words like and dislike, with confidences in (0, 1].

    Expressions count as the vocabulary weighs them; related and broader facets get their share
    of at most a half; a spelling mended by rapidfuzz counts 0.7. Where likes and dislikes meet,
    the surer one stays. ``hinted`` holds what only the characters of unknown words suggest, and
    ``tokens`` also name the concepts heard ("concept:shogi"). Confidences are not probabilities.
    See docs/vocabulary.md.
    """
    if not more:
        return _read(text)
    gathered = Gathered()
    for part in (text, *more):
        gathered.add(_read(part))
    return gathered.meaning()


@lru_cache(maxsize=CACHE_SIZE)
def _read(text: str) -> Meaning:
    gathered = Gathered()
    cut = list(sentences(plain(standard(normalise(text)))))
    averse: set[str] = set()
    for sentence in cut:
        for heard in hear(sentence):
            gathered.hear(heard)
            if heard.side is Side.DISLIKED:
                averse.add(sentence)
    # The text as it came costs no memory of its own; a part of it is a new string.
    kept = [one for one in cut if one not in averse] if averse else [text]
    gathered.said = [one for one in kept if one]
    return gathered.meaning()
