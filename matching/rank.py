"""The match: held, limits, arrangements, tiers, order, and the reasons of what is shown."""

from collections import Counter

import numpy as np

from catalogue.profiles import PersonProfile
from matching.answer import Answer, Proposal
from matching.arrays import Flags, Floats, Rows
from matching.board import Board, lay_out, not_shut, untroubled
from matching.case import Case, consider
from matching.held import why_held
from matching.index import Index
from matching.propose import Exclusions, proposal
from matching.weights import WEIGHTS, Weights

WIDTH = 3  # how many times the limit is looked at to spread hosts and kinds


def _best(places: Rows, scores: Floats, number: int) -> list[int]:
    """Return the places of the highest scores in order, ties in order of ids."""
    if len(places) > number > 0:
        least = np.partition(scores, -number)[-number]
        places, scores = places[scores >= least], scores[scores >= least]
    order = np.argsort(-scores, kind="stable")[:number]
    found: list[int] = places[order].tolist()
    return found


def _spread(board: Board, places: Rows, limit: int) -> list[int]:
    """Order places of the board by score, taking some off for a host or kind already shown."""
    best = _best(places, board.scores[places], limit * WIDTH)
    scores: list[float] = board.scores[best].tolist()
    activities = board.case.index.activities
    doers = [activities[row] for row in board.rows[best].tolist()]
    kin = [(activity.host, "".join(activity.tags[:1])) for activity in doers]
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
        shown.append(best[chosen])
        host, kind = kin[chosen]
        hosts[host] += 1
        kinds[kind] += bool(kind)
    return shown


def _tiers(board: Board) -> tuple[Flags, Flags, Flags]:
    """Say which places of the board fit, are adaptable, or hang on an answer of the host."""
    violations, unknowns = board.violations[board.rows], board.unknowns[board.rows]
    return (
        (violations == 0) & (unknowns == 0),
        violations > 0,
        (violations == 0) & (unknowns > 0),
    )


def _propose(board: Board, tier: Flags, limit: int) -> tuple[Proposal, ...]:
    return tuple(proposal(board, at) for at in _spread(board, np.flatnonzero(tier), limit))


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
        board = lay_out(_part(case, easy), weights)
        fits = _propose(board, _tiers(board)[0], limit)
        if len(fits) == limit:
            return Answer(fits=fits, excluded=excluded)
    board = lay_out(_part(case, not_shut(case)), weights)
    fitting, adaptable, asked = _tiers(board)
    fits = _propose(board, fitting, limit)
    opened = _propose(board, adaptable, limit - len(fits))
    open_questions = _propose(board, asked, limit - len(fits) - len(opened))
    return Answer(fits=fits, adaptable=opened, ask_host=open_questions, excluded=excluded)
