"""Keys by which a name is found however it was typed. Pure; a key is never stored."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

import jaconv

from catalogue.variants import USUAL_FORM

LEAST_DIGITS: Final = 4  # of a telephone number; fewer stand in half of all numbers
# What a name may lose without being another: selectors of shape, joiners, and what firms put first.
_SHAPE: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200c\u200d]")
_FIRM: Final = re.compile(r"\((?:株|有|社|財|名|資|医|福|学|宗)\)|株式会社|有限会社|合同会社")
_AGAIN: Final = re.compile("(.)[々仝〻]")
# Banks and old files write small kana large.
_LARGE: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")


def key(text: str) -> str:
    """Fold a name: widths, kana, old and other forms of kanji, case, spaces and signs."""
    even = _FIRM.sub("", unicodedata.normalize("NFKC", _SHAPE.sub("", text)))
    usual = _AGAIN.sub(r"\1\1", even.translate(USUAL_FORM))
    kana = str(jaconv.kata2hira(usual)).translate(_LARGE).casefold()
    return "".join(sign for sign in kana if unicodedata.category(sign)[0] in "LNM" or sign == "ー")


def digits(text: str) -> str:
    """Return the figures of a telephone number."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for, folded once for all the names that it is held against."""

    words: str
    number: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Fold what was typed."""
        number = digits(text)
        return cls(key(text), number if len(number) >= LEAST_DIGITS else "")

    def stands_in(self, names: Iterable[str], *, telephone: str = "") -> bool:
        """Say whether it stands in one of the names, or in the telephone number."""
        if self.words and any(self.words in key(name) for name in names):
            return True
        return bool(self.number) and self.number in digits(telephone)
