"""A row of the board as a proposal with its reasons, or as an exclusion with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final, overload

import numpy as np

from catalogue.profiles import ActivityProfile
from matching.adapt import arrange, open_up
from matching.answer import Exclusion, Proposal, Reason
from matching.arrays import SAID, UNKNOWN, VIOLATED, Flags, Floats, Rows
from matching.begin import begin
from matching.board import DIGITS, Board, circumstances
from matching.case import Case, Evidence
from matching.factors import FACTORS
from matching.factors.history import last
from matching.factors.interest import settled
from matching.limits import Finding, find

A_REASON: Final = 0.55  # a factor from here on speaks for an activity
# Missing there is worth saying: a human can ask.
WORTH_ASKING: Final = ("interest", "comfort", "pace", "company", "hours", "way")
SPOKEN_OF: Final = ("passed", "ended_badly")
CLEARLY: Final = 0.5  # a facet of which an activity has so much is one that it has
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


def _take(board: Board, values: Floats, shares: Floats) -> None:
    """Take from the share of the weakest circumstance what it takes from the whole score."""
    at = circumstances(board.weights)
    seen = np.fmin(values[:, at], 1.0)  # what is unknown takes nothing
    if at and len(seen):
        weakest = seen.argmin(axis=1)
        mean = np.maximum(shares, 0.0).sum(axis=1)
        taken = board.weights.weakest * mean * (1.0 - seen.min(axis=1))
        shares[np.arange(len(shares)), np.array(at)[weakest]] -= taken


def _look(board: Board, shown: Rows) -> Shown:
    """Collect what is said of the shown rows."""
    activities = board.case.index.some(shown)
    weight = np.array([board.weights.of[name] for name in FACTORS])
    values = board.factors[:, shown].T
    unknown = np.isnan(values)
    weighed = np.where(unknown, -1.0, values * weight)
    whole = (~unknown @ weight)[:, None]
    shares = weighed / np.where(whole > 0, whole, 1.0)
    _take(board, values, shares)
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
        shares=np.round(shares, DIGITS).tolist(),
        order=np.argsort(-shares, axis=1, kind="stable").tolist(),
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


def _against(case: Case, activity: ActivityProfile) -> list[Reason]:
    """Say what lowered an activity and is to be spoken about: a bad ending, what is disliked."""
    found, meaning = [], case.person.interest
    if case.person.tried:
        outcome, where = last(case, activity)
        if outcome in SPOKEN_OF:
            found.append(Reason("before", outcome, where))
    if meaning.disliked:
        _, disliked = case.once("settled", lambda this: settled(this.person))
        there = (
            name
            for name in disliked.keys() & meaning.disliked.keys()
            if activity.meaning.liked.get(name, 0.0) >= CLEARLY
        )
        if names := tuple(sorted(there)):
            found.append(Reason("disliked", names))
    return found


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
    found += _against(board.case, shown.activities[at])
    found += [NOT_KNOWN[factor] for factor in ASKED if unknown[factor]]
    booking = shown.activities[at].booking
    if booking not in NO_BOOKING:
        found.append(Reason("booking", booking))
    return tuple(dict.fromkeys(found))


def _proposal(board: Board, shown: Shown, at: int) -> Proposal:
    row = shown.rows[at]
    arrangements = arrange(board.case, board.opened, row) if VIOLATED in shown.states[at] else ()
    shares, unknown = shown.shares[at], shown.unknown[at]
    return Proposal(
        activity=shown.activities[at].id,
        score=shown.scores[at],
        reasons=_reasons(shown, at),
        to_check=_to_check(board, shown, at),
        arrangements=arrangements,
        start=begin(board.case, row, arrangements),
        factors=tuple([(NAMES[f], shares[f]) for f in shown.order[at] if not unknown[f]]),
    )


def proposals(board: Board, rows: Rows) -> tuple[Proposal, ...]:
    """Say why each of some rows is proposed, what to check, and what to begin with."""
    if not len(rows):
        return ()
    shown = _look(board, rows)
    return tuple(_proposal(board, shown, at) for at in range(len(rows)))


class Exclusions(Sequence[Exclusion]):
    """What is left out, the nearest misses first; worked out and explained when it is read."""

    def __init__(self, case: Case, board: Board) -> None:
        self._case = case
        self._board = board if board.case is case else None
        self._found: tuple[tuple[Finding, ...], Rows] | None = None

    def _rows(self) -> tuple[tuple[Finding, ...], Rows]:
        if self._found is None:
            findings, violated, open_ = self._look()
            count = np.add.reduce(violated, axis=0)
            rows = np.flatnonzero(~open_)
            some = np.logical_or.reduce(violated, axis=1).tolist()
            broken = tuple(compress(findings, some))
            self._found = broken, rows[np.argsort(count[rows], kind="stable")]
        return self._found

    def _look(self) -> tuple[tuple[Finding, ...], Flags, Flags]:
        """Return all findings, where each is violated, and what is open all the same."""
        if self._board is not None:
            board = self._board
            return board.findings, board.states == VIOLATED, board.opened.all_open
        findings = find(self._case)
        violated = np.array([finding.states for finding in findings]) == VIOLATED
        return findings, violated, open_up(self._case, findings).all_open

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
