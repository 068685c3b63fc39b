"""What a negation really says: fondness, something missed, or that it need not be."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from catalogue.words import cues
from catalogue.words.tokens import Token

_NEAR: Final = 4  # words between 切らす and ない in 切らしたことがない
_REACH: Final = 16  # words back to しか, さえ or だけは


def denies(token: Token) -> bool:
    """Tell whether a noun denies: 接客なし, 会話は不要."""
    return token.lemma in cues.DENIALS and token.kind != "固有名詞"


def fond(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a negation speaks for something: 欠かせない, それしかない, だけは枯らさない."""
    before = _before(tokens, place)
    if "しか" in before or ("さえ" in before and "ば" in before):
        return True
    near = before[-_NEAR:]
    if not cues.FOND_NEGATIONS.isdisjoint(near):
        return "たい" not in near
    return _follow(tokens, place, "だけ", "は") and cues.ABILITY.isdisjoint(near)


def _before(tokens: Sequence[Token], place: int) -> list[str]:
    return [token.lemma for token in tokens[max(0, place - _REACH) : place]]


def _follow(tokens: Sequence[Token], place: int, one: str, other: str) -> bool:
    """Tell whether two words stand side by side before a place: だけは, ては."""
    surfaces = [token.surface for token in tokens[max(0, place - _REACH) : place]]
    return (one, other) in pairwise(surfaces)


def misses(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a negation tells of something lost: できなかった, しなくなった, もう会えない."""
    before = _before(tokens, place)
    if "たい" in before[-2:]:
        return False
    following = tokens[place + 1].lemma if place + 1 < len(tokens) else ""
    if following == "た" or (following == "成る" and cues.ABILITY.isdisjoint(before[-2:])):
        return True
    return "もう" in before and not cues.MISSED.isdisjoint(before[-3:])


def concedes(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether something is said to be unnecessary: 話さなくても大丈夫, 持たなくてよい."""
    following = tokens[place + 1 : place + 3]
    if len(following) < 2 or following[0].surface != "て":  # noqa: PLR2004 - て and one more
        return False
    return following[1].surface == "も" or following[1].lemma == "良い"


def enough(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether somebody has had enough: もういい, もうたくさん."""
    return place > 0 and tokens[place].lemma in cues.ENOUGH and tokens[place - 1].lemma == "もう"


def passionate(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the scolding is for a passion: 分解しては親に叱られた."""
    return tokens[place].lemma in cues.SCOLDED and _follow(tokens, place, "て", "は")


def looked_after(tokens: Sequence[Token], place: int) -> bool:
    """Tell 面倒をみる, to look after somebody, from 面倒, a nuisance."""
    following = tokens[place + 1].surface if place + 1 < len(tokens) else ""
    return tokens[place].lemma == "面倒" and following == "を"
