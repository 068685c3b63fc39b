"""What came of a placement, and what that means for proposing it again. Pure."""

from datetime import date, timedelta
from typing import Final

from service.placements.lifecycle import EndReason, Side, Status

# What an ending means for proposing the same thing again: whether it went badly there.
ENDED_BADLY: Final[dict[EndReason, bool]] = {
    EndReason.MOVED_ON: False,
    EndReason.BECAME_HELPER: False,
    EndReason.JOB: False,
    EndReason.OWN_WAY: False,
    EndReason.PLACE_CLOSED: False,
    EndReason.DID_NOT_FIT: True,
    EndReason.HEALTH: False,
    EndReason.MOVED_AWAY: False,
    EndReason.LOST_CONTACT: True,
    EndReason.WISH: True,
}

# The team's own passing says nothing about the person and the place.
PASSING_COOLS: Final[dict[Side, bool]] = {Side.PERSON: True, Side.HOST: True, Side.TEAM: False}


def outcome_of(status: Status, *, reason: EndReason | None, side: Side | None) -> str | None:
    """Return the word that matching knows for what came of it (catalogue.profiles.Tried)."""
    if status is Status.ENDED:
        return "ended_badly" if reason and ENDED_BADLY[reason] else "ended_well"
    if status is Status.PASSED:
        return "passed" if side and PASSING_COOLS[side] else None
    return None if status is Status.SUPERSEDED else "going"


def is_cooling(outcome: str | None, closed_on: date, *, on: date, days: int) -> bool:
    """Say whether something that was passed, or ended badly, is too fresh to propose again."""
    cools = outcome in {"passed", "ended_badly"}
    return cools and on < closed_on + timedelta(days=days)
