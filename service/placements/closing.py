"""What ends in the same transaction when a placement is over: chapters that stand above say it.

A card that was only hidden would come to life again with a placement that is opened again.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from service.placements.tables import Placement

Closer = Callable[[Session, Placement, datetime], None]
_closers: dict[str, Closer] = {}


def closes_with(chapter: str, closer: Closer) -> None:
    """Say what of a chapter ends with a placement."""
    _closers[chapter] = closer


def close_with(session: Session, placement: Placement, at: datetime) -> None:
    """End what ends with a placement, now."""
    for close in _closers.values():
        close(session, placement, at)
