"""Find the vocabulary's expressions in the words of a sentence: longest first, then spelling."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from catalogue.words import cues
from catalogue.words.facets import Concept
from catalogue.words.lexicon import lexicon
from catalogue.words.spelling import sound, spellable
from catalogue.words.tokens import Token, fold

FUZZY_CUTOFF: Final = 88.0
FUZZY_CONFIDENCE: Final = 0.7
PAIR: Final = 2  # a verb and its negation


class Hit(NamedTuple):
    """An expression found: tokens first..last (last excluded), its concept, how surely."""

    first: int
    last: int
    concept: Concept
    confidence: float = 1.0


def find(tokens: Sequence[Token]) -> Iterator[Hit]:
    """Yield the expressions in a run of tokens from left to right, none inside another."""
    run = _Run(tokens)
    index = 0
    while index < len(tokens):
        hit = run.longest(index) or misspelt(tokens[index], index)
        if hit is not None:
            yield hit
        index = hit.last if hit else index + 1


class _Run:
    """A run of tokens, prepared for looking up."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.offset = tokens[0].start if tokens else 0
        self.text = fold("".join(token.surface for token in tokens))
        self.ends = [token.end - self.offset for token in tokens]
        self.content = [place for place, token in enumerate(tokens) if token.content]
        self.rank = {place: rank for rank, place in enumerate(self.content)}

    def longest(self, index: int) -> Hit | None:
        """Return the longest expression that begins at this token, as written or as lemmas."""
        written, inflected = self._written(index), self._inflected(index)
        if written and inflected:
            return inflected if inflected.last > written.last else written
        return written or inflected

    def _written(self, index: int) -> Hit | None:
        lexemes = lexicon()
        start = self.tokens[index].start - self.offset
        reach = lexemes.reach.get(self.text[start : start + 1], 0)
        # Only whole words: 花 must not be found in 花火, nor いぬ inside いぬる.
        last = index
        while last < len(self.tokens) and self.ends[last] - start <= reach:
            last += 1
        for stop in range(last, index, -1):
            concept = lexemes.surfaces.get(self.text[start : self.ends[stop - 1]])
            if concept is not None:
                return Hit(index, stop, concept)
        return None

    def _inflected(self, index: int) -> Hit | None:
        rank = self.rank.get(index)
        if rank is None:
            return None
        lexemes = lexicon()
        depth = lexemes.depth.get(self.tokens[index].lemma, 0)
        for last in range(min(len(self.content), rank + depth), rank, -1):
            places = self.content[rank:last]
            concept = lexemes.lemmas.get(tuple(self.tokens[place].lemma for place in places))
            if concept is not None and plain(self.tokens, places):
                return Hit(index, places[-1] + 1, concept)
        return None


def plain(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    """Tell whether a verb is negated plainly: 話してない and 話されたくない are not 話さない."""
    if len(places) != PAIR or tokens[places[1]].lemma != "ない":
        return True
    between = {token.lemma for token in tokens[places[0] + 1 : places[1]]}
    return between.isdisjoint(cues.GOING_ON) and not ("たい" in between and between & cues.PASSIVE)


def misspelt(token: Token, index: int) -> Hit | None:
    """Return the expression that a kana noun was probably meant to be."""
    word = fold(token.surface)
    if token.kind != "名詞" or not spellable(word):
        return None
    concept = _near(word)
    return Hit(index, index + 1, concept, FUZZY_CONFIDENCE) if concept else None


@lru_cache(maxsize=8192)
def _near(word: str) -> Concept | None:
    lexemes = lexicon()
    alike = lexemes.sounds.get(sound(word))
    if alike is not None:
        return alike
    best = process.extractOne(word, lexemes.kana, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
    return lexemes.surfaces[best[0]] if best else None
