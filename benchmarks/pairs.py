"""A million random pairs: the engine and plain Python name the same tier for every one.

What the engine proposes thus violates no limit that is not arranged. Takes minutes:

    python -m benchmarks.pairs --pairs 1000000 --seed 1
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.compete import FLAT
from benchmarks.town import TODAY
from benchmarks.wild import Dice, activity, person
from catalogue.profiles import PersonProfile
from matching import Index, build, match
from tests.matching import oracle

SIZE = 500  # activities of one town
CROWD = 200  # people before one town
PROPOSED = ("fits", "adaptable", "ask_host")


def tiers(index: Index, who: PersonProfile) -> dict[str, str]:
    """Return the tier that the engine names for every activity."""
    answer = match(index, who, limit=index.size, weights=FLAT)
    assert answer.held is None
    found = {one.activity: tier for tier in PROPOSED for one in getattr(answer, tier)}
    assert len(found) + len(answer.excluded) == index.size
    return {one.id: found.get(one.id, "excluded") for one in index.activities}


@dataclass(slots=True)
class Found:
    """How often each tier was met, and every pair of which the two think differently."""

    met: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def compare(dice: Dice, found: Found, *, size: int = SIZE, crowd: int = CROWD) -> None:
    """Hold one crowd against one town."""
    index = build([activity(dice, at) for at in range(size)], as_of=TODAY)
    for number in range(crowd):
        who = person(dice, number)
        engine = tiers(index, who)
        for one in index.activities:
            plain = oracle.tier(one, who)
            found.met[plain] += 1
            if engine[one.id] != plain:
                found.differences.append(f"engine {engine[one.id]}, plain {plain}:\n{one}\n{who}")


def main() -> None:
    """Compare as many pairs as asked for and say how they were spread over the tiers."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--pairs", type=int, default=1_000_000)
    reader.add_argument("--seed", type=int, default=1)
    given = reader.parse_args()
    dice, found, begun = Dice(given.seed), Found(), time.perf_counter()
    while found.met.total() < given.pairs:
        compare(dice, found)
    took = time.perf_counter() - begun
    print(f"{found.met.total():,} pairs, seed {given.seed}, {took:.0f} s:", end=" ")
    print(", ".join(f"{tier} {number:,}" for tier, number in sorted(found.met.items())))
    print(f"{len(found.differences)} differences", *found.differences[:3], sep="\n")
    sys.exit(bool(found.differences))


if __name__ == "__main__":
    main()
