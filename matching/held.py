"""Whom nothing is proposed to: then the answer speaks of the relationship, and is never a list."""

from catalogue.profiles import PersonProfile, Stage
from matching.answer import Reason


def why_held(person: PersonProfile) -> Reason | None:
    """Say why a person gets no proposal today, None if they do."""
    if person.proposals_paused is not None:
        return Reason("paused", person.proposals_paused or None)
    if person.stage is Stage.NOT_MET:
        return Reason("not_met")
    if not person.assessed:
        return Reason("not_assessed")
    return None
