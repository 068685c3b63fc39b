"""The engine, SQL, plain Python and one pass over the bytes, for the same people in turn."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean, median

import numpy as np

from benchmarks.contest import Times, late, race, spent
from benchmarks.sql.server import Postgres
from benchmarks.town import open_minded, people
from benchmarks.weight import per_row
from catalogue.profiles import PersonProfile
from matching import WEIGHTS, Index, match
from matching.board import lay_out_fits
from matching.case import consider
from matching.weights import Weights
from tests.matching import oracle

BEST = 10
WARM = 30  # people who asked before the clock ran
COUNTED = 10  # people for whom what fits is counted, and plain Python is timed
SAMPLE = 200  # activities that plain Python is timed on: it is linear in them
AS_GOOD = 1e-3  # of a score
# Without spreading hosts and kinds, and with what fits above all the rest: SQL does neither.
FLAT = Weights("flat", per_violation=0.0, per_unknown=0.0, same_host=0.0, same_kind=0.0)
KINDS: dict[str, Callable[..., list[PersonProfile]]] = {
    "several limits": people,
    "few limits": open_minded,
}


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured for one size and one kind of people: milliseconds by contender.

    ``fits`` is the share of activities that fit, ``plan`` how PostgreSQL planned, ``agreed`` for
    how many people both named the very same activities.
    """

    size: int
    kind: str
    fresh: Times
    known: Times
    fits: float
    plan: str
    agreed: int

    def typical(self, name: str) -> float:
        """Return the median over fresh people."""
        return median(self.fresh[name])

    def late(self, name: str) -> float:
        """Return what one in twenty fresh people exceeds."""
        return late(self.fresh[name])

    def times_engine(self, name: str) -> float:
        """Return how many times the engine's time another takes."""
        return self.typical(name) / self.typical("engine")


def same(index: Index, who: PersonProfile, rows: list[tuple[int, float]]) -> bool:
    """Assert that SQL found the same scores; say whether it found the very same activities."""
    fits = match(index, who, limit=BEST, weights=FLAT).fits
    assert len(fits) == len(rows), f"{who.id}: {len(fits)} fit, SQL found {len(rows)}"
    apart = [abs(one.score - score) for one, (_, score) in zip(fits, rows, strict=True)]
    assert max(apart, default=0.0) < AS_GOOD, f"{who.id}: scores differ by {max(apart)}"
    return [one.activity for one in fits] == [index.activities[row].id for row, _ in rows]


def _plain(index: Index, who: PersonProfile) -> float:
    """Return the milliseconds that plain Python takes for all tiers, scaled from a sample."""
    rows = index.activities[:: max(1, index.size // SAMPLE)][:SAMPLE]
    return spent(lambda: [oracle.tier(one, who) for one in rows]) * index.size / len(rows)


def _one_pass(index: Index) -> Callable[[int], object]:
    columns = per_row(index)
    room = [np.empty_like(each) for each in columns]

    def copy(_: int) -> None:
        for into, each in zip(room, columns, strict=True):
            np.copyto(into, each)

    return copy


def _fitting(index: Index, who: PersonProfile) -> float:
    return len(lay_out_fits(consider(index, who), WEIGHTS).rows) / index.size


def compete(index: Index, url: str, kind: str, number: int) -> Line:
    """Let all answer the same people, first fresh, then known (asked twice before)."""
    everybody = [*KINDS[kind](WARM, seed=3), *KINDS[kind](number, seed=4)]
    sql, asked = Postgres(url, index, everybody, BEST), range(WARM, len(everybody))
    for who in everybody[:WARM]:
        match(index, who, limit=BEST)
    plan, counted = sql.plan_best(range(WARM)), everybody[WARM : WARM + COUNTED]
    gc.collect()
    contenders: dict[str, Callable[[int], object]] = {
        "engine": lambda at: match(index, everybody[at], limit=BEST),
        "sql": sql.answer,
        "pass": _one_pass(index),
    }
    fresh = race(contenders, asked)
    fresh["plain"] = [_plain(index, who) for who in counted]
    known = race(contenders, [*asked, *asked])
    agreed = sum(same(index, everybody[at], sql.answer(at)) for at in asked)
    sql.close()
    fits = mean(_fitting(index, who) for who in counted)
    return Line(index.size, kind, fresh, known, fits, plan, agreed)
