"""Learn weights from graded answers: listwise, never negative, and drawn back to the prior.

A proposal, never used for an answer by itself. The loss is the cross-entropy between the shares of
gain (2^grade - 1) and the softmax of scores over the judged activities of a person (ListNet: Cao
and others 2007). New weight = prior + n / (n + 200) x (learned - prior), n = graded activities
(design 3-matching).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from catalogue.profiles import PersonProfile
from matching.arrays import Floats
from matching.board import lay_out
from matching.case import consider
from matching.evaluate import Grades
from matching.factors import FACTORS
from matching.index import Index
from matching.weights import WEIGHTS, Weights

STEADY: Final = 200  # grades after which learning counts as much as the expert
KEEN: Final = 10.0  # how sharply the softmax tells scores apart; scores lie in [0, 1]
MOST: Final = 4.0  # no weight grows or shrinks by more than this: signs and rough sizes stay
PULL: Final = 0.01  # of the squared logarithms of the changes, beside a loss of about 2


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What one person's grades teach: (factors, rows), and each row's share of the gain."""

    values: Floats
    known: Floats
    share: Floats


def lesson(index: Index, person: PersonProfile, grades: Grades) -> Lesson | None:
    """Collect the factors of the judged rows that may be proposed; None if none is worth it."""
    board = lay_out(consider(index, person), WEIGHTS)
    judged = [row for row in board.rows.tolist() if index.activities[row].id in grades]
    gain = np.array([2.0 ** grades[index.activities[row].id] - 1.0 for row in judged])
    if not gain.any():
        return None
    factors = board.factors[:, judged]
    known = ~np.isnan(factors)
    return Lesson(np.where(known, factors, 0.0), known.astype(np.float64), gain / gain.sum())


def _loss(change: Floats, prior: Floats, lessons: Sequence[Lesson]) -> tuple[float, Floats]:
    """Return the loss of weights prior * exp(change), and its slope along each change."""
    weight = prior * np.exp(change)
    loss, slope = 0.0, np.zeros(len(prior))
    for each in lessons:
        whole = np.maximum(weight @ each.known, 1e-9)
        score = weight @ each.values / whole
        odds = np.exp(KEEN * (score - score.max()))
        odds /= odds.sum()
        loss -= float(each.share @ np.log(odds))
        along = (each.values - each.known * score) / whole
        slope += KEEN * (along @ (odds - each.share)) * weight
    number = max(len(lessons), 1)
    return loss / number + PULL * float(change @ change), slope / number + 2 * PULL * change


def learn(lessons: Sequence[Lesson], prior: Weights = WEIGHTS) -> Weights:
    """Propose weights from what the lessons teach, drawn back to the prior by their number."""
    from scipy.optimize import minimize  # noqa: PLC0415 - slow to import, and no answer needs it

    expert = np.array([prior.of[name] for name in FACTORS])
    bound = float(np.log(MOST))
    found = minimize(
        _loss,
        np.zeros(len(expert)),
        args=(expert, lessons),
        jac=True,
        bounds=[(-bound, bound)] * len(expert),
        method="L-BFGS-B",
    )
    learned = expert * np.exp(found.x)
    number = sum(len(each.share) for each in lessons)
    trust = number / (number + STEADY)
    weights = (expert + trust * (learned - expert)).tolist()
    of = {name: round(each, 4) for name, each in zip(FACTORS, weights, strict=True)}
    return replace(prior, version=f"{prior.version}-learned-{number}", of=of)


def apart(
    index: Index,
    people: Sequence[PersonProfile],
    grades: Mapping[str, Grades],
    *,
    folds: int,
    seed: int,
) -> dict[str, Weights]:
    """Give each judged person weights that were learned from the people of the other folds.

    Raises:
        ValueError: fewer than two people are judged, or fewer than two folds asked for.

    """
    from sklearn.model_selection import KFold  # noqa: PLC0415 - slow to import, for this only

    judged = [person for person in people if grades.get(person.id)]
    taught = [lesson(index, each, grades[each.id]) for each in judged]
    found: dict[str, Weights] = {}
    cuts = KFold(min(folds, len(judged)), shuffle=True, random_state=seed)
    for others, left_out in cuts.split(judged):
        weights = learn([known for at in others if (known := taught[at]) is not None])
        found |= dict.fromkeys([judged[at].id for at in left_out], weights)
    return found
