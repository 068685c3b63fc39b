"""The office's own rhythm: which cadence holds on a day, and on which days nobody is there."""

import hashlib
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import chain
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

from service.followup.bounds import Lines, cadence_of, lines_of
from service.followup.cadence import STANDARD, Cadence, Occasion
from service.followup.repository import settings as repository
from service.followup.tables import CadenceVersion
from service.followup.workdays import shifted
from service.placements.lifecycle import Side

# Another number whenever the rule, or what it is told, says something else of the same facts.
DERIVATION: Final = 3
_HOLIDAYS: Final = version("jpholiday")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What holds on a day; ``rule`` names it, so that rows tell under which they were derived."""

    cadence: Cadence
    rule: str


def rhythm(session: Session, municipality_id: UUID, *, on: date) -> Rhythm:
    """Return the cadence that holds on a day, with the office's closures."""
    held = repository.version_on(session, municipality_id, on)
    closures = closed_days(repository.spans(session, municipality_id))
    digest = hashlib.sha256(",".join(map(str, sorted(closures))).encode()).hexdigest()[:16]
    rule = f"{DERIVATION}/{_HOLIDAYS}/{held.version if held else 0}/{digest}"
    return Rhythm(cadence_of(kept(held), closures), rule)


def kept(held: CadenceVersion | None) -> Lines:
    """Return the lines that a version holds; without one, those of the standard."""
    return as_lines(held.lines) if held else lines_of(STANDARD)


def as_lines(document: dict[str, Any]) -> dict[Occasion, dict[Side, list[tuple[int, int, int]]]]:
    """Read lines as they are kept: words, and figures in threes."""
    return {
        Occasion(occasion): {
            Side(side): [(earliest, due, late) for earliest, due, late in windows]
            for side, windows in sides.items()
        }
        for occasion, sides in document.items()
    }


def closed_days(spans: list[tuple[date, date]]) -> frozenset[date]:
    """Return every day of these spans."""
    days = (
        (shifted(first, number) for number in range((last - first).days + 1))
        for first, last in spans
    )
    return frozenset(chain.from_iterable(days))
