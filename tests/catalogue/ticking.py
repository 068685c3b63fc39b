"""How near the heard facets come to what a worker would tick; run it to print the figures.

``python -m tests.catalogue.ticking`` reads indirect.yaml. A facet counts as heard from 0.4 on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from catalogue.words import read

SENTENCES = Path(__file__).parent / "indirect.yaml"
HEARD = 0.4


@dataclass(frozen=True, slots=True)
class Ticked:
    """A sentence and the facets that are, or may be, meant by it."""

    said: str
    liked: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()


def sentences(file: Path = SENTENCES) -> list[Ticked]:
    """Read the ticked sentences, in their order."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))["sentences"]
    sides = ("liked", "may", "disliked")
    return [Ticked(row["said"], *(frozenset(row.get(side, ())) for side in sides)) for row in rows]


def sure(side: Mapping[str, float]) -> set[str]:
    """Return the facets that are heard surely enough to count."""
    return {facet for facet, weight in side.items() if weight >= HEARD}


def precision_and_recall(
    pairs: Iterable[tuple[set[str], frozenset[str], frozenset[str]]],
) -> tuple[float, float]:
    """Compare (heard, must, may): what may be heard counts for precision only."""
    heard = right = must = found = 0
    for facets, ticked, also in pairs:
        heard += len(facets)
        right += len(facets & (ticked | also))
        must += len(ticked)
        found += len(facets & ticked)
    return right / max(heard, 1), found / max(must, 1)


def liked(asked: Sequence[Ticked]) -> tuple[float, float]:
    """Return precision and recall of what is liked."""
    return precision_and_recall((sure(read(one.said).liked), one.liked, one.may) for one in asked)


def disliked(asked: Sequence[Ticked]) -> tuple[float, float]:
    """Return precision and recall of what is disliked."""
    nothing: frozenset[str] = frozenset()
    return precision_and_recall(
        (sure(read(one.said).disliked), one.disliked, nothing) for one in asked
    )


def _table() -> Iterable[str]:
    everything = sentences()
    for name, asked in (("looked at", everything[0::2]), ("not looked at", everything[1::2])):
        for side, figures in (("liked", liked(asked)), ("disliked", disliked(asked))):
            yield f"{name:14}{side:10}precision {figures[0]:.2f}  recall {figures[1]:.2f}"


if __name__ == "__main__":
    print("\n".join(_table()))  # noqa: T201 - this is the table's command
