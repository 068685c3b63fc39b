"""A million random pairs: the engine and plain Python name the same tier for every one.

What the engine proposes thus violates no limit that is not arranged. Takes minutes:

    python -m benchmarks.pairs --pairs 1000000 --seed 1
"""

import argparse
import time
from collections import Counter

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


def compare(dice: Dice) -> Counter[str]:
    """Hold one crowd against one town; return how often each tier was met."""
    index = build([activity(dice, at) for at in range(SIZE)], as_of=TODAY)
    count: Counter[str] = Counter()
    for number in range(CROWD):
        who = person(dice, number)
        for name, tier in tiers(index, who).items():
            one = index.activities[int(name[1:])]
            expected = oracle.tier(one, who)
            assert tier == expected, f"engine {tier}, plain {expected}:\n{one}\n{who}"
            count[tier] += 1
    return count


def main() -> None:
    """Compare as many pairs as asked for and say how they were spread over the tiers."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--pairs", type=int, default=1_000_000)
    reader.add_argument("--seed", type=int, default=1)
    given = reader.parse_args()
    dice, count, begun = Dice(given.seed), Counter[str](), time.perf_counter()
    while count.total() < given.pairs:
        count += compare(dice)
    spread = ", ".join(f"{tier} {number:,}" for tier, number in sorted(count.items()))
    took = time.perf_counter() - begun
    print(f"{count.total():,} pairs, seed {given.seed}, {took:.0f} s: no difference; {spread}")


if __name__ == "__main__":
    main()
