"""One name for each allergen, however it is written: a safety limit must not hang on spelling.

The groups are the eight whose labelling Japanese law requires (Food Labelling Standards, table 14)
and some that it recommends; other words are compared by their sound (kana and width made equal).
"""

from collections.abc import Mapping
from typing import Final
from unicodedata import normalize

PREFIX: Final = "allergen:"
GROUPS: Final = (
    ("卵", "たまご", "タマゴ", "玉子", "鶏卵", "egg", "eggs"),
    ("乳", "牛乳", "乳製品", "ミルク", "milk", "dairy"),
    ("小麦", "こむぎ", "小麦粉", "wheat"),
    ("そば", "蕎麦", "ソバ", "そば粉", "buckwheat", "soba"),
    ("落花生", "らっかせい", "ピーナッツ", "ピーナツ", "peanut", "peanuts"),
    ("えび", "海老", "エビ", "shrimp", "prawn"),
    ("かに", "蟹", "カニ", "crab"),
    ("くるみ", "胡桃", "クルミ", "walnut", "walnuts"),
    ("大豆", "だいず", "soy", "soya", "soybean"),
    ("ごま", "胡麻", "ゴマ", "sesame"),
    ("さけ", "鮭", "サケ", "salmon"),
    ("さば", "鯖", "サバ", "mackerel"),
)
FIRST_KATAKANA: Final = 0x30A1
LAST_KATAKANA: Final = 0x30F6
TO_HIRAGANA: Final = 0x60


def _sound(word: str) -> str:
    """Return a word in small letters, half width where there is one, and hiragana."""
    letters = normalize("NFKC", word).strip().casefold()
    return "".join(
        chr(ord(x) - TO_HIRAGANA) if FIRST_KATAKANA <= ord(x) <= LAST_KATAKANA else x
        for x in letters
    )


USUAL: Final[Mapping[str, str]] = {_sound(word): group[0] for group in GROUPS for word in group}


def usual(hazard: str) -> str:
    """Return an allergen under its usual name; any other hazard as it is."""
    if not hazard.startswith(PREFIX):
        return hazard
    sound = _sound(hazard.removeprefix(PREFIX))
    return PREFIX + USUAL.get(sound, sound)
