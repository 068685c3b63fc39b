"""Where activities stand for one person: tier and score of every row that may be proposed.

The reverse questions (whom for this activity, who goes where, what would open more) need these for
many people and few rows, and the reasons of very few of them only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from catalogue.profiles import PersonProfile, SharedWith
from matching.answer import Proposal, Reason
from matching.arrays import Floats, Ints, Rows
from matching.board import Board, lay_out, not_shut
from matching.case import Case
from matching.held import why_held
from matching.index import Index
from matching.propose import proposals as explained
from matching.weights import WEIGHTS, Weights


class Tier(IntEnum):
    """The tiers in the order to recommend."""

    FITS = 0
    ADAPTABLE = 1
    ASK_HOST = 2


NOBODY: Final = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The rows of an index that are open to a person, rising, with their tier and score."""

    rows: Rows
    tier: Ints
    score: Floats


def why_apart(person: PersonProfile) -> Reason | None:
    """Say why somebody is no part of a question over many people, None if they are.

    Whoever is held is not; nor is anybody who has agreed to nothing: then only their own worker
    looks for them.
    """
    reason = why_held(person)
    if reason is None and person.shared_with is SharedWith.NONE:
        return Reason("no_consent")
    return reason


def _board(index: Index, person: PersonProfile, rows: Rows, weights: Weights) -> Board:
    return lay_out(Case(index.part(rows), person), weights)


def _tiers(board: Board) -> Ints:
    violated = board.violations[board.rows] > 0
    asked = board.unknowns[board.rows] > 0
    return np.where(violated, Tier.ADAPTABLE, np.where(asked, Tier.ASK_HOST, Tier.FITS))


def standing(index: Index, person: PersonProfile, *, weights: Weights = WEIGHTS) -> Standing:
    """Say how every row of an index, or of a part of one, stands for a person; held: no row."""
    if why_held(person) is not None or not index.size:
        return Standing(NOBODY, NOBODY, np.zeros(0))
    rows = _still_open(index, person)
    board = _board(index, person, rows, weights)
    return Standing(rows[board.rows], _tiers(board), board.scores[board.rows])


def _still_open(index: Index, person: PersonProfile) -> Rows:
    """Return the rows that violate nothing which can never be arranged."""
    if index.at is None:
        return not_shut(Case(index, person))
    return np.arange(index.size)  # a part is small: cutting it again costs more than it spares


def proposals(
    index: Index, person: PersonProfile, rows: Iterable[int], *, weights: Weights = WEIGHTS
) -> dict[int, Proposal]:
    """Give the reasons for some rows that are open to a person."""
    wanted = np.array(sorted({*rows}), dtype=np.intp)
    board = _board(index, person, wanted, weights)
    found = explained(board, board.rows)
    return dict(zip(wanted[board.rows].tolist(), found, strict=True))
