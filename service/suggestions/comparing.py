"""Two or three proposals side by side, row by row, and which rows tell them apart."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from service.hosts import leaflet
from service.languages.ours import ours, say
from service.suggestions.cards import Card
from service.suggestions.weighing import Weight
from service.web.dates import opening_words

BY_TALK: Final = ours("日は相談して決めます")
NOTHING: Final = ours("とくにない")
AS_IT_IS: Final = ours("そのままでよい")
REASONS: Final = 5  # those that weigh most; a tired reader takes in no more


class Row(NamedTuple):
    """One thing that is compared: the lines of each activity, and its picture where it has one."""

    name: str
    cells: list[list[str]]
    weights: list[Weight] | None = None
    beside: str = ""

    @property
    def differs(self) -> bool:
        return any(cell != self.cells[0] for cell in self.cells)


def rows(cards: Sequence[Card]) -> list[Row]:
    """Return what the cards say, one row for each question that people ask."""
    facts = [{line.name: line.said for line in leaflet.facts(card.terms)} for card in cards]
    told = [card.told for card in cards]
    return [
        Row(ours("はじめの日"), [_days(card) for card in cards]),
        Row(ours("どこで"), [_place(card) for card in cards]),
        Row(
            ours("どのくらい"),
            [_amount(card, known["時間"]) for card, known in zip(cards, facts, strict=True)],
        ),
        Row(ours("だれと"), [[known["人数"], known["だれがいるか"]] for known in facts]),
        Row(
            ours("これでもよい"),
            [leaflet.welcomes(card.terms) or [leaflet.UNKNOWN] for card in cards],
        ),
        *_loads(cards),
        Row(ours("気をつけること"), [[known["気をつけること"]] for known in facts]),
        Row(ours("お金"), [[known["お金"], known["お礼"]] for known in facts]),
        Row(ours("合うところ"), [_texts(each["reasons"][:REASONS]) for each in told]),
        Row(ours("確かめること"), [_texts(each["to_check"]) for each in told]),
        Row(ours("小さくすると"), [card.smaller or [AS_IT_IS] for card in cards]),
    ]


def _texts(reasons: Sequence[dict[str, str]]) -> list[str]:
    return [each["text"] for each in reasons] or [NOTHING]


def _days(card: Card) -> list[str]:
    openings = card.told["start"]["first_occurrences"]
    return [opening_words(each) for each in openings] or [card.terms.when or BY_TALK]


def _place(card: Card) -> list[str]:
    return [each for each in (card.host.name, card.area.name, card.way) if each]


def _amount(card: Card, minutes: str) -> list[str]:
    start = card.told["start"]
    first = [say("はじめは {minutes}分", minutes=start["minutes"])] if start["minutes"] else []
    return [*first, say("いつもは {minutes}", minutes=minutes), card.terms.dose or leaflet.UNKNOWN]


def _loads(cards: Sequence[Card]) -> list[Row]:
    each = [card.weights for card in cards]
    return [
        Row(
            weights[0].words,
            [[weight.asked_words] for weight in weights],
            list(weights),
            weights[0].ceiling_words,
        )
        for weights in zip(*each, strict=True)
    ]
