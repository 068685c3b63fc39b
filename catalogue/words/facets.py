"""What the vocabulary consists of: facets, and concepts that point to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class VocabularyFault(ValueError):  # noqa: N818 - house rule: errors are nouns
    """The vocabulary file says something impossible; the message gives line and concept."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of doing, of company or of meaning, with its names and neighbours.

    ``related`` gives the share, in (0, 0.5], of a confidence that passes to a neighbour.
    """

    name: str
    ja: str
    en: str
    broader: str | None = None
    related: Mapping[str, float] = field(default_factory=dict)
    opposite: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """Expressions that mean the same, and the facets they point to with confidences in (0, 1].

    ``spread`` holds the facets together with their broader and related ones.
    """

    name: str
    facets: Mapping[str, float]
    spread: Mapping[str, float]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One version of the whole file."""

    version: str
    facets: Mapping[str, Facet]
    concepts: Mapping[str, Concept]
