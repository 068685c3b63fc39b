"""How good the answers are against graded judgements, beside plain baselines; pure, seed passed in.

nDCG uses gain 2^grade - 1 and discount 1 / log2(place + 1) over judged activities only
(Järvelin and Kekäläinen 2002). Grades: 3 propose first, 2 worth talking about, 1 on a condition,
0 do not propose.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2
from statistics import fmean

import numpy as np

from catalogue.profiles import PersonProfile
from matching.answer import Answer
from matching.arrays import VIOLATED
from matching.case import consider
from matching.held import why_held
from matching.index import Index
from matching.limits import SAFETY, find

FIRST = 5
PROPOSE_FIRST = 3
INTERVAL = (2.5, 97.5)
RESAMPLES = 1000

Grades = Mapping[str, int]
Order = Sequence[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures over all people: means in [0, 1] with the interval of nDCG, and the faults.

    ``found`` is the share of grade-3 activities in the first five of the whole list, ``unwanted``
    the share of grade 0 among the first five. ``unsafe`` lists (person, activity, code) of
    proposals that violate a safety limit, ``not_held`` the held people who got a proposal.
    """

    people: int
    ndcg: float
    interval: tuple[float, float]
    found: float
    unwanted: float
    unsafe: tuple[tuple[str, str, str], ...] = ()
    not_held: tuple[str, ...] = ()


def proposed(answer: Answer) -> tuple[str, ...]:
    """Return the activities of an answer in the order of recommendation, all tiers."""
    return answer.order


def _gain(grades: Iterable[int]) -> float:
    return fsum((2.0**grade - 1.0) / log2(place + 2) for place, grade in enumerate(grades))


def ndcg(order: Order, grades: Grades) -> float:
    """Return nDCG of the first five judged activities of an order; 1 if nothing is worth it."""
    judged = [grades[activity] for activity in order if activity in grades][:FIRST]
    best = _gain(sorted(grades.values(), reverse=True)[:FIRST])
    return _gain(judged) / best if best else 1.0


def _found(order: Order, grades: Grades) -> float | None:
    first = {activity for activity, grade in grades.items() if grade == PROPOSE_FIRST}
    return len(first & {*order[:FIRST]}) / len(first) if first else None


def _unwanted(order: Order, grades: Grades) -> float:
    shown = order[:FIRST]
    return sum(grades.get(activity) == 0 for activity in shown) / len(shown) if shown else 0.0


def interval(values: Sequence[float], *, seed: int) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean over people (percentiles, 1000 resamples)."""
    if not values:
        return (0.0, 0.0)
    dice = np.random.default_rng(seed)
    drawn = dice.choice(np.array(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), INTERVAL)
    return float(low), float(high)


def figures(orders: Mapping[str, Order], grades: Mapping[str, Grades], *, seed: int) -> Figures:
    """Measure the order of each person against their grades; people without grades are left out."""
    judged = [person for person in sorted(orders) if grades.get(person)]
    each = [ndcg(orders[person], grades[person]) for person in judged]
    found = [_found(orders[person], grades[person]) for person in judged]
    return Figures(
        people=len(judged),
        ndcg=fmean(each) if each else 0.0,
        interval=interval(each, seed=seed),
        found=fmean([share for share in found if share is not None] or [0.0]),
        unwanted=fmean([_unwanted(orders[person], grades[person]) for person in judged] or [0.0]),
    )


def unsafe(
    index: Index, person: PersonProfile, order: Iterable[str]
) -> tuple[tuple[str, str, str], ...]:
    """List (person, activity, code) of proposals that violate a safety limit."""
    row = {activity.id: at for at, activity in enumerate(index.activities)}
    shown = [(activity, row[activity]) for activity in order if activity in row]
    findings = [f for f in find(consider(index, person)) if f.code in SAFETY] if shown else []
    return tuple(
        (person.id, activity, finding.code)
        for activity, at in shown
        for finding in findings
        if finding.states[at] == VIOLATED
    )


def evaluate(
    index: Index,
    people: Iterable[PersonProfile],
    answers: Mapping[str, Answer],
    grades: Mapping[str, Grades],
    *,
    seed: int = 0,
) -> Figures:
    """Measure answers (by person id) against grades (person id -> activity id -> 0–3).

    Held people count only for safety: who is held must have an empty answer.
    """
    known = {person.id: person for person in people}
    held = {name for name, person in known.items() if why_held(person)}
    orders = {name: proposed(answer) for name, answer in answers.items() if name in known}
    measured = figures({n: o for n, o in orders.items() if n not in held}, grades, seed=seed)
    faults = [f for n in sorted(orders) for f in unsafe(index, known[n], orders[n])]
    return Figures(
        people=measured.people,
        ndcg=measured.ndcg,
        interval=measured.interval,
        found=measured.found,
        unwanted=measured.unwanted,
        unsafe=tuple(faults),
        not_held=tuple(sorted(name for name in held if orders.get(name))),
    )


def by_chance(index: Index, _person: PersonProfile, *, seed: int = 0) -> Order:
    """Order all activities by chance: the first baseline."""
    ids = [activity.id for activity in index.activities]
    return [ids[at] for at in np.random.default_rng(seed).permutation(len(ids))]


def by_keyword(index: Index, person: PersonProfile, *, seed: int = 0) -> Order:
    """Order all activities by shared tokens (TF-IDF cosine), ties by chance: the second."""
    chance = {activity: at for at, activity in enumerate(by_chance(index, person, seed=seed))}
    close = index.closeness((*person.interest.tokens, *person.strength.tokens))
    ids = [
        (-round(float(c), 6), chance[a.id]) for a, c in zip(index.activities, close, strict=True)
    ]
    return [index.activities[at].id for at in sorted(range(len(ids)), key=lambda at: ids[at])]


def by_limits(index: Index, person: PersonProfile, *, seed: int = 0) -> Order:
    """Order what violates nothing by chance, then the rest by fewest violations: the third."""
    chance = {activity: at for at, activity in enumerate(by_chance(index, person, seed=seed))}
    count = np.zeros(index.size, dtype=np.int64)
    for finding in find(consider(index, person)):
        count += finding.states == VIOLATED
    keys = [(int(c), chance[a.id]) for a, c in zip(index.activities, count, strict=True)]
    return [index.activities[at].id for at in sorted(range(len(keys)), key=lambda at: keys[at])]


BASELINES: Mapping[str, Callable[..., Order]] = {
    "random": by_chance,
    "keyword": by_keyword,
    "limits_only": by_limits,
}
