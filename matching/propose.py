"""A row of the board as a proposal with its reasons, or as an exclusion with its reasons."""

from collections.abc import Sequence
from typing import Final, overload

import numpy as np

from matching.adapt import arrange, open_up
from matching.answer import Exclusion, Proposal, Reason
from matching.arrays import SAID, UNKNOWN, VIOLATED, Rows
from matching.begin import begin
from matching.board import DIGITS, Board
from matching.case import Case
from matching.factors import FACTORS
from matching.limits import Finding, find

A_REASON: Final = 0.55  # a factor from here on speaks for an activity
# Missing there is worth saying: a human can ask.
WORTH_ASKING: Final = ("interest", "comfort", "pace", "company", "hours", "way")
NO_BOOKING: Final = ("", "いらない", "不要")


def _reasons(board: Board, row: int, weighed: dict[str, float]) -> tuple[Reason, ...]:
    """Say what speaks for a row, what weighs most first; only what entered the order."""
    reasons = []
    of = board.weights.of
    speaking = [name for name, value in weighed.items() if value >= A_REASON and of[name] > 0]
    for name in sorted(speaking, key=lambda name: -of[name] * weighed[name]):
        value, against = FACTORS[name].evidence(board.case, row)
        if value not in ((), None):
            reasons.append(Reason(name, value, against))
    return tuple(reasons)


def _to_check(board: Board, row: int, values: dict[str, float]) -> tuple[Reason, ...]:
    """Say what is open: unknowns first, then what has to be spoken about."""
    states = board.states[:, row].tolist()
    found = [
        finding.reason(row)
        for state in (UNKNOWN, SAID)
        for finding, stands in zip(board.findings, states, strict=True)
        if stands == state
    ]
    found += [Reason("not_known", name) for name in WORTH_ASKING if values[name] != values[name]]  # noqa: PLR0124 - NaN
    booking = board.case.index.activities[row].booking
    if booking not in NO_BOOKING:
        found.append(Reason("booking", booking))
    return tuple(dict.fromkeys(found))


def _shares(board: Board, weighed: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Return each known factor's share of the score, greatest first."""
    of = board.weights.of
    whole = sum(of[name] for name in weighed) or 1.0
    shares = [(name, round(of[name] * value / whole, DIGITS)) for name, value in weighed.items()]
    return tuple(sorted(shares, key=lambda share: (-share[1], share[0])))


def proposal(board: Board, place: int) -> Proposal:
    """Say why one place of the board is proposed, what to check, and what to begin with."""
    row = int(board.rows[place])
    values = dict(zip(FACTORS, board.factors[:, place].tolist(), strict=True))
    weighed = {name: value for name, value in values.items() if value == value}  # noqa: PLR0124 - NaN
    violated = board.violations[row] > 0
    arrangements = arrange(board.case, board.opened, row) if violated else ()
    return Proposal(
        activity=board.case.index.activities[row].id,
        score=float(board.scores[place]),
        reasons=_reasons(board, row, weighed),
        to_check=_to_check(board, row, values),
        arrangements=arrangements,
        start=begin(board.case, row, arrangements),
        factors=_shares(board, weighed),
    )


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
            rows = np.flatnonzero(~open_up(self._case, findings, count > 0).all_open)
            broken = tuple(f for f, some in zip(findings, violated.any(axis=1), strict=True) if some)
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
