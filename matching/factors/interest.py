"""Interest: what the person likes to do, against what is done there, through facets.

Source: facets confirmed on both sides find nine in ten related pairs, text under half (measured,
design 3-matching). Concepts and words on both sides tell apart what shares a facet: shogi and
bingo are both games. A dislike takes away half of what a liking gives.
"""

from collections.abc import Mapping

import numpy as np

from catalogue.profiles import LimitKind, Meaning, PersonProfile
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
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
ASIDE = 0.3
HINTED = 0.5  # what only the characters of an unknown word suggest
ECHOED = 0.3  # what the same words and concepts add to the closeness of facets
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
    """Return how far what is wanted is found on every row; 1 where it is answered, or more."""
    found, length = facets.along(wanted)
    if not length:
        return found
    share, cosine = BREADTH / FULL / length**2, (1 - BREADTH) / FULL / length
    nearness: Floats = found * (share + cosine / facets.length)
    return nearness


def echo(case: Case) -> tuple[Floats, Floats]:
    """Return how far the words of the wish, and those of the strength, are found on every row."""
    person, index = case.person, case.index
    return index.closeness(person.interest.tokens), index.closeness(person.strength.tokens)


def heard(meaning: Meaning) -> bool:
    """Say whether anything is known; an empty wish is a wish not yet heard."""
    return bool(meaning.liked or meaning.disliked)


def _wished(meaning: Meaning) -> dict[str, float]:
    """Return what is liked, and less surely what unknown words hint at."""
    return {f: HINTED * sure for f, sure in meaning.hinted.items()} | dict(meaning.liked)


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
        for facet, sure in _wished(person.interest).items()
        if facet not in shut
    }
    disliked = {f: c for f, c in person.interest.disliked.items() if f not in KIN | liked.keys()}
    return liked, disliked | dict.fromkeys(sorted(shut & REPELLING), 1.0)


def _settled(case: Case) -> tuple[dict[str, float], dict[str, float]]:
    return settled(case.person)


def score(case: Case) -> Floats:
    """Return closeness to what is liked less closeness to what is disliked, NaN if unheard."""
    if not (heard(case.person.interest) or case.person.interest.hinted):
        return np.full(case.index.size, np.nan)
    liked, disliked = case.once("settled", _settled)
    # who only said how they like to be has not yet said what they like to do
    sure = min(1.0, max(liked.values(), default=0.0))
    echoed = (ECHOED / FULL) * case.once("echo", echo)[0]
    drawn = np.minimum(closeness(case.index.meaning, liked) + echoed, 1.0) * sure
    if disliked:
        drawn -= AVERSION * np.minimum(closeness(case.index.meaning, disliked), 1.0)
    return np.clip(drawn, 0.0, 1.0)


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:
    """Return the facets that answer the wish."""
    facets = case.index.meaning
    both = shared(case.once("settled", _settled)[0], facets.column, facets.sure[rows])
    return [(found, None) for found in both]
