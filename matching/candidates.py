"""The other way round: whom one activity might suit, by the same rules, with the same reasons."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from catalogue.profiles import ActivityProfile, PersonProfile
from matching.answer import Proposal
from matching.case import Case
from matching.index import Index
from matching.nothing import blocking
from matching.openings import TOKYO
from matching.standing import Tier, proposals, standing, why_apart
from matching.update import row_of, updated
from matching.weights import WEIGHTS, Weights


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person whom the activity might suit, with what speaks for it and what to check."""

    person: str
    tier: Tier
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Candidates:
    """Tier before score before id; ``suited`` counts all, and the rest are counts by code only.

    ``held`` counts people who get no proposal today or have agreed to nothing, ``unsuited`` what
    keeps the activity shut to the others (one person may count under several codes).
    """

    shown: tuple[Candidate, ...]
    suited: int
    held: tuple[tuple[str, int], ...]
    unsuited: tuple[tuple[str, int], ...]


def _falls(activity: ActivityProfile, slot: str | None, starts_on: date | None) -> ActivityProfile:
    """Return the activity with the dates of one slot only, or from a day on."""
    kept = (
        opening
        for opening in activity.openings
        if slot in (None, opening.slot)
        and (starts_on is None or opening.start.astimezone(TOKYO).date() >= starts_on)
    )
    # a line without dates of its own is by arrangement
    dated = any(opening.slot == slot for opening in activity.openings)
    by_arrangement = activity.by_arrangement and not (slot and dated)
    return replace(activity, openings=tuple(kept), by_arrangement=by_arrangement)


def only(
    index: Index, activity: str, *, slot: str | None = None, starts_on: date | None = None
) -> Index:
    """Return the part of an index that is one activity, on request with some of its dates only.

    Raises:
        KeyError: the index has no such activity.
        ValueError: none of its dates is left.

    """
    row = row_of(index, activity)
    if slot is not None or starts_on is not None:
        changed = _falls(index.activities[row], slot, starts_on)
        if not changed.openings and not changed.by_arrangement:
            raise ValueError("the activity has no such date")
        index = updated(index, changed)
    return index.part(np.array([row], dtype=np.intp))


def _counted(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0])))


def _shut(part: Index, person: PersonProfile) -> list[str]:
    return sorted({finding.code for finding in blocking(Case(part, person))[0]})


def candidates(
    index: Index,
    activity: str,
    people: Sequence[PersonProfile],
    *,
    limit: int = 10,
    slot: str | None = None,
    starts_on: date | None = None,
    weights: Weights = WEIGHTS,
) -> Candidates:
    """Say whom of these people an activity might suit; the order in which they come is no matter.

    Raises:
        KeyError: the index has no such activity.
        ValueError: it has none of the dates asked for.

    """
    part = only(index, activity, slot=slot, starts_on=starts_on)
    held = _counted(why.code for who in people if (why := why_apart(who)))
    free = [who for who in people if why_apart(who) is None]
    suited: list[tuple[int, float, str, PersonProfile]] = []
    shut: list[str] = []
    for who in free:
        codes = _shut(part, who)
        if not codes:
            stands = standing(part, who, weights=weights)
            suited.append((int(stands.tier[0]), -float(stands.score[0]), who.id, who))
        shut += codes
    suited.sort(key=lambda one: one[:3])
    shown = tuple(
        Candidate(who.id, Tier(tier), proposals(part, who, [0], weights=weights)[0])
        for tier, _, _, who in suited[:limit]
    )
    return Candidates(shown, len(suited), held, _counted(shut))
