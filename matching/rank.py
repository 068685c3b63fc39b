"""The match: held, limits, arrangements, tiers, order, and the reasons of what is shown."""

from collections import Counter

import numpy as np

from catalogue.profiles import PersonProfile
from matching.answer import Answer
from matching.arrays import Floats, Rows
from matching.board import Board, lay_out, lay_out_fits, not_shut, untroubled
from matching.case import Case, consider
from matching.held import why_held
from matching.index import Index
from matching.propose import Exclusions, proposals
from matching.weights import WEIGHTS, Weights

# Two places of one host may both be right, and three of a kind; what follows shows nothing new.
FREE_HOST, FREE_KIND = 1, 2
WIDTH = 3  # how many times the limit is looked at to spread hosts and kinds
A_TOWN = 1500  # so few activities are all looked at: cutting them costs more than it spares
PLENTY = 5  # so many times the limit that fit, and nobody has to arrange anything


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
    doers = board.case.index.some(best)
    kin = [(activity.host, activity.tags[0] if activity.tags else "") for activity in doers]
    hosts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    same_host, same_kind = board.weights.same_host, board.weights.same_kind

    def worth(at: int) -> float:
        host, kind = kin[at]
        host_again = max(hosts[host] - FREE_HOST, 0) ** 2
        kind_again = max(kinds[kind] - FREE_KIND, 0) ** 2
        return scores[at] - same_host * host_again - same_kind * kind_again

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


def _tiers(board: Board, chosen: Rows) -> tuple[Rows, Rows, Rows]:
    """Split rows into those that fit, are adaptable, or hang on an answer of the host."""
    violated = board.violations[chosen] > 0
    unknown = board.unknowns[chosen] > 0
    return chosen[~violated & ~unknown], chosen[violated], chosen[~violated & unknown]


def _board(case: Case, limit: int, weights: Weights) -> Board:
    """Lay out what fits where that is plenty, otherwise everything that can be made to fit."""
    if case.index.size <= A_TOWN:
        return lay_out(case, weights)
    easy = untroubled(case)
    if len(easy) >= PLENTY * limit:
        board = lay_out_fits(case.part(easy), weights)
        if len(board.rows) >= PLENTY * limit:
            return board
    return lay_out(case.part(not_shut(case)), weights)


def match(
    index: Index, person: PersonProfile, *, limit: int = 10, weights: Weights = WEIGHTS
) -> Answer:
    """Say which activities fit one person on the index's day, and why.

    ``limit`` bounds the proposals: the best by one measure, lowered for what has to be arranged or
    asked, are shown tier by tier. Where plenty fits, nothing is arranged or asked. The answer
    depends on nothing else, and ties stand in order of ids.
    """
    reason = why_held(person)
    if reason is not None or not index.size:
        return Answer(held=reason)
    case = consider(index, person)
    board = _board(case, limit, weights)
    chosen = _spread(board, board.rows, limit)
    fits, adaptable, ask_host = (proposals(board, tier) for tier in _tiers(board, chosen))
    return Answer(
        fits=fits,
        adaptable=adaptable,
        ask_host=ask_host,
        excluded=Exclusions(case, board),
        order=tuple(activity.id for activity in board.case.index.some(chosen)),
    )
