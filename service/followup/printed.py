"""Print the cadence as a table; docs/follow-up.md carries this very text."""

import sys
from typing import Final

from service.followup.cadence import STANDARD, Cadence, Count, Line, Occasion, Window

NAMES: Final[dict[Occasion, str]] = {
    Occasion.CONCERN: "a concern from either side",
    Occasion.BEFORE_FIRST: "before the first visit",
    Occasion.AFTER_FIRST: "after the first visit",
    Occasion.EARLY: "weeks 2–4",
    Occasion.MIDDLE: "months 2–3",
    Occasion.LATER: "months 4–12",
    Occasion.YEARLY: "after a year",
    Occasion.RESTED: "rested without word",
    Occasion.UNHEARD: "nobody heard how the day was",
    Occasion.STEPPED_BACK: "a step back",
    Occasion.TOLD_OF_REST: "resting: the host is told",
    Occasion.RESTING: "resting",
    Occasion.EXIT: "ended",
    Occasion.AFTERWARDS: "after the end",
    Occasion.ASKED: "asked, no answer",
    Occasion.WAITING: "no day agreed yet",
    Occasion.AT_HOME: "not met or at home, no placement",
    Occasion.CONSENT_ENDS: "consent about to end",
    Occasion.UNCONFIRMED: "host not confirmed",
}

_UNITS: Final[dict[Count, str]] = {
    Count.ONWARD: "",
    Count.BACKWARD: "",
    Count.WORKING: " working days",
}


def printed(cadence: Cadence = STANDARD) -> str:
    """Return the table of windows as Markdown, from the cadence and nothing else."""
    head = ("| occasion | when | person | host |", "|---|---|---|---|")
    return "\n".join((*head, *(_row(line) for line in cadence.lines), ""))


def _row(line: Line) -> str:
    person, host = _cell(line.person), _cell(line.host)
    return f"| `{line.occasion}` | {NAMES[line.occasion]} | {person} | {host} |"


def _cell(windows: tuple[Window, ...]) -> str:
    return "; ".join(_figures(window) for window in windows) or "–"


def _figures(window: Window) -> str:
    days = f"{window.earliest:+d}, {window.due:+d}, {window.late:+d}{_UNITS[window.count]}"
    return f"{days} after each answer" if window.every else days


if __name__ == "__main__":
    sys.stdout.write(printed())
