"""Draw what one host calls somebody: a flower and a figure, by lot."""

import secrets
from typing import Final

WORDS: Final = (
    "あさがお", "あじさい", "あやめ", "いちょう", "うめ", "かえで", "かきつばた", "かすみそう",
    "ききょう", "きんもくせい", "くちなし", "けやき", "こすもす", "さくら", "さざんか", "しらかば",
    "すいせん", "すずらん", "すみれ", "せんりょう", "たちばな", "たんぽぽ", "つつじ", "つばき",
    "なでしこ", "なのはな", "ねむのき", "はぎ", "はなみずき", "ひいらぎ", "ひまわり", "ふじ",
    "ふようの花", "ぼけ", "まつ", "みずばしょう", "むくげ", "もくれん", "もみじ", "やまぶき",
    "ゆきやなぎ", "ゆず", "よもぎ", "らんの花", "りんどう", "れんげ", "れんぎょう", "わすれなぐさ",
)  # fmt: skip
FIGURES: Final = 90


def drawn() -> str:
    """Return a name by lot. It is made of nothing that is known of anybody."""
    return f"{secrets.choice(WORDS)}{secrets.randbelow(FIGURES) + 10}さん"
