"""Matching once more, in plain Python, one pair at a time: slow, and easy to read."""

from tests.matching.oracle.score import score
from tests.matching.oracle.tier import tier

__all__ = ["score", "tier"]
