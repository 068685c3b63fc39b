"""Where a sentence turns: its runs between commas, its contrasts, reasons and doubts."""

from collections.abc import Iterator, Sequence
from typing import Final

from catalogue.words import cues
from catalogue.words.tokens import Token

_BREAKS: Final = frozenset("、,.・/／|;；:：()[]（）【】「」『』〈〉…—")
_FINAL_FORMS: Final = ("終止形", "連体形", "命令形", "意志推量形")


def runs(tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], bool]]:
    """Cut at commas and brackets; say whether what stands before the cut is complete."""
    start = 0
    for place, token in enumerate(tokens):
        if token.surface in _BREAKS or token.kind == "空白":
            if place > start:
                yield tokens[start:place], _complete(tokens[place - 1])
            start = place + 1
    if start < len(tokens):
        yield tokens[start:], True


def _complete(last: Token) -> bool:
    """Tell whether a clause ends here: 犬、猫は苦手 goes on after the comma."""
    if last.kind == "助詞":
        return last.subkind == "終助詞" or (
            last.subkind == "接続助詞" and last.lemma in (*cues.CONTRAST, "し")
        )
    return last.kind in ("動詞", "形容詞", "助動詞") and last.form.startswith(_FINAL_FORMS)


def contrasts(token: Token) -> bool:
    """Tell whether the sense turns here: けれど, が, でも."""
    if token.kind == "接続詞":
        return token.lemma in cues.CONTRAST_STARTS
    return token.subkind == "接続助詞" and token.lemma in cues.CONTRAST


def although(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether のに sets against: 好きなのに, できるのに; but not 聞くのに向いている."""
    surfaces = [token.surface for token in tokens[max(0, place - 2) : place + 1]]
    if surfaces[-2:] != ["の", "に"]:
        return False
    return surfaces[0] in ("な", "た") or tokens[place - 2].lemma in cues.ABILITY


def confident(tokens: Sequence[Token], place: int) -> bool:
    """Tell 自信がある from 自信がない, which worries."""
    following = [token.lemma for token in tokens[place + 1 : place + 5]]
    return not cues.HAVING.isdisjoint(following) and "ない" not in following


def gives_reason(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a reason ends here: こわくて, 疲れるので; but not なくても, していない."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.subkind == "準体助詞":
        return following is not None and following.surface == "で"
    if token.subkind != "接続助詞" or token.lemma not in cues.REASONS:
        return False
    return following is None or (
        following.surface not in "はも" and following.lemma not in cues.AUXILIARY
    )


def hesitates(tokens: Sequence[Token], place: int) -> bool:
    """虫はちょっと… is a polite no."""
    return tokens[place].lemma == "一寸" and place == len(tokens) - 1 and place > 0


def wonders(tokens: Sequence[Token], place: int) -> bool:
    """どうしよう is a worry."""
    if tokens[place].lemma not in ("どう", "如何") or place + 1 == len(tokens):
        return False
    following = tokens[place + 1]
    return following.lemma == "為る" and following.form.startswith("意志推量形")


def spoken_of(before: Token | None) -> bool:
    """Tell whether 話 has a topic: ゲームの話, つらかった話."""
    return before is not None and (before.lemma in ("の", "た") or before.form.startswith("連体形"))


def opens(token: Token) -> bool:
    """Tell whether a word begins a new phrase."""
    return token.content and token.lemma not in cues.TRANSPARENT


def telling(token: Token) -> bool:
    """Tell whether a word says something about an activity."""
    return token.content and token.subkind != "数詞" and token.lemma not in cues.TOO_COMMON
