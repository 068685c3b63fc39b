"""How much each factor counts: an expert's prior, named and versioned, to be moved by outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

# Factor -> weight, and why.
PRIOR: Final[Mapping[str, float]] = MappingProxyType(
    {
        "interest": 3.0,  # facets carry the match: nothing harmless but unrelated comes first
        "strength": 1.5,  # from receiving to giving
        "words": 0.5,  # text finds under half, and is noisy
        "nearness": 0.4,  # so do vectors of words; only where a folder of them is set
        "comfort": 1.5,  # what is borne is come back to
        "pace": 0.8,  # own pace decides more often than the kind of work
        "company": 1.0,  # so do few people
        "hours": 1.2,  # a weekly place carries, a rare event does not
        "way": 0.6,  # limits already hold the worst
        "preferences": 1.5,  # what was asked for in so many words
        "history": 0.8,  # how it went before
        "ease": 0.2,  # a host's turn, never against the person
        "step": 1.5,  # too early or too little are the commonest misfits
    }
)


@dataclass(frozen=True, slots=True)
class Weights:
    """A version of the weights; every factor has one, none is negative."""

    version: str
    of: Mapping[str, float] = field(default_factory=lambda: PRIOR)
    per_violation: float = 0.85  # what one limit to arrange for leaves of the score
    per_unknown: float = 0.9  # what open questions to the host leave of it
    per_kin_hazard: float = 0.7  # and one hazard that is kin to an unwanted one
    weakest: float = 0.15  # what the weakest circumstance may take: load, times, way or step
    same_host: float = 0.03  # taken off from the third of a host on, by the square of those before
    same_kind: float = 0.02  # and from the fourth of a kind (first tag) on


WEIGHTS: Final = Weights("2026-11-prior-2")
