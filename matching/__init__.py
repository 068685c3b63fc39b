"""How well an activity suits a person. No I/O, no clock, no dice, no database."""

from matching.answer import Answer, Arrangement, Proposal, Reason
from matching.evaluate import evaluate
from matching.explain import explain
from matching.index import Index, build
from matching.rank import match
from matching.weights import WEIGHTS

__all__ = [
    "WEIGHTS",
    "Answer",
    "Arrangement",
    "Index",
    "Proposal",
    "Reason",
    "build",
    "evaluate",
    "explain",
    "match",
]
