"""What a host needs, gathered from what its activities say."""

from collections.abc import Sequence

from catalogue.terms import ActivityTerms
from service.booklet.rules import Need


def needs_of(told: Sequence[tuple[str, ActivityTerms]]) -> dict[Need, list[str]]:
    """Return what a host needs over all its activities, and for which of several it is."""
    found: dict[Need, list[str]] = {need: [] for need in Need}
    for title, terms in told:
        for need in Need:
            if said := need_in(terms, need):
                found[need].append(said if len(told) == 1 else f"{said}({title})")
    return {need: lines for need, lines in found.items() if lines}


def need_in(terms: ActivityTerms, need: Need) -> str:
    """Return what is said of one need at one activity."""
    said: str = terms.worry if need is Need.WORRY else getattr(terms.needs, need)
    return said.strip()
