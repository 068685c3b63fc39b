"""The match: held, limits, arrangements, tiers, order, and the reasons of what is shown."""

from collections import Counter

import numpy as np

from catalogue.profiles import PersonProfile
from matching.answer import Answer, Proposal
from matching.arrays import Floats, Rows
from matching.board import Board, lay_out, lay_out_fits, not_shut, untroubled
from matching.case import Case, consider
from matching.held import why_held
from matching.index import Index
from matching.propose import Exclusions, proposals
from matching.weights import WEIGHTS, Weights

WIDTH = 3  # how many times the limit is looked at to spread hosts and kinds


def _best(rows: Rows, scores: Floats, number: int) -> Rows:
    """Return the rows of the highest scores in order, ties in order of ids."""
    if len(rows) > number > 0:
        least = np.partition(scores, -number)[-number]
        rows, scores = rows[scores >= least], scores[scores >= least]
    return rows[np.argsort(-scores, kind="stable")[:number]]


def _spread(board: Board, rows: Rows, limit: int) -> Rows:
    """Order rows of the board by score, taking some off for a host or kind already shown."""
    best = _best(rows, board.scores[rows], limit * WIDTH)
    scores: list[float] = board.scores[best].tolist()
    doers = [board.case.index.activities[row] for row in best]
    kin = [(activity.host, activity.tags[0] if activity.tags else "") for activity in doers]
    hosts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    same_host, same_kind = board.weights.same_host, board.weights.same_kind

    def worth(at: int) -> float:
        host, kind = kin[at]
        return scores[at] - same_host * hosts[host] ** 2 - same_kind * kinds[kind] ** 2

    left = list(range(len(best)))
    shown: list[int] = []
    while left and len(shown) < limit:
        chosen, most = left[0], worth(left[0])
        for at in left[1:]:
            if scores[at] <= most:
                break  # nothing further down can be worth more
            if (value := worth(at)) > most:
                chosen, most = at, value
        left.remove(chosen)
        shown.append(chosen)
        host, kind = kin[chosen]
        hosts[host] += 1
        kinds[kind] += bool(kind)
    return best[shown]


def _tiers(board: Board) -> tuple[Rows, Rows, Rows]:
    """Return the rows of the board that fit, are adaptable, or hang on an answer of the host."""
    violated = board.violations[board.rows] > 0
    unknown = board.unknowns[board.rows] > 0
    return board.rows[~violated & ~unknown], board.rows[violated], board.rows[~violated & unknown]


def _propose(board: Board, tier: Rows, limit: int) -> tuple[Proposal, ...]:
    return proposals(board, _spread(board, tier, limit)) if limit > 0 else ()


def _part(case: Case, rows: Rows) -> Case:
    return Case(case.index.part(rows), case.person)


def match(
    index: Index, person: PersonProfile, *, limit: int = 10, weights: Weights = WEIGHTS
) -> Answer:
    """Say which activities fit one person on the index's day, and why.

    ``limit`` bounds the proposals, best tier first. The answer depends on nothing else, and ties
    stand in order of ids.
    """
    reason = why_held(person)
    if reason is not None or not index.size:
        return Answer(held=reason)
    case = consider(index, person)
    excluded = Exclusions(case)
    easy = untroubled(case)
    if len(easy) >= limit:  # perhaps nothing has to be arranged or asked
        board = lay_out_fits(_part(case, easy), weights)
        fits = _propose(board, board.rows, limit)
        if len(fits) == limit:
            return Answer(fits=fits, excluded=excluded)
    board = lay_out(_part(case, not_shut(case)), weights)
    fitting, adaptable, asked = _tiers(board)
    fits = _propose(board, fitting, limit)
    opened = _propose(board, adaptable, limit - len(fits))
    open_questions = _propose(board, asked, limit - len(fits) - len(opened))
    return Answer(fits=fits, adaptable=opened, ask_host=open_questions, excluded=excluded)
