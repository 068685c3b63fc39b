"""How many wishes find their own activity among the first five; run it to print the figures.

``python -m tests.catalogue.recall [file.yaml …]`` takes files with pairs of a wish and an activity;
a pair may carry ``wish_facets`` and ``activity_facets``, which a person has ticked: then both are
printed, raw text and ticked.
"""

import math
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import fmean

import numpy as np
import yaml

from catalogue.portrait import ticked
from catalogue.profiles import Meaning
from catalogue.words import read
from matching.text import CONCEPT, fit, spoken

WISHES = Path(__file__).parent / "wishes.yaml"
TEXT = 0.4  # what closeness of concepts and words adds to that of facets
FIRST = 5
TOWN = 40  # activities
SEED = 20_261_121

Sides = Callable[[Meaning], Mapping[str, float]]
Tokens = Callable[[Meaning], Iterable[str]]


@dataclass(frozen=True)
class Pair:
    """A wish in everyday words and the activity that it should find."""

    wish: str
    activity: str
    group: str = "unseen"
    wish_facets: Sequence[str] = ()
    activity_facets: Sequence[str] = ()

    @property
    def wanted(self) -> Meaning:
        """What the wish means, ticked facets included."""
        return ticked(read(self.wish), self.wish_facets)

    @property
    def offered(self) -> Meaning:
        """What the activity means, ticked facets included."""
        return ticked(read(self.activity), self.activity_facets)


def pairs(group: str | None = None, *, file: Path = WISHES) -> list[Pair]:
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    rows = rows["pairs"] if isinstance(rows, dict) else rows
    known = {field.name for field in fields(Pair)}
    read_in = (Pair(**{name: row[name] for name in known & row.keys()}) for row in rows)
    return [pair for pair in read_in if group in (None, pair.group)]


def facets(meaning: Meaning) -> Mapping[str, float]:
    return meaning.liked


def hints(meaning: Meaning) -> Mapping[str, float]:
    return {**meaning.hinted, **meaning.liked}


def nothing(_meaning: Meaning) -> Iterable[str]:
    return ()


def concepts(meaning: Meaning) -> Iterable[str]:
    return [token for token in meaning.tokens if token.startswith(CONCEPT)]


def all_tokens(meaning: Meaning) -> Iterable[str]:
    return meaning.tokens


def words(meaning: Meaning) -> Iterable[str]:
    return spoken(meaning.tokens)


# What is measured -> the facets and the tokens that it looks at.
WAYS: Mapping[str, tuple[Sides, Tokens]] = {
    "words": (lambda _meaning: {}, words),
    "facets": (facets, nothing),
    "+ concepts": (facets, concepts),
    "+ words": (facets, all_tokens),
    "+ characters": (hints, all_tokens),
}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[name] for name, weight in one.items() if name in other)
    return shared / (_norm(one) * _norm(other)) if shared else 0.0


def _norm(side: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight**2 for weight in side.values()))


def untick(asked: Sequence[Pair]) -> list[Pair]:
    """Return the pairs as raw text, without what a person has ticked."""
    return [replace(pair, wish_facets=(), activity_facets=()) for pair in asked]


def in_forties(asked: Sequence[Pair], way: str = "+ characters", *, draws: int = 12) -> float:
    """Return the mean recall among forty activities drawn at a time: a town's worth of them."""
    dice, shares = random.Random(SEED), []
    for _ in range(draws):
        drawn = dice.sample(asked, len(asked))
        shares += [recall(drawn[at : at + TOWN], way) for at in range(0, len(drawn), TOWN)]
    return fmean(shares)


def recall(asked: Sequence[Pair], way: str = "+ characters") -> float:
    """Return the share of wishes whose activity is among the first five; equals stand before it."""
    return sum(found(asked, way)) / len(asked)


def found(asked: Sequence[Pair], way: str = "+ characters") -> list[bool]:
    """Tell for each pair whether its own activity is among the first five of all activities."""
    sides, tokens = WAYS[way]
    offered = [pair.offered for pair in asked]
    text = fit([list(tokens(meaning)) for meaning in offered])
    known = [sides(meaning) for meaning in offered]
    hits = []
    for place, pair in enumerate(asked):
        wanted = pair.wanted
        close = np.array([cosine(sides(wanted), one) for one in known])
        close += TEXT * text.closeness(tokens(wanted))
        ahead = int((close >= close[place] - 1e-9).sum()) - 1
        hits.append(bool(close[place] > 0 and ahead < FIRST))
    return hits


def _table(files: Sequence[Path]) -> Iterable[str]:
    everything = [pair for file in files for pair in pairs(file=file)]
    groups = sorted({pair.group for pair in everything})
    yield f"{'set':22}{'pairs':>6}" + "".join(f"{way:>14}" for way in WAYS) + f"{'in forties':>14}"
    for group in (*groups, "all"):
        asked = [pair for pair in everything if group in (pair.group, "all")]
        yield _line(group, untick(asked))
        if any(pair.wish_facets for pair in asked):
            yield _line(f"{group}, ticked", asked)


def _line(name: str, asked: Sequence[Pair]) -> str:
    figures = "".join(f"{recall(asked, way):14.2f}" for way in WAYS)
    return f"{name:22}{len(asked):6}{figures}{in_forties(asked):14.2f}"


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]] or [WISHES]
    sys.stdout.write("\n".join(_table(named)) + "\n")
