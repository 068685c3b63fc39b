"""Codes for people: a plant's name and two figures, easy to say and saying nothing."""

import secrets
from collections.abc import Collection
from typing import Final

PLANTS: Final = (
    "あおい", "あかね", "あさがお", "あじさい", "あんず", "いちょう", "うめ", "かえで", "かりん",
    "ききょう", "くるみ", "こぶし", "さくら", "しいのき", "すいれん", "すすき", "すみれ", "せり",
    "たんぽぽ", "つくし", "つばき", "なでしこ", "なのはな", "はぎ", "ひまわり", "ふじ", "ほおずき",
    "まつば", "みかん", "もくれん", "やなぎ", "ゆず", "よもぎ", "りんどう", "れんげ", "わらび",
)  # fmt: skip
FIGURES: Final = 100


def free_code(taken: Collection[str]) -> str:
    """Draw a code that nobody has; it follows no order, so it tells nothing of when."""
    free = [
        code
        for plant in PLANTS
        for figure in range(1, FIGURES)
        if (code := f"{plant}{figure:02d}") not in taken
    ]
    if free:
        return secrets.choice(free)
    # A town that has used up all short codes goes on with longer ones.
    return f"{secrets.choice(PLANTS)}{secrets.randbelow(10**8):08d}"
