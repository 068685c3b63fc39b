"""Which characters make a text one that somebody has to translate."""

import re
from typing import Final

# From 、 on: kana, kanji, their signs, and what is written full-width.
JAPANESE: Final = re.compile("[\u3001-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffef]")
LETTERS: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff]")


def is_japanese(text: str) -> bool:
    return JAPANESE.search(text) is not None


def has_letters(text: str) -> bool:
    """Say whether there are words, not only signs such as 、 or ・."""
    return LETTERS.search(text) is not None
