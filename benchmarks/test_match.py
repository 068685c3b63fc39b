"""How long a match takes in process, with reasons for ten proposals a tier and five near misses."""

import sys
import time
from functools import cache
from itertools import cycle
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.town import TODAY, activities, people
from matching import Index, build, match
from tests.matching import oracle

SIZES = [1_000, 10_000, 100_000]
PEOPLE = people(60)
SAMPLE = 300  # activities that the oracle is timed on: it is linear in them


@cache
def index_of(size: int) -> Index:
    return build(activities(size), as_of=TODAY)


@pytest.mark.parametrize("size", SIZES)
def test_a_match_with_reasons(benchmark: BenchmarkFixture, size: int) -> None:
    index, turn = index_of(size), cycle(PEOPLE)
    answer = benchmark(lambda: match(index, next(turn), limit=10))
    assert not answer.held


@pytest.mark.parametrize("size", [1_000, 10_000])
def test_an_index_is_built(benchmark: BenchmarkFixture, size: int) -> None:
    town = activities(size)
    index = benchmark.pedantic(build, args=(town,), kwargs={"as_of": TODAY}, rounds=3)
    assert index.size == size


def _median(call: object, rounds: int) -> float:
    assert callable(call)
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return median(times)


def test_the_columns_are_far_faster_than_plain_python() -> None:
    """The oracle answers tiers only: without an order, without reasons."""
    town, who = activities(10_000), PEOPLE[0]
    index = index_of(10_000)
    fast = _median(lambda: match(index, who, limit=10), 15)
    sample = [oracle.tier(one, who) for one in town[:5]]
    slow = _median(lambda: [oracle.tier(one, who) for one in town[:SAMPLE]], 3) / SAMPLE * len(town)
    print(f"plain Python / columns at 10,000: {slow / fast:.0f}", file=sys.stderr)
    assert sample
    assert slow / fast > 20
