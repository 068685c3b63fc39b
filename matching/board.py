"""The board: the rows that may be proposed to one person, with their factors and scores."""

from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from catalogue.profiles import DIMENSIONS, LOAD_TOP
from matching.adapt import OPENERS, Opened, open_up
from matching.arrays import SAID, UNKNOWN, VIOLATED, Counts, Flags, Floats, Rows, States
from matching.case import HOURS, Case
from matching.factors import FACTORS
from matching.limits import Finding, find, shared
from matching.weights import Weights

DIGITS: Final = 4  # of a score: the order must not hang on the last bit of a sum
KIN: Final = "related_hazard"


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """All findings (``states``: findings x rows), and factors and scores of the open rows.

    ``rows`` are the open rows of the case; ``factors`` is (factors, rows), NaN where unknown.
    """

    case: Case
    findings: tuple[Finding, ...]
    states: States
    violations: Counts
    unknowns: Counts
    opened: Opened
    rows: Rows
    factors: Floats
    scores: Floats
    weights: Weights


def _any(columns: list[Flags], case: Case) -> Flags:
    size = (case.index.source or case.index).size
    return reduce(np.logical_or, columns, np.zeros(size, dtype=np.bool_))


def _overload(case: Case, at: int, most: int, hard: bool) -> Flags:  # noqa: FBT001 - one of the key
    def over(whole: Case) -> Flags:
        load = whole.index.load[at]
        found: Flags = (load < 0) | (load > most + (not hard))
        return found

    return case.shared(("over", at, most, hard), over)


def _untimely(case: Case) -> Flags:
    """Say where no date can serve, and nothing can be arranged either."""
    hours = tuple(limit for limit in case.person.limits if limit.kind in HOURS)
    times = case.patterns(case.person.windows, hours)
    dated = case.shared("dated", lambda whole: whole.index.whole["dated"] == 1)
    untimely: Flags = ~(times.serves | times.soft).take(case.index.openings.pattern) & dated
    return untimely


def untroubled(case: Case) -> Rows:
    """Return the rows at which nothing that can be told quickly is violated or unknown.

    Every row that fits is among them; what is left (the way, say) is held against these only.
    """
    person = case.person
    columns = [
        case.shared(("stands", finding), lambda _, f=finding: f.states >= UNKNOWN)
        for finding in shared(case)
    ]
    columns += [
        _overload(case, at, most, DIMENSIONS[at] in person.hard_dimensions)
        for at, most in enumerate(person.ceiling.levels)
        if most not in (None, LOAD_TOP)
    ]
    return np.flatnonzero(~_any([*columns, _untimely(case)], case))


def not_shut(case: Case) -> Rows:
    """Return the rows that violate nothing which can never be arranged."""
    columns = [
        case.shared(("shut", finding), lambda _, f=finding: f.states == VIOLATED)
        for finding in shared(case)
        if finding.code not in OPENERS
    ]
    return np.flatnonzero(~_any(columns, case))


def _weigh(factors: Floats, weights: Weights) -> Floats:
    """Return the weighted mean of the known factors of each row, 0 if none is known."""
    weight = np.array([weights.of[name] for name in FACTORS])
    known = factors == factors  # noqa: PLR0124 - NaN
    total = weight @ np.where(known, factors, 0.0)
    mean: Floats = total / np.maximum(weight @ known, 1e-9)
    return mean


def _lowered(share: float, counts: Counts) -> Floats:
    """Return share ** count for each row."""
    found: Floats = (share ** np.arange(256.0))[counts]
    return found


def lay_out(case: Case, weights: Weights) -> Board:
    """Hold all limits, look for arrangements, and score every row that may be proposed."""
    findings = find(case)
    states = np.array([finding.states for finding in findings])
    violations = (states == VIOLATED).sum(axis=0, dtype=np.uint8)
    unknowns = (states == UNKNOWN).sum(axis=0, dtype=np.uint8)
    opened = open_up(case, findings, violations > 0)
    rows = np.flatnonzero(opened.all_open)
    factors = np.array([factor.score(case, rows) for factor in FACTORS.values()])
    scores: Floats = _weigh(factors, weights)
    scores = scores * _lowered(weights.per_violation, violations[rows])
    scores = scores * _lowered(weights.per_unknown, unknowns[rows])
    for at, finding in enumerate(findings):
        if finding.said == KIN:
            scores = np.where(
                states[at, rows] == SAID, scores * weights.per_kin_hazard, scores
            )
    scores = np.round(scores, DIGITS)
    return Board(
        case, findings, states, violations, unknowns, opened, rows, factors, scores, weights
    )
