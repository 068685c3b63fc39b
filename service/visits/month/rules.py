"""What may stand in a box of the month's grid, and what it means. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from service.languages.ours import ours
from service.visits.rules import Report
from service.visits.words import TOOK_PART, Outcome

# The figure that is written and typed, and the sign that stands there afterwards.
FIGURES: Final[dict[Outcome, str]] = {
    Outcome.CAME: "1",
    Outcome.WAS_THERE: "2",
    Outcome.LEFT_EARLY: "3",
    Outcome.RESTED: "4",
    Outcome.HOST_CANCELLED: "5",
    Outcome.COMPANION_UNAVAILABLE: "6",
    Outcome.MOVED: "",  # by whom has no room in a box
    Outcome.UNKNOWN: "",  # an empty box says it
}
SIGNS: Final[dict[Outcome, str]] = {
    Outcome.CAME: "来",
    Outcome.WAS_THERE: "い",
    Outcome.LEFT_EARLY: "早",
    Outcome.RESTED: "休",
    Outcome.HOST_CANCELLED: "受",
    Outcome.COMPANION_UNAVAILABLE: "付",
    Outcome.MOVED: "変",
    Outcome.UNKNOWN: "？",
}
TYPED: Final = {figure: outcome for outcome, figure in FIGURES.items() if figure}
BY_SIGN: Final = {SIGNS[outcome]: outcome for outcome in TYPED.values()}
LONGEST: Final = 1440
LONGEST_MARK: Final = 20
_FIGURE: Final = re.compile(r"([1-6])(?:[ .,:/・-]+([0-9]{1,9})分?)?")
_SIGN: Final = re.compile(rf"([{''.join(BY_SIGN)}])[ .,:/・-]*(?:([0-9]{{1,9}})分?)?")

NOT_A_MARK: Final = ours("1から6までの数字で書いてください。分も書くときは「1 40」のように書きます")
TOO_LONG: Final = ours("分は、1440までで書いてください")
NOT_MEASURED: Final = ours("分を書けるのは、その場にいた日(1・2・3)だけです")
NO_SUCH_DAY: Final = ours("日は、この月の日を数字で書いてください")
NO_DAY: Final = ours("何日かを書いてください")
NO_MARK: Final = ours("どうだったかを、1から6までの数字で書いてください")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a box says: what became of the day, and how long if that was written."""

    outcome: Outcome
    minutes: int | None = None

    def on(self, day: date) -> Report:
        return Report(occurred_on=day, outcome=self.outcome, minutes=self.minutes)


def read_mark(said: str) -> Mark | str:
    """Read what stands in a box, or say what is wrong with it."""
    plain = unicodedata.normalize("NFKC", said).strip()
    found = _FIGURE.fullmatch(plain) or _SIGN.fullmatch(plain)
    if found is None:
        return NOT_A_MARK
    outcome = TYPED.get(found[1]) or BY_SIGN[found[1]]
    minutes = None if found[2] is None else int(found[2])
    if minutes is None:
        return Mark(outcome)
    if not TOOK_PART[outcome]:
        return NOT_MEASURED
    return Mark(outcome, minutes) if minutes <= LONGEST else TOO_LONG


def read_day_of(month: date, said: str) -> date | str:
    """Read a day of the month that begins with ``month``: 14, or 14日."""
    plain = unicodedata.normalize("NFKC", said).strip().removesuffix("日")
    whole = plain.isascii() and plain.isdigit() and len(plain) <= len("31")
    days = {day.day: day for day in days_of(month)}
    return days.get(int(plain), NO_SUCH_DAY) if whole else NO_SUCH_DAY


def days_of(month: date) -> list[date]:
    """Return every day of the month that begins on a day."""
    first = month.replace(day=1)
    return [first + timedelta(days=n) for n in range((following(first) - first).days)]


def following(first: date) -> date:
    """Return the first of the next month."""
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1)


def before(first: date) -> date:
    """Return the first of the month before."""
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)
