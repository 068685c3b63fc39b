"""The match: held, limits, arrangements, tiers, order, and the reasons of what is shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from catalogue.profiles import PersonProfile
from matching.adapt import Opened, arrange, open_up
from matching.answer import Answer, Exclusion, Proposal, Reason
from matching.arrays import SAID, UNKNOWN, VIOLATED, Counts, Floats, Rows
from matching.begin import begin
from matching.case import Case, consider
from matching.factors import FACTORS
from matching.held import why_held
from matching.index import Index
from matching.limits import Finding, find
from matching.weights import WEIGHTS, Weights

DIGITS = 4  # of a score: the order must not hang on the last bit of a sum
A_REASON = 0.55  # a factor from here on speaks for an activity
WIDTH = 3  # how many times the limit is looked at to spread hosts and kinds
# Missing there is worth saying: a human can ask.
WORTH_ASKING = ("interest", "comfort", "pace", "company", "hours", "way")
NO_BOOKING = ("", "いらない", "不要")


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """The rows that may be proposed, their factors (row by row) and scores, and all findings."""

    case: Case
    findings: tuple[Finding, ...]
    opened: Opened
    violations: Counts
    unknowns: Counts
    rows: Rows
    factors: Floats
    scores: Floats
    weights: Weights


def _count(case: Case, findings: Iterable[Finding], state: int) -> Counts:
    counted = np.zeros(case.index.size, dtype=np.uint8)
    for finding in findings:
        counted += finding.states == state
    return counted


def _weigh(factors: Floats, weights: Weights) -> Floats:
    """Return the weighted mean of the known factors of each row, 0 if none is known."""
    weight = np.array([weights.of[name] for name in FACTORS])[:, None]
    known = ~np.isnan(factors)
    total = (np.where(known, factors, 0.0) * weight).sum(axis=0)
    mean: Floats = total / np.maximum((known * weight).sum(axis=0), 1e-9)
    return mean


def _power(share: float, counts: Counts) -> Floats:
    """Return share ** count for each row."""
    lowered: Floats = np.power(share, counts.astype(np.float64))
    return lowered


def _lay_out(case: Case, weights: Weights) -> Board:
    """Hold all limits, look for arrangements, and score every row that may be proposed."""
    findings = find(case)
    opened = open_up(case, findings)
    violations, unknowns = (_count(case, findings, state) for state in (VIOLATED, UNKNOWN))
    kin = _count(case, (f for f in findings if f.said == "related_hazard"), SAID)
    rows = np.flatnonzero(opened.all_open)
    factors = np.array([factor.score(case, rows) for factor in FACTORS.values()])
    score: Floats = _weigh(factors, weights)
    score = score * _power(weights.per_violation, violations[rows])
    score = score * _power(weights.per_kin_hazard, kin[rows])
    score = np.round(score * _power(weights.per_unknown, unknowns[rows]), DIGITS)
    return Board(case, findings, opened, violations, unknowns, rows, factors, score, weights)


def _best(places: Rows, scores: Floats, number: int) -> list[int]:
    """Return the places of the highest scores in order, ties in order of ids."""
    if len(places) > number > 0:
        least = np.partition(scores, -number)[-number]
        places, scores = places[scores >= least], scores[scores >= least]
    order = np.argsort(-scores, kind="stable")[:number]
    return [int(place) for place in places[order]]


def _spread(board: Board, places: Rows, limit: int) -> list[int]:
    """Order places of the board by score, taking some off for a host or kind already shown."""
    left = _best(places, board.scores[places], limit * WIDTH)
    activities, weights = board.case.index.activities, board.weights
    hosts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    shown: list[int] = []

    def worth(place: int) -> float:
        activity = activities[int(board.rows[place])]
        less = weights.same_host * hosts[activity.host] ** 2
        return (
            float(board.scores[place])
            - less
            - weights.same_kind * kinds["".join(activity.tags[:1])] ** 2
        )

    while left and len(shown) < limit:
        best, most = left[0], worth(left[0])
        for place in left[1:]:
            if board.scores[place] <= most:
                break  # nothing further down can be worth more
            if (value := worth(place)) > most:
                best, most = place, value
        left.remove(best)
        shown.append(best)
        activity = activities[int(board.rows[best])]
        hosts[activity.host] += 1
        kinds["".join(activity.tags[:1])] += bool(activity.tags)
    return shown


def _reasons(board: Board, place: int, row: int) -> tuple[Reason, ...]:
    """Say what speaks for a row, what weighs most first; only what entered the order."""
    weighed = [
        (board.weights.of[name] * value, name)
        for name, value in zip(FACTORS, board.factors[:, place].tolist(), strict=True)
        if value >= A_REASON and board.weights.of[name] > 0
    ]
    reasons = []
    for _, name in sorted(weighed, key=lambda pair: -pair[0]):
        value, against = FACTORS[name].evidence(board.case, row)
        if value not in ((), None):
            reasons.append(Reason(name, value, against))
    return tuple(reasons)


def _to_check(board: Board, place: int, row: int) -> tuple[Reason, ...]:
    """Say what is open: unknowns first, then what has to be spoken about."""
    states = [(int(finding.states[row]), finding) for finding in board.findings]
    found = [f.reason(row) for state in (UNKNOWN, SAID) for s, f in states if s == state]
    missing = zip(FACTORS, board.factors[:, place].tolist(), strict=True)
    found += [Reason("not_known", name) for name, v in missing if v != v and name in WORTH_ASKING]  # noqa: PLR0124 - NaN
    booking = board.case.index.activities[row].booking
    if booking not in NO_BOOKING:
        found.append(Reason("booking", booking))
    return tuple(dict.fromkeys(found))


def _shares(board: Board, place: int) -> tuple[tuple[str, float], ...]:
    """Return each known factor's share of the score, greatest first."""
    values = dict(zip(FACTORS, board.factors[:, place].tolist(), strict=True))
    known = {name: value for name, value in values.items() if not np.isnan(value)}
    whole = sum(board.weights.of[name] for name in known) or 1.0
    shares = [(n, round(board.weights.of[n] * v / whole, DIGITS)) for n, v in known.items()]
    return tuple(sorted(shares, key=lambda share: (-share[1], share[0])))


