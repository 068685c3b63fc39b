"""Several ways to do the same work, timed in turn for the same people."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import quantiles
from typing import TypeVar

T = TypeVar("T")
Contender = Callable[[int], object]  # does the work for the person of that number
Times = dict[str, list[float]]


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what some work gives, and the milliseconds that it takes."""
    begun = time.perf_counter()
    made = work()
    return made, (time.perf_counter() - begun) * 1000


def spent(work: Callable[[], object]) -> float:
    """Return the milliseconds that some work takes."""
    return timed(work)[1]


def race(contenders: Mapping[str, Contender], people: Sequence[int]) -> Times:
    """Time every contender for one person after the other; each begins as often as the others."""
    times: Times = {name: [] for name in contenders}
    names = list(contenders)
    for turn, person in enumerate(people):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(spent(partial(contenders[name], person)))
    return times


def late(times: Sequence[float]) -> float:
    """Return the time that one in twenty exceeds."""
    return quantiles(times, n=20)[-1]
