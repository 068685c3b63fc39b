"""Read everyday Japanese words as facets: what somebody likes, and what they would rather not."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from catalogue.profiles import Meaning
from catalogue.words.clauses import Heard, Side
from catalogue.words.facets import Facet, VocabularyFault
from catalogue.words.listening import hear
from catalogue.words.tokens import normalise, sentences
from catalogue.words.vocabulary import vocabulary

__all__ = ["FACETS", "VERSION", "Facet", "VocabularyFault", "facet_name", "read"]

FACETS: Final[Mapping[str, Facet]] = vocabulary().facets
VERSION: Final = vocabulary().version
# Of what somebody dislikes only the heart counts: who dislikes washing up may love cooking.
DISLIKE_FLOOR: Final = 0.5
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
    the surer one stays. Confidences are not probabilities. See docs/vocabulary.md.
    """
    if not more:
        return _read(text)
    return _settle([_read(part) for part in (text, *more)])


@lru_cache(maxsize=CACHE_SIZE)
def _read(text: str) -> Meaning:
    liked: dict[str, float] = {}
    disliked: dict[str, float] = {}
    tokens: list[str] = []
    for sentence in sentences(normalise(text)):
        for heard in hear(sentence):
            if heard.hit is None:
                if heard.side is not Side.DISLIKED:
                    tokens.append(heard.lemma)
            elif heard.side is Side.LIKED:
                _add(liked, heard.hit.concept.spread, heard)
            elif heard.side is Side.DISLIKED:
                _add(disliked, heard.hit.concept.facets, heard, floor=DISLIKE_FLOOR)
    return _settle([Meaning(liked, disliked, tuple(tokens))])


def _add(
    into: dict[str, float], facets: Mapping[str, float], heard: Heard, *, floor: float = 0.0
) -> None:
    sureness = heard.strength * (heard.hit.confidence if heard.hit else 0.0)
    for name, weight in facets.items():
        if weight >= floor and weight * sureness > into.get(name, 0.0):
            into[name] = round(weight * sureness, 4)


def _settle(meanings: Iterable[Meaning]) -> Meaning:
    """Join meanings; where likes and dislikes meet, the surer stays."""
    liked: dict[str, float] = {}
    disliked: dict[str, float] = {}
    tokens: list[str] = []
    for meaning in meanings:
        tokens.extend(meaning.tokens)
        for into, what in ((liked, meaning.liked), (disliked, meaning.disliked)):
            for name, weight in what.items():
                into[name] = max(into.get(name, 0.0), weight)
    likes = {name: w for name, w in sorted(liked.items()) if w >= disliked.get(name, 0.0)}
    dislikes = {name: w for name, w in sorted(disliked.items()) if w > liked.get(name, 0.0)}
    return Meaning(MappingProxyType(likes), MappingProxyType(dislikes), tuple(tokens))
