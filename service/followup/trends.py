"""What last visits and past tries say about the next contact; absences are never counted. Pure."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from service.followup.facts import PlacementFacts
from service.followup.ledger import Told
from service.followup.windows import Bend

STEADY_VISITS: Final = 3
TRIES: Final = 3
CHANNELS: Final = 2
SPAN: Final = timedelta(days=30)


def trend_of(facts: PlacementFacts) -> Bend | None:
    """Say whether it got harder or goes steadily, from how it felt to those who were there."""
    there = sorted((visit for visit in facts.visits if visit.took_part), key=lambda v: v.on)
    if facts.worries or (there and there[-1].hard):
        return Bend.WORSE
    last = there[-STEADY_VISITS:]
    if len(last) == STEADY_VISITS and all(visit.well for visit in last):
        return Bend.STEADY
    return None


def needs_another_way(told: Sequence[Told]) -> bool:
    """Say whether enough was tried, in enough ways, for long enough, without reaching them."""
    reached = [each.on for each in told if each.reached]
    since = max(reached, default=None)
    tries = [each for each in told if not each.reached and (since is None or each.on > since)]
    if len(tries) < TRIES or len({each.channel for each in tries}) < CHANNELS:
        return False
    days = [each.on for each in tries]
    return max(days) - min(days) >= SPAN
