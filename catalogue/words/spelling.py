"""How kana words sound, so that a misspelling is still understood."""

import re
from typing import Final

SHORTEST: Final = 4
LONGEST: Final = 16
_KANA: Final = re.compile(r"[ぁ-ゖー]+")
# Vowels by column of the kana table, to see that かうひー sounds like こーひー.
_ROWS: Final = {
    "a": "あかさたなはまやらわがざだばぱゃ",
    "i": "いきしちにひみりぎじぢびぴ",
    "u": "うくすつぬふむゆるぐずづぶぷゅ",
    "e": "えけせてねへめれげぜでべぺ",
    "o": "おこそとのほもよろをごぞどぼぽょ",
}
_VOWEL: Final = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_LONG: Final = {
    sign: tuple(vowels)
    for sign, vowels in {
        "あ": "a",
        "ぁ": "a",
        "い": "ie",
        "ぃ": "ie",
        "う": "uo",
        "え": "e",
        "お": "o",
    }.items()
}
_TO_O: Final = dict(zip("かさたなはまらがざばぱあ", "こそとのほもろごぞぼぽお", strict=True))


def all_kana(word: str) -> bool:
    """Tell whether a folded word is written in kana only."""
    return _KANA.fullmatch(word) is not None


def spellable(word: str) -> bool:
    """Tell whether a word is plain kana and long enough to be recognised when misspelt."""
    return SHORTEST <= len(word) <= LONGEST and all_kana(word)


def sound(kana: str) -> str:
    """Write long vowels of a kana word one way: かうひい, こうひー and こーひー become one."""
    heard: list[str] = []
    for sign in kana:
        before = heard[-1] if heard else ""
        if sign == "う" and before in _TO_O:
            heard[-1:] = [_TO_O[before], "ー"]
        elif _VOWEL.get(before, "-") in _LONG.get(sign, ()):
            heard.append("ー")
        elif sign != "ー" or before != "ー":
            heard.append(sign)
    return "".join(heard)
