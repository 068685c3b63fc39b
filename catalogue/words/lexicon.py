"""Every expression of the vocabulary, indexed by how it is written, inflected and heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from catalogue.words.facets import Concept
from catalogue.words.spelling import all_kana, sound, spellable
from catalogue.words.tokens import Token, fold, normalise, tokenize
from catalogue.words.vocabulary import vocabulary

# 掃除をする is found as 掃除; 行く所 must not be found as 行く.
COUNTED: Final = 2
_BESIDE_ONE: Final = frozenset(("為る", "を", "御"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The expressions by folded surface, by content lemmas and by sound, with longest lengths."""

    surfaces: Mapping[str, Concept]
    reach: Mapping[str, int]
    lemmas: Mapping[tuple[str, ...], Concept]
    depth: Mapping[str, int]
    sounds: Mapping[str, Concept]
    kana: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Index every expression of the vocabulary, once."""
    surfaces: dict[str, Concept] = {}
    lemmas: dict[tuple[str, ...], Concept] = {}
    for concept in vocabulary().concepts.values():
        for word in concept.words:
            shape = normalise(word)
            surfaces.setdefault(fold(shape), concept)
            key = _lemmas(tokenize(shape))
            if key:
                lemmas.setdefault(key, concept)
    kana = tuple(word for word in surfaces if spellable(word))
    return Lexicon(
        surfaces,
        _longest({word: len(word) for word in surfaces}),
        lemmas,
        _longest({key: len(key) for key in lemmas}),
        {sound(word): surfaces[word] for word in kana},
        kana,
    )


def _lemmas(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the content lemmas by which inflected forms are found, or nothing.

    行く所 must not be found in every 行く: a single lemma stands only for itself and する.
    """
    key = tuple(token.lemma for token in tokens if token.content)
    rest = {token.lemma for token in tokens if not token.content}
    if len(key) == 1 and (key == ("ない",) or not rest <= _BESIDE_ONE):
        return ()
    # お使い must not be found in every 使う.
    if "御" in rest and any(token.content and token.kind == "動詞" for token in tokens):
        return ()
    # 三人くらい must not be found in every 三人: a number with one counter only as written.
    if rest and tokens[0].subkind == "数詞" and len(key) <= COUNTED:
        return ()
    # おどり is no お plus 取り: kana in pieces may be cut wrongly, so only as written.
    if rest and all_kana("".join(token.surface for token in tokens)):
        return ()
    return key


def _longest(lengths: Mapping[str, int] | Mapping[tuple[str, ...], int]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key, length in lengths.items():
        longest[key[0]] = max(longest.get(key[0], 0), length)
    return longest