def _propose(board: Board, place: int) -> Proposal:
    row = int(board.rows[place])
    violated = board.violations[row] > 0
    arrangements = arrange(board.case, board.opened, row) if violated else ()
    return Proposal(
        activity=board.case.index.activities[row].id,
        score=float(board.scores[place]),
        reasons=_reasons(board, place, row),
        to_check=_to_check(board, place, row),
        arrangements=arrangements,
        start=begin(board.case, row, arrangements),
        factors=_shares(board, place),
    )


def _exclude(board: Board, most: int | None) -> tuple[Exclusion, ...]:
    """Explain what is left out: all in the order of ids, or the nearest misses."""
    rows = np.flatnonzero(~board.opened.all_open)
    if most is not None:
        rows = rows[np.argsort(board.violations[rows], kind="stable")[:most]]
    violated = [finding for finding in board.findings if (finding.states == VIOLATED).any()]
    return tuple(
        Exclusion(
            activity=board.case.index.activities[row].id,
            reasons=tuple(f.reason(row) for f in violated if f.states[row] == VIOLATED),
        )
        for row in rows.tolist()
    )


def match(
    index: Index,
    person: PersonProfile,
    *,
    limit: int = 10,
    excluded: int | None = None,
    weights: Weights = WEIGHTS,
) -> Answer:
    """Say which activities fit one person on the index's day, and why.

    ``limit`` bounds each tier. ``excluded`` bounds the explained exclusions to the nearest misses;
    None explains every one. The answer depends on nothing else, and ties stand in order of ids.
    """
    reason = why_held(person)
    if reason is not None or not index.size:
        return Answer(held=reason)
    board = _lay_out(consider(index, person), weights)
    violations, unknowns = board.violations[board.rows], board.unknowns[board.rows]
    tiers = (
        (violations == 0) & (unknowns == 0),
        violations > 0,
        (violations == 0) & (unknowns > 0),
    )
    fits, adaptable, ask_host = (
        tuple(_propose(board, place) for place in _spread(board, np.flatnonzero(tier), limit))
        for tier in tiers
    )
    return Answer(
        fits=fits, adaptable=adaptable, ask_host=ask_host, excluded=_exclude(board, excluded)
    )
