"""The board: the rows that may be proposed to one person, with their factors and scores."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from catalogue.profiles import DIMENSIONS, LOAD_TOP
from matching.adapt import OPENERS, Opened, open_up
from matching.arrays import SAID, UNKNOWN, VIOLATED, Counts, Flags, Floats, Rows, States
from matching.case import Case
from matching.factors import FACTORS
from matching.limits import Finding, find, shared
from matching.weights import Weights

Scored = tuple[Floats, Floats]
DIGITS: Final = 4  # of a score: the order must not hang on the last bit of a sum
KIN: Final = "related_hazard"
CIRCUMSTANCES: Final = frozenset({"comfort", "hours", "way", "step"})


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """All findings (``states``: findings x rows), factors (factors x rows) and scores of a case.

    ``found_at`` are the rows of the case as the findings number them, ``rows`` those that may be
    proposed; a factor is NaN where nothing is known.
    """

    case: Case
    findings: tuple[Finding, ...]
    states: States
    found_at: Rows
    violations: Counts
    unknowns: Counts
    opened: Opened
    rows: Rows
    factors: Floats
    scores: Floats
    weights: Weights


def _none_of(columns: list[Flags], case: Case) -> Rows:
    """Return the rows where no column holds."""
    found = np.zeros(case.index.size, dtype=np.bool_)
    for column in columns:
        np.logical_or(found, column, out=found)
    return np.flatnonzero(~found)


def _at_least(case: Case, finding: Finding, state: int) -> Flags:
    """Say where something found for everybody alike is as bad as a state, or worse."""
    return case.shared((finding, state), lambda _: finding.states >= state)


def _overload(case: Case, at: int, most: int, hard: bool) -> Flags:
    def over(whole: Case) -> Flags:
        load = whole.index.load[at]
        found: Flags = (load < 0) | (load > most + (not hard))
        return found

    return case.shared(("over", at, most, hard), over)


def _only_dated(whole: Case) -> Flags:
    """Say where it is on dates only, and no time can be arranged."""
    columns = whole.index.whole
    dated: Flags = (columns["dated"] == 1) & (columns["by_arrangement"] == 0)
    return dated


def _untimely(case: Case) -> Flags:
    """Say where no date can serve, and nothing can be arranged either."""
    times = case.patterns(case.person.windows, case.hours)
    dated = case.shared("dated", _only_dated)
    untimely: Flags = ~(times.serves | times.soft).take(case.index.openings.pattern) & dated
    return untimely


def untroubled(case: Case) -> Rows:
    """Return the rows at which nothing that can be told quickly is violated or unknown.

    Every row that fits is among them; what is left (the way, say) is held against these only.
    """
    person = case.person
    columns = [_at_least(case, finding, UNKNOWN) for finding in shared(case)]
    columns += [
        _overload(case, at, most, DIMENSIONS[at] in person.hard_dimensions)
        for at, most in enumerate(person.ceiling.levels)
        if most not in (None, LOAD_TOP)
    ]
    return _none_of([*columns, _untimely(case)], case)


def not_shut(case: Case) -> Rows:
    """Return the rows that violate nothing which can never be arranged."""
    final = (finding for finding in shared(case) if finding.code not in OPENERS)
    return _none_of([_at_least(case, finding, VIOLATED) for finding in final], case)


def _weigh(factors: Floats, weights: Weights) -> Floats:
    """Return the weighted mean of the known factors of each row, 0 if none is known."""
    weight = np.array([weights.of[name] for name in FACTORS])
    known = factors == factors  # noqa: PLR0124 - NaN
    total = weight @ np.where(known, factors, 0.0)
    mean: Floats = total / np.maximum(weight @ known, 1e-9)
    return mean


def circumstances(weights: Weights) -> list[int]:
    """Return the places of the factors that are circumstances and count."""
    return [at for at, name in enumerate(FACTORS) if name in CIRCUMSTANCES and weights.of[name] > 0]


def _weakest(factors: Floats, weights: Weights) -> Floats:
    """Return what the weakest circumstance leaves of each score; unknown ones take nothing.

    Much that suits does not make good one thing that hardly does: a way at the edge, a load too
    far, times that seldom come, a step too early. (How many others there are is left to the mean.)
    """
    lowest = np.fmin.reduce(factors[circumstances(weights)], axis=0, initial=1.0)
    left: Floats = 1.0 - weights.weakest * (1.0 - lowest)
    return left


def _lowered(share: float, counts: Counts) -> Floats:
    """Return share ** count for each row."""
    found: Floats = (share ** np.arange(256.0))[counts]
    return found


def _scores(case: Case, states: States, findings: tuple[Finding, ...], weights: Weights) -> Scored:
    """Return (factors, rows) and the score of each row."""
    factors = np.array([factor.score(case) for factor in FACTORS.values()])
    scores = _weigh(factors, weights) * _weakest(factors, weights)
    for at, finding in enumerate(findings):
        if finding.said == KIN:
            scores = np.where(states[at] == SAID, scores * weights.per_kin_hazard, scores)
    return factors, scores


def lay_out_fits(case: Case, weights: Weights) -> Board:
    """Hold all limits and score what fits; what would have to be arranged or asked is left out."""
    findings = find(case)
    states = np.array([finding.states for finding in findings])
    fitting = np.flatnonzero((states < UNKNOWN).all(axis=0))
    part, states = case.part(fitting), states.take(fitting, axis=1)
    nothing = np.zeros(len(fitting), dtype=np.uint8)
    factors, scores = _scores(part, states, findings, weights)
    return Board(
        case=part,
        findings=findings,
        states=states,
        found_at=fitting,
        violations=nothing,
        unknowns=nothing,
        opened=Opened((), nothing == 0),
        rows=np.arange(len(fitting)),
        factors=factors,
        scores=np.round(scores, DIGITS),
        weights=weights,
    )


def lay_out(case: Case, weights: Weights) -> Board:
    """Hold all limits, look for arrangements, and score every row that may be proposed."""
    findings = find(case)
    states = np.array([finding.states for finding in findings])
    violations = (states == VIOLATED).sum(axis=0, dtype=np.uint8)
    unknowns = (states == UNKNOWN).sum(axis=0, dtype=np.uint8)
    opened = open_up(case, findings)
    factors, scores = _scores(case, states, findings, weights)
    scores = scores * _lowered(weights.per_violation, violations)
    scores = scores * np.where(unknowns > 0, weights.per_unknown, 1.0)
    return Board(
        case=case,
        findings=findings,
        states=states,
        found_at=np.arange(case.index.size),
        violations=violations,
        unknowns=unknowns,
        opened=opened,
        rows=np.flatnonzero(opened.all_open),
        factors=factors,
        scores=np.round(scores, DIGITS),
        weights=weights,
    )
