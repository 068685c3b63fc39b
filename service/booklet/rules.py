"""What a host may agree to have printed, and what of its needs then is. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from catalogue.terms import ActivityTerms
from service.languages.ours import ours


class Shown(StrEnum):
    """How much of a host stands in the booklet; nobody is in it without having agreed."""

    NO = "no"
    LISTED = "listed"
    WITH_NEEDS = "with_needs"


class Need(StrEnum):
    PEOPLE = "people"
    THINGS = "things"
    PLACE = "place"
    MONEY = "money"
    WORRY = "worry"


SHOWN_WORDS: Final[dict[Shown, str]] = ours(
    {
        Shown.NO: "のせない",
        Shown.LISTED: "名前と活動をのせる",
        Shown.WITH_NEEDS: "ほしいものと困りごとものせる",
    }
)
NEED_WORDS: Final[dict[Need, str]] = ours(
    {
        Need.PEOPLE: "人",
        Need.THINGS: "物",
        Need.PLACE: "場所",
        Need.MONEY: "お金",
        Need.WORRY: "気がかり",
    }
)


def needs_of(told: Sequence[tuple[str, ActivityTerms]]) -> dict[Need, list[str]]:
    """Return what a host needs over all its activities, and for which of several it is."""
    found: dict[Need, list[str]] = {need: [] for need in Need}
    for title, terms in told:
        for need in Need:
            if said := need_in(terms, need):
                found[need].append(said if len(told) == 1 else f"{said}({title})")
    return {need: lines for need, lines in found.items() if lines}


def need_in(terms: ActivityTerms, need: Need) -> str:
    """Return what is said of one need at one activity."""
    said: str = terms.worry if need is Need.WORRY else getattr(terms.needs, need)
    return said.strip()
