"""Read the terms of a move from a form, and say in plain words why one was refused."""

from collections.abc import Mapping
from typing import Any, Final

from service.companions.actions import NobodyFree
from service.companions.rules import NOBODY_WORDS
from service.languages.ours import joined, ours, say
from service.persons.words import TOLD_WORDS
from service.placements.actions import NoPlaceLeft
from service.placements.hindrances import NotConsented
from service.placements.lifecycle import Action
from service.placements.obstacles import Hindered, Obstacle
from service.placements.terms import NEEDS, TAKES, Terms
from service.placements.words import EMPLOYMENT_WORDS, END_WORDS, SIDE_WORDS
from service.refusals import Refusal
from service.web.filled import Filled

OBSTACLE_WORDS: Final[dict[Obstacle, str]] = ours(
    {
        Obstacle.PAUSED: "この人への紹介は、いまお休みしています",
        Obstacle.NOT_MET: "まだ本人に会えていません",
        Obstacle.NOT_ASSESSED: "まだ聞きとりがありません",
        Obstacle.ACTIVITY_CLOSED: "この活動は、いまお休みです",
        Obstacle.HOST_RESTING: "受け入れ先は、いまお休みです",
        Obstacle.HOST_HAS_ENOUGH: "受け入れ先の決めた人数です。ふやせるか、電話で聞いてください",
        Obstacle.COOLING_OFF: "少し前に見送ったか、合わなかった活動です",
        Obstacle.ALREADY_OPEN: "この人のこの枠のつなぎは、もう始まっています",
        Obstacle.NO_PLACE: "空きがなくなりました",
        Obstacle.CONSENT_WITHDRAWN: "本人が同意をやめています",
        Obstacle.OTHER_SLOT: "いまは、別の枠にしてください",
    }
)
OTHERWISE: Final = ours("いまはできません。いまの様子を見なおしてください")
NEEDED: Final[Mapping[str, str]] = ours(
    {
        "reason": "なぜかを選んでください",
        "side": "どちらからかを選んでください",
    }
)


def refusal_words(refusal: Refusal) -> str:
    """Return why not, as a page says it."""
    if isinstance(refusal, Hindered):
        return joined("。", [OBSTACLE_WORDS[each] for each in refusal.facts["obstacles"]])
    if isinstance(refusal, NoPlaceLeft):
        return OBSTACLE_WORDS[Obstacle.NO_PLACE]
    if isinstance(refusal, NotConsented):
        told = [TOLD_WORDS.get(field, field) for field in refusal.facts["fields"]]
        fields = joined("、", told)
        return say("「{fields}」は、受け入れ先に話してよいという同意がありません", fields=fields)
    if isinstance(refusal, NobodyFree):
        return NOBODY_WORDS[refusal.facts["lacking"]]
    return OTHERWISE


def read_terms(filled: Filled, action: Action) -> Terms:
    """Return what the form says of the terms that this move takes; empty means not said."""
    takes = TAKES[action]
    said = {name: value for name, value in _all(filled).items() if name in takes}
    for name in NEEDS[action]:
        if said.get(name) is None:
            filled.mistakes[name] = NEEDED[name]
    return Terms(**said)


def _all(filled: Filled) -> dict[str, Any]:
    insured = filled.text("insured")
    told = tuple(field for field in TOLD_WORDS if field in filled.ticked("may_tell"))
    return {
        "own_words": filled.text("own_words", longest=1000) or None,
        "asked_until": filled.day("asked_until"),
        "minutes": filled.number("minutes", lowest=1, highest=1440),
        "dose": filled.text("dose") or None,
        "first_on": filled.day("first_on"),
        "companion": filled.text("companion") or None,
        "may_tell": told or None,
        "kind": filled.choice("kind", EMPLOYMENT_WORDS),
        "insured": {"yes": True, "no": False}.get(insured),
        "rest_until": filled.day("rest_until"),
        "ask_again_on": filled.day("ask_again_on"),
        "reason": filled.choice("reason", END_WORDS),
        "side": filled.choice("side", SIDE_WORDS),
        "supersede_others": True if any(filled.ticked("supersede_others")) else None,
        "override_reason": filled.text("override_reason", longest=500) or None,
    }
