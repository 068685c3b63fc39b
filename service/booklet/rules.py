"""What a host may agree to have printed, and the needs that there are. Pure."""

from enum import StrEnum
from typing import Final

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
