"""Codes for people: a plant's name and two figures, easy to say and saying nothing."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Final

from sqlmodel import Session

from service.accounts.actions import Staff
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event

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


class CodeTaken(Refusal):
    kind: ClassVar = Kind.CONFLICT


def code_taken(session: Session, staff: Staff, *, at: datetime) -> CodeTaken:
    """Refuse a code; the answer says that somebody bears it, so who asks is written down."""
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.NOT_FOUND,
        at=at,
        detail={"answer": CodeTaken.__name__},
        even_if_refused=True,
    )
    return CodeTaken("somebody else has this code")
