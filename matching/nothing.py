"""Nothing fits: what bound, and the smallest changes of the person that would open something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from catalogue.profiles import PersonProfile
from matching.adapt import open_up
from matching.answer import Value
from matching.arrays import VIOLATED, Flags, Rows
from matching.case import Case, consider
from matching.held import why_held
from matching.index import Index
from matching.levers import LEVERS, Change
from matching.limits import Finding, find
from matching.standing import Standing, standing
from matching.weights import WEIGHTS, Weights

NAMED: Final = 3  # activities named with a step
# What a lever may open; on a longer way one may have to walk less.
MOVED: Final = frozenset({*LEVERS, "walk_at_most_minutes"})


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit, how many activities it keeps shut, and how many of them it alone."""

    code: str
    limit: Value
    activities: int
    alone: int


@dataclass(frozen=True, slots=True)
class Step:
    """One small change, how many activities it would open, and the best of them."""

    code: str
    from_: Value
    to: Value
    opens: int
    best: tuple[str, ...]


def blocking(case: Case) -> tuple[tuple[Finding, ...], Flags]:
    """Return what keeps anything shut, and (findings, rows) where no arrangement opens it."""
    # a limit that is given twice binds once
    findings = tuple({(finding.code, finding.limit): finding for finding in find(case)}.values())
    shut = {id(finding): finding.states == VIOLATED for finding in findings}
    for finding, _, here in open_up(case, findings).ways:
        shut[id(finding)] = shut[id(finding)] & ~here
    kept = tuple(finding for finding in findings if shut[id(finding)].any())
    rows = [shut[id(finding)] for finding in kept]
    return kept, np.array(rows, dtype=np.bool_).reshape(-1, case.index.size)


def bound(index: Index, person: PersonProfile) -> tuple[Bound, ...]:
    """Say which limits keep activities shut to a person, the most binding first."""
    if why_held(person) is not None or not index.size:
        return ()
    findings, blocked = blocking(consider(index, person))
    count = blocked.sum(axis=0)
    found = [
        Bound(f.code, f.limit, int(shut.sum()), int((shut & (count == 1)).sum()))
        for f, shut in zip(findings, blocked, strict=True)
    ]
    return tuple(sorted(found, key=lambda b: (-b.activities, -b.alone, b.code, str(b.limit))))


def _movable(findings: tuple[Finding, ...], blocked: Flags) -> Flags:
    """Say which rows are shut by nothing but what a person might change."""
    fixed = [at for at, finding in enumerate(findings) if finding.code not in MOVED]
    return np.logical_and(blocked.any(axis=0), ~blocked[fixed].any(axis=0))


def _stays(_case: Case, _finding: Finding, _rows: Rows) -> Iterator[tuple[Change, ...]]:
    """Change nothing: what has no lever is never asked."""
    return iter(())


def _first_that_opens(
    part: Index, changes: Iterable[Change], weights: Weights
) -> tuple[Change, Standing] | None:
    for change in changes:
        stands = standing(part, change.person, weights=weights)
        if len(stands.rows):
            return change, stands
    return None


def _step(code: str, part: Index, change: Change, stands: Standing) -> tuple[float, Step]:
    """Return a step with the worth of the best that it opens (tier before score)."""
    worth = stands.score - stands.tier
    order = np.argsort(-worth, kind="stable")
    best = tuple(part.activities[int(row)].id for row in stands.rows[order[:NAMED]])
    step = Step(code, change.from_, change.to, len(stands.rows), best)
    return float(worth[order[0]]), step


def steps(index: Index, person: PersonProfile, *, weights: Weights = WEIGHTS) -> tuple[Step, ...]:
    """Say which single small change would open how many activities that are shut now.

    The step that opens most comes first, then the one that opens the better, then the smaller
    question (the order of LEVERS). Every step was tried: with it alone the match opens as much.
    """
    if why_held(person) is not None or not index.size:
        return ()
    case = consider(index, person)
    findings, blocked = blocking(case)
    movable = _movable(findings, blocked)
    part, asked = index.part(np.flatnonzero(movable)), tuple(LEVERS)
    found: list[tuple[int, float, int, Step]] = []
    for finding, shut in zip(findings, blocked, strict=True):
        rows: Rows = np.flatnonzero(shut & movable)
        pull = LEVERS.get(finding.code, _stays)
        for changes in pull(case, finding, rows) if len(rows) else ():
            opened = _first_that_opens(part, changes, weights)
            if opened is not None:
                worth, step = _step(finding.code, part, *opened)
                found.append((-step.opens, -worth, asked.index(step.code), step))
    return tuple(step for *_, step in sorted(found, key=lambda one: (*one[:3], str(one[3].to))))
