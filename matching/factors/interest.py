"""Interest: what the person likes to do, against what is done there, through facets.

Source: facets confirmed on both sides find nine in ten related pairs, text under half (measured,
design 3-matching). A dislike takes away half of what a liking gives.
"""

from collections.abc import Mapping

import numpy as np

from catalogue.profiles import LimitKind, Meaning, PersonProfile
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence
from matching.meaning import Facets, shared

FULL = 0.6  # the closeness at which a wish counts as answered: nobody's words say everything
# How one likes to be, not what one likes to do: preferences, pace and company weigh it, too.
CIRCUMSTANCES = {
    "morning",
    "own_pace",
    "alone",
    "quiet",
    "small_quota",
    "fixed_end",
    "place_to_be",
    "being_beside_others",
    "people",
    "lively",
    "repetition",
}
ASIDE = 0.5
AVERSION = 0.5  # a dislike named in passing does not undo a wish; limits do that
KIN = {"family"}
# Limit -> facets that nobody with it can wish for.
SHUT_OUT: Mapping[LimitKind, frozenset[str]] = {
    LimitKind.NO_TALKING_REQUIRED: frozenset({"chatting", "listening", "people", "lively"}),
    LimitKind.GROUP_AT_MOST: frozenset({"lively"}),
    LimitKind.NO_OUTDOORS: frozenset({"outdoors", "sea_and_hills"}),
    LimitKind.SEATED: frozenset({"carrying"}),
    LimitKind.NO_PAY: frozenset({"earning"}),
}
REPELLING = {"chatting", "lively"}
BREADTH = 0.5  # between the cosine (0) and the share of the wish that is answered (1)


def closeness(facets: Facets, wanted: Mapping[str, float]) -> Floats:
    """Return in [0, 1] how far what is wanted is found on every row, 1 from FULL on."""
    found, length = facets.along(wanted)
    if not length:
        return found
    own = np.maximum(facets.length, 1e-9)
    nearness = found * (BREADTH / length**2 + (1 - BREADTH) / length / own)
    return np.minimum(nearness / FULL, 1.0)


def heard(meaning: Meaning) -> bool:
    """Say whether anything is known; an empty wish is a wish not yet heard."""
    return bool(meaning.liked or meaning.disliked)


def settled(person: PersonProfile) -> tuple[dict[str, float], dict[str, float]]:
    """Return likes and dislikes after the limits have spoken.

    A wish that is a strength, too, counts up to half as much again. What a limit shuts out cannot
    be a wish, whatever a word seemed to say. What one says against one's family speaks of secrecy
    or burden, not of groups for families.
    """
    shut = {facet for limit in person.limits for facet in SHUT_OUT.get(limit.kind, ())}
    good_at = person.strength.liked
    liked = {
        facet: sure * (ASIDE if facet in CIRCUMSTANCES else 1.0 + good_at.get(facet, 0.0) / 2)
        for facet, sure in person.interest.liked.items()
        if facet not in shut
    }
    disliked = {f: c for f, c in person.interest.disliked.items() if f not in KIN | liked.keys()}
    return liked, disliked | dict.fromkeys(sorted(shut & REPELLING), 1.0)


def score(case: Case) -> Floats:
    """Return closeness to what is liked less closeness to what is disliked, NaN if unheard."""
    if not heard(case.person.interest):
        return np.full(case.index.size, np.nan)
    liked, disliked = settled(case.person)
    # who only said how they like to be has not yet said what they like to do
    sure = min(1.0, max(liked.values(), default=0.0))
    drawn = closeness(case.index.meaning, liked) * sure
    if disliked:
        drawn -= AVERSION * closeness(case.index.meaning, disliked)
    return np.clip(drawn, 0.0, 1.0)


def evidence(case: Case, rows: Rows) -> Evidence:
    """Return the facets that answer the wish."""
    facets = case.index.meaning
    both = shared(settled(case.person)[0], facets.column, facets.sure[rows])
    return [(found, None) for found in both]
