"""What matching answers: proposals with reasons as codes and values, never as finished text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

Value = str | int | float | tuple[str | int, ...] | None


class ArrangementKind(StrEnum):
    """What can be arranged so that a limit no longer stands in the way."""

    SHORTER = "shorter"
    SMALLER_DOSE = "smaller_dose"
    JUST_BEING = "just_being"
    COMPANION = "companion"
    OTHER_SLOT = "other_slot"
    FEWER_PEOPLE = "fewer_people"
    OTHER_ROLE = "other_role"
    LIFT = "lift"
    HOME = "home"


class Reason(NamedTuple):
    """One reason: its code, the activity's value (None = unknown) and what it was held against."""

    code: str
    value: Value = None
    limit: Value = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One change that opens a limit, from what is offered to what would be agreed.

    ``heard`` is the day on which the host said yes to it, None where nobody asked yet.
    """

    kind: ArrangementKind
    from_: Value = None
    to: Value = None
    heard: date | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What to begin with: minutes a time, dose, the next dates (at most three), the way."""

    minutes: int | None
    dose: str
    first_occurrences: tuple[datetime, ...]
    travel_minutes: int | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One activity proposed; ``factors`` are (name, share of the score), greatest first.

    ``score`` lies in [0, 1] and orders a tier; it is never shown to people.
    """

    activity: str
    score: float
    reasons: tuple[Reason, ...]
    to_check: tuple[Reason, ...]
    arrangements: tuple[Arrangement, ...]
    start: Start
    factors: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One activity left out, with every reason."""

    activity: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one person: held with a reason, or four tiers in the order to recommend.

    ``order`` has the activities of the first three tiers, the best to propose first: a place that
    needs one small arrangement may stand before one that needs none and has little to do with the
    person.
    ``excluded`` has everything left out, the nearest misses first, each explained when read.
    """

    held: Reason | None = None
    fits: tuple[Proposal, ...] = ()
    adaptable: tuple[Proposal, ...] = ()
    ask_host: tuple[Proposal, ...] = ()
    excluded: Sequence[Exclusion] = ()
    order: tuple[str, ...] = ()
