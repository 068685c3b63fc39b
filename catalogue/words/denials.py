"""What a negation really says: fondness, something missed, or that it need not be."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from catalogue.words import cues
from catalogue.words.tokens import Token

_NEAR: Final = 4  # words between 切らす and ない in 切らしたことがない
_REACH: Final = 16  # words back to しか, さえ or だけは
_E_ROW: Final = frozenset("えけげせてねべめれ")
_U_ROW: Final = frozenset("うくぐすつぬぶむる")


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


def going_on(tokens: Sequence[Token], place: int) -> bool:
    """Tell しゃべってない and 聞いていない from しゃべらない."""
    before = tokens[max(0, place - 2) : place]
    if before and before[-1].kind == "助動詞" and before[-1].lemma in cues.GOING_ON:
        return True
    return [token.lemma for token in before] == ["て", "居る"]


def lacks(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether what is not going on is missed by itself: 行けてない, だれとも会ってない.

    A plain 飲んでいない is left as it is, unless a long time is named (see Listener.long).
    """
    before = _before(tokens, place)
    if not cues.COMPANY.isdisjoint(before[-5:]):
        return True
    verb = tokens[max(0, place - 2 - (before[-1] == "居る"))]
    return verb.lemma in cues.ABILITY or can(verb)


def can(verb: Token) -> bool:
    """Tell a verb that says what one is able to do, such as 行ける, from 行く."""
    return verb.kind == "動詞" and verb.surface[-1:] in _E_ROW and verb.lemma[-1:] in _U_ROW


def untried(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether something has only never been done yet: 編んだことがない."""
    before = [token.lemma for token in tokens[max(0, place - 3) : place]]
    return "こと" in before and before[before.index("こと") - 1 :][:1] in (["た"], ["だ"])


def unshown(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether something is done but has never been shown: 見せたことがない."""
    before = _before(tokens, place)
    return untried(tokens, place) and (not cues.SHOWING.isdisjoint(before[-5:]) or "人前" in before)


def labelled(tokens: Sequence[Token], place: int) -> bool:
    """Tell a name that others give from the thing itself: 年寄り扱い, 先生と呼ばれる."""
    following = tokens[place : place + 3]
    lemmas = [token.lemma for token in following]
    if lemmas[:1] and lemmas[0] in cues.LABELS:
        return True
    return lemmas[:2] == ["と", "呼ぶ"]


def unasked(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether others shall not ask or speak of it: 前のことは聞かれたくない."""
    before = _before(tokens, place)
    return (
        before[-1:] == ["たい"]
        and not cues.PASSIVE.isdisjoint(before[-3:-1])
        and not cues.ASKING.isdisjoint(before[-4:])
    )


def concedes(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether something is said to be unnecessary: 話さなくても大丈夫, 持たなくてよい."""
    following = tokens[place + 1 : place + 3]
    if len(following) < 2 or following[0].surface != "て":  # noqa: PLR2004 - て and one more
        return False
    return following[1].surface == "も" or following[1].lemma == "良い"


def enough(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether somebody has had enough: もういい, もうたくさん, 今はいい."""
    if tokens[place].lemma not in cues.ENOUGH:
        return False
    before = [token.lemma for token in tokens[max(0, place - 2) : place]]
    return before[-1:] == ["もう"] or (before == ["今", "は"] and place == len(tokens) - 1)


def passionate(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the scolding is for a passion: 分解しては親に叱られた."""
    return tokens[place].lemma in cues.SCOLDED and _follow(tokens, place, "て", "は")


def looked_after(tokens: Sequence[Token], place: int) -> bool:
    """Tell 面倒をみる, to look after somebody, from 面倒, a nuisance."""
    following = tokens[place + 1].surface if place + 1 < len(tokens) else ""
    return tokens[place].lemma == "面倒" and following == "を"


def aside(token: Token) -> bool:
    """Tell よける, to clear away, from 避ける: 雪をよける is no aversion to snow."""
    return token.lemma == "避ける" and token.surface.startswith("よけ")
