"""How long it takes to propose places for many people, and people for one place."""

import sys
import time

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.town import TODAY, activities, people
from matching import build
from matching.assign import assign
from matching.candidates import candidates
from matching.gaps import openings_for
from matching.nothing import steps

INDEX = build(activities(500), as_of=TODAY)
MANY = people(2_000)


def test_200_people_get_500_places_in_two_seconds(benchmark: BenchmarkFixture) -> None:
    """Everything: limits and scores of all pairs, the solution, and the reasons of all shown."""
    crowd = MANY[:200]
    begun = time.perf_counter()
    made = benchmark.pedantic(assign, args=(INDEX, crowd), rounds=5)
    assert len(made.given) > 150
    assert (time.perf_counter() - begun) / 5 < 2.0


def test_one_place_is_held_against_2_000_people(benchmark: BenchmarkFixture) -> None:
    place = next(one.id for one in INDEX.activities if (one.places_left or 0) > 1)
    found = benchmark.pedantic(candidates, args=(INDEX, place, MANY), rounds=3)
    assert found.suited + sum(number for _, number in found.unsuited) >= len(MANY)


def test_what_hosts_could_change_for_200_people(benchmark: BenchmarkFixture) -> None:
    wanted = benchmark.pedantic(openings_for, args=(INDEX, MANY[:200]), rounds=3)
    print(f"changes counted: {len(wanted)}", file=sys.stderr)
    assert wanted


def test_the_small_steps_of_one_person(benchmark: BenchmarkFixture) -> None:
    assert benchmark.pedantic(steps, args=(INDEX, MANY[0]), rounds=20)
