"""Gather what is heard in a text into one meaning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from catalogue.profiles import Meaning
from catalogue.words.characters import hints
from catalogue.words.clauses import Heard, Side
from catalogue.words.vocabulary import vocabulary

# Of what somebody dislikes only the heart counts: who dislikes washing up may love cooking.
DISLIKE_FLOOR: Final = 0.5
# A facet that only the characters of a word suggest counts so much of its share.
HINT: Final = 0.6
# Who cannot bear crowds probably likes it quiet: so much of a dislike hints at its opposite.
OPPOSITE: Final = 0.5
# How a concept stands among the tokens: finer than facets, it tells go from bingo.
CONCEPT: Final = "concept:"


@dataclass(slots=True)
class Gathered:
    """Both sides, hints, tokens and the sentences in which nothing is disliked, while growing."""

    liked: dict[str, float] = field(default_factory=dict)
    disliked: dict[str, float] = field(default_factory=dict)
    hinted: dict[str, float] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def hear(self, heard: Heard) -> None:
        """Take in one expression or word."""
        if heard.hit is None:
            self._word(heard)
        elif heard.side is Side.LIKED:
            self.tokens.append(CONCEPT + heard.hit.concept.name)
            _raise(self.liked, heard.hit.concept.spread, heard.strength * heard.hit.confidence)
        elif heard.side is Side.DISLIKED:
            heart = {f: w for f, w in heard.hit.concept.facets.items() if w >= DISLIKE_FLOOR}
            _raise(self.disliked, heart, heard.strength * heard.hit.confidence)

    def _word(self, heard: Heard) -> None:
        if heard.side is not Side.DISLIKED:
            self.tokens.append(heard.lemma)
        if heard.side is Side.LIKED:
            _raise(self.hinted, hints(heard.lemma), heard.strength * HINT)

    def add(self, meaning: Meaning) -> None:
        """Join another meaning."""
        _raise(self.liked, meaning.liked)
        _raise(self.disliked, meaning.disliked)
        _raise(self.hinted, meaning.hinted)
        self.tokens.extend(meaning.tokens)
        self.said.extend(text for text in meaning.said if text)

    def meaning(self) -> Meaning:
        """Settle: where likes and dislikes meet, the surer stays; a hint never contradicts."""
        liked, disliked = self.liked, self.disliked
        _raise(self.hinted, _opposites(disliked), OPPOSITE)
        return Meaning(
            liked=_kept(liked, {f: w for f, w in liked.items() if w >= disliked.get(f, 0.0)}),
            disliked=_kept(disliked, {f: w for f, w in disliked.items() if w > liked.get(f, 0.0)}),
            tokens=tuple(self.tokens),
            said=tuple(self.said),
            hinted=_kept(
                self.hinted,
                {f: w for f, w in self.hinted.items() if f not in disliked and w > liked.get(f, 0)},
            ),
        )


def _raise(into: dict[str, float], facets: Mapping[str, float], sureness: float = 1.0) -> None:
    for name, weight in facets.items():
        if weight * sureness > into.get(name, 0.0):
            into[name] = round(weight * sureness, 4)


def _kept(side: Mapping[str, float], names: Iterable[str]) -> Mapping[str, float]:
    return MappingProxyType({name: side[name] for name in sorted(names)})


def _opposites(disliked: Mapping[str, float]) -> dict[str, float]:
    facets = vocabulary().facets
    pairs = ((facets[name].opposite, weight) for name, weight in disliked.items())
    return {name: weight for name, weight in pairs if name is not None}
