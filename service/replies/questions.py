"""Name-free questions, put together from codes: whether an arrangement would be possible. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final

from catalogue.names import key
from matching.answer import ArrangementKind
from service.languages.ours import ours, say
from service.refusals import Kind, Refusal


class Ask(StrEnum):
    """What can be asked of a host without speaking of anybody."""

    SHORTER = "shorter"
    SMALLER_DOSE = "smaller_dose"
    JUST_BEING = "just_being"
    NO_TALKING = "no_talking"
    LEAVE_ANY_TIME = "leave_any_time"
    COMPANION = "companion"
    FEWER_PEOPLE = "fewer_people"
    OTHER_SLOT = "other_slot"
    OTHER_ROLE = "other_role"
    LIFT = "lift"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked, with its figure or time where it takes one."""

    ask: Ask
    value: int | str | None = None


DAYS: Final = ours(
    {"mo": "月", "tu": "火", "we": "水", "th": "木", "fr": "金", "sa": "土", "su": "日"}, "weekday"
)
BANDS: Final = ours({"am": "午前", "pm": "午後", "evening": "夕方"})
WHEN: Final = re.compile(f"({'|'.join(DAYS)})-({'|'.join(BANDS)})")

SENTENCES: Final[dict[Ask, str]] = ours(
    {
        Ask.SHORTER: "1回{value}分くらいの短い時間",
        Ask.SMALLER_DOSE: "少ない量や回数から",
        Ask.JUST_BEING: "いるだけでもよい",
        Ask.NO_TALKING: "話さなくてもよい",
        Ask.LEAVE_ANY_TIME: "とちゅうで帰ってもよい",
        Ask.COMPANION: "付きそいの人といっしょに",
        Ask.FEWER_PEOPLE: "{value}人くらいまでの、人の少ない時に",
        Ask.OTHER_SLOT: "{value}に",
        Ask.OTHER_ROLE: "ほかの役割で",
        Ask.LIFT: "送り迎えをしてもらって",
        Ask.HOME: "家でできる形で",
    }
)
# The arrangement of the matching that a question asks about; two of them it needs no word for.
KIND_OF: Final[dict[Ask, ArrangementKind | None]] = {
    Ask.SHORTER: ArrangementKind.SHORTER,
    Ask.SMALLER_DOSE: ArrangementKind.SMALLER_DOSE,
    Ask.JUST_BEING: ArrangementKind.JUST_BEING,
    Ask.NO_TALKING: None,
    Ask.LEAVE_ANY_TIME: None,
    Ask.COMPANION: ArrangementKind.COMPANION,
    Ask.FEWER_PEOPLE: ArrangementKind.FEWER_PEOPLE,
    Ask.OTHER_SLOT: ArrangementKind.OTHER_SLOT,
    Ask.OTHER_ROLE: ArrangementKind.OTHER_ROLE,
    Ask.LIFT: ArrangementKind.LIFT,
    Ask.HOME: ArrangementKind.HOME,
}
FIGURES: Final = {Ask.SHORTER: (5, 480), Ask.FEWER_PEOPLE: (1, 100)}
# Six figures in a row may be somebody's telephone, birthday or number; whatever people put between.
_NUMBER: Final = re.compile(r"(?:\d[\s\-\u2010-\u2015\u2212\u30fc\u30fb./()]{0,2}){6,}")
OWN_LINE_TOP: Final = 200
SHORTEST_NAME: Final = 2  # one sign alone is a word of everyday: 森, 林


class UnfitQuestion(Refusal):
    kind: ClassVar = Kind.MALFORMED


def misput(line: Line) -> Refusal | None:
    """Say why this cannot be asked: a figure that is missing, or out of place."""
    if line.ask in FIGURES:
        low, high = FIGURES[line.ask]
        if not (isinstance(line.value, int) and low <= line.value <= high):
            return UnfitQuestion(f"{line.ask} takes a figure from {low} to {high}")
    elif line.ask is Ask.OTHER_SLOT:
        if not (isinstance(line.value, str) and WHEN.fullmatch(line.value)):
            return UnfitQuestion("other_slot takes a day and a time of day, such as tu-am")
    elif line.value is not None:
        return UnfitQuestion(f"{line.ask} takes no value")
    return None


def said(line: Line) -> str:
    """Say one thing that is asked, as the host reads it."""
    value = line.value
    if line.ask is Ask.OTHER_SLOT and (when := WHEN.fullmatch(str(value))):
        value = say("{day}曜日の{band}", day=DAYS[when[1]], band=BANDS[when[2]])
    return say(SENTENCES[line.ask], value=value)


def names_somebody(own_line: str, known: Iterable[str]) -> Refusal | None:
    """Say why a line of one's own may not leave: a code, a name or a number in it."""
    if _NUMBER.search(unicodedata.normalize("NFKC", own_line)):
        return UnfitQuestion("the line has a number in it that may be somebody's", field="own_line")
    said_here = key(own_line)
    if any(word in said_here for word in map(key, known) if len(word) >= SHORTEST_NAME):
        return UnfitQuestion("the line names somebody", field="own_line")
    return None


def offered(line: Line, terms: dict[str, Any]) -> dict[str, Any]:
    """Return how an activity's terms change when what was asked is offered to everybody.

    Nothing where the terms have no word for it: then the answer itself is what is known.
    """
    plain = {
        Ask.JUST_BEING: "just_being_ok",
        Ask.NO_TALKING: "no_talk_ok",
        Ask.LEAVE_ANY_TIME: "leave_any_time",
        Ask.COMPANION: "accompaniment_ok",
    }
    if line.ask in plain:
        return {plain[line.ask]: True}
    if line.ask is Ask.SHORTER and isinstance(line.value, int):
        known = terms.get("minutes") or {"min": line.value, "max": line.value}
        least, most = min(known["min"], line.value), max(known["max"], line.value)
        return {"minutes": {"min": least, "max": most}}
    if line.ask is Ask.FEWER_PEOPLE and isinstance(line.value, int):
        least, most = terms.get("group_size") or [line.value, line.value]
        return {"group_size": [min(line.value, least), most]}
    return {}
