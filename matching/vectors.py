"""Directions of texts in a space of meaning, worked out by a measure that the caller brings.

This package reads no file and loads no model: it is given something that turns texts into vectors
(``Embed``) and keeps one direction for each activity. Without it there are no vectors, and nothing
here costs anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalogue.profiles import ActivityProfile, PersonProfile
from matching.arrays import Floats, Rows

Directions = NDArray[np.float32]
BETWEEN = "。"


class Embed(Protocol):
    """Turns n texts into (n, dimensions) numbers, a row of zeros where it knows no word."""

    @property
    def version(self) -> str:
        """Name what the numbers come from, so that an answer can be traced to it."""
        ...

    def __call__(self, texts: Sequence[str]) -> NDArray[np.floating]:
        """Return a row for each text; equal texts get equal rows."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """One direction for each row, (n, dimensions) of length 1, NaN where no word is known."""

    embed: Embed
    of: Directions

    def direction(self, text: str) -> Directions:
        """Return the direction of one text, NaN if no word of it is known."""
        direction: Directions = _directions(self.embed([text]))[0]
        return direction

    def closeness(self, direction: Directions) -> Floats:
        """Return the cosine of every row with a direction, in [-1, 1]; NaN where one is unknown."""
        cosine: Floats = np.clip(self.of @ direction, -1.0, 1.0).astype(np.float64)
        return cosine

    def part(self, at: Rows) -> "Vectors":
        """Return the directions of some rows."""
        return Vectors(self.embed, self.of.take(at, axis=0))


def directed(activities: Sequence[ActivityProfile], embed: Embed) -> Vectors:
    """Give every activity its direction; an empty catalogue has none."""
    texts = [text_of(activity) for activity in activities]
    return Vectors(embed, _directions(embed(texts)) if texts else np.zeros((0, 0), np.float32))


def _directions(vectors: NDArray[np.floating]) -> Directions:
    exact = np.asarray(vectors, dtype=np.float64)
    length = np.linalg.norm(exact, axis=1, keepdims=True)
    found: Directions = (exact / np.where(length > 0, length, np.nan)).astype(np.float32)
    return found


def text_of(activity: ActivityProfile) -> str:
    """Return what an activity says of itself and of what its host needs."""
    return BETWEEN.join((*activity.meaning.said, *activity.needs.said))


def words_of(person: PersonProfile) -> str:
    """Return what a person says they like, would rather have, and are good at."""
    return BETWEEN.join((*person.interest.said, *person.strength.said))
