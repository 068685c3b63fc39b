"""A row of the board as a proposal with its reasons, or as an exclusion with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np

from catalogue.profiles import ActivityProfile
from matching.adapt import arrange, open_up
from matching.answer import Exclusion, Proposal, Reason
from matching.arrays import SAID, UNKNOWN, VIOLATED, Rows
from matching.begin import begin
from matching.board import DIGITS, Board
from matching.case import Case, Evidence
from matching.factors import FACTORS
from matching.limits import Finding, find

A_REASON: Final = 0.55  # a factor from here on speaks for an activity
# Missing there is worth saying: a human can ask.
WORTH_ASKING: Final = ("interest", "comfort", "pace", "company", "hours", "way")
NO_BOOKING: Final = ("", "いらない", "不要")
NOTHING: Final = ((), None)
NAMES: Final = tuple(FACTORS)
ASKED: Final = tuple(NAMES.index(name) for name in WORTH_ASKING)
NOT_KNOWN: Final = tuple(Reason("not_known", name) for name in NAMES)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What stands behind the shown rows, worked out for all of them at once: a list for each row.

    ``evidence`` has for each factor one pair a row, empty where it is no reason for any; ``order``
    names the factors that weigh most first, ``speaks`` those that are a reason, ``shares`` what
    each adds to the whole (negative if unknown).
    """

    rows: list[int]
    activities: list[ActivityProfile]
    found_at: list[int]
    evidence: tuple[Evidence, ...]
    speaks: list[list[bool]]
    unknown: list[list[bool]]
    shares: list[list[float]]
    order: list[list[int]]
    states: list[list[int]]
    scores: list[float]


def _look(board: Board, shown: Rows) -> Shown:
    """Collect what is said of the shown rows."""
    activities = board.case.index.some(shown)
    weight = np.array([board.weights.of[name] for name in FACTORS])
    values = board.factors[:, shown].T
    unknown = np.isnan(values)
    weighed = np.where(unknown, -1.0, values * weight)
    whole = (~unknown @ weight)[:, None]
    speaks = (values >= A_REASON) & (weighed > 0)
    asked = np.flatnonzero(speaks.any(axis=0)).tolist()
    return Shown(
        rows=shown.tolist(),
        activities=activities,
        found_at=board.found_at[shown].tolist(),
        evidence=tuple(
            factor.evidence(board.case, shown, activities) if at in asked else ()
            for at, factor in enumerate(FACTORS.values())
        ),
        speaks=speaks.tolist(),
        unknown=unknown.tolist(),
        shares=np.round(weighed / np.where(whole > 0, whole, 1.0), DIGITS).tolist(),
        order=np.argsort(-weighed, axis=1, kind="stable").tolist(),
        states=board.states[:, shown].T.tolist(),
        scores=board.scores[shown].tolist(),
    )


def _reasons(shown: Shown, at: int) -> tuple[Reason, ...]:
    """Say what speaks for a row, what weighs most first; only what entered the order."""
    speaks, reasons = shown.speaks[at], []
    for factor in shown.order[at]:
        if speaks[factor]:
            value, against = shown.evidence[factor][at]
            if value not in NOTHING:
                reasons.append(Reason(NAMES[factor], value, against))
    return tuple(reasons)


def _to_check(board: Board, shown: Shown, at: int) -> tuple[Reason, ...]:
    """Say what is open: unknowns first, then what has to be spoken about."""
    found_at, states, unknown = shown.found_at[at], shown.states[at], shown.unknown[at]
    found = [
        finding.reason(found_at)
        for state in (UNKNOWN, SAID)
        if state in states
        for finding, stands in zip(board.findings, states, strict=True)
        if stands == state
    ]
    found += [NOT_KNOWN[factor] for factor in ASKED if unknown[factor]]
    booking = shown.activities[at].booking
    if booking not in NO_BOOKING:
        found.append(Reason("booking", booking))
    return tuple(dict.fromkeys(found))


def _proposal(board: Board, shown: Shown, at: int) -> Proposal:
    row = shown.rows[at]
    arrangements = arrange(board.case, board.opened, row) if VIOLATED in shown.states[at] else ()
    shares = shown.shares[at]
    return Proposal(
        activity=shown.activities[at].id,
        score=shown.scores[at],
        reasons=_reasons(shown, at),
        to_check=_to_check(board, shown, at),
        arrangements=arrangements,
        start=begin(board.case, row, arrangements),
        factors=tuple([(NAMES[f], shares[f]) for f in shown.order[at] if shares[f] >= 0]),
    )


def proposals(board: Board, rows: Rows) -> tuple[Proposal, ...]:
    """Say why each of some rows is proposed, what to check, and what to begin with."""
    if not len(rows):
        return ()
    shown = _look(board, rows)
    return tuple(_proposal(board, shown, at) for at in range(len(rows)))


class Exclusions(Sequence[Exclusion]):
    """What is left out, the nearest misses first; worked out and explained when it is read."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._found: tuple[tuple[Finding, ...], Rows] | None = None

    def _rows(self) -> tuple[tuple[Finding, ...], Rows]:
        if self._found is None:
            findings = find(self._case)
            states = np.array([finding.states for finding in findings])
            violated = states == VIOLATED
            count = violated.sum(axis=0)
            rows = np.flatnonzero(~open_up(self._case, findings).all_open)
            broken = tuple(
                f for f, some in zip(findings, violated.any(axis=1), strict=True) if some
            )
            self._found = broken, rows[np.argsort(count[rows], kind="stable")]
        return self._found

    def _explain(self, row: int) -> Exclusion:
        findings, _ = self._rows()
        reasons = (f.reason(row) for f in findings if f.states[row] == VIOLATED)
        return Exclusion(self._case.index.activities[row].id, tuple(reasons))

    @overload
    def __getitem__(self, at: int) -> Exclusion: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Exclusion, ...]: ...
    def __getitem__(self, at: int | slice) -> Exclusion | tuple[Exclusion, ...]:
        rows = self._rows()[1]
        if isinstance(at, slice):
            return tuple(self._explain(int(row)) for row in rows[at])
        return self._explain(int(rows[at]))

    def __len__(self) -> int:
        return len(self._rows()[1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
