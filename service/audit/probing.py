"""Who asks often for what is hidden from them or absent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.audit import repository
from service.trail import Happening

# So often in so long somebody asks for what is hidden from them only on purpose, or by a fault.
PROBING: Final = 20
PROBING_WITHIN: Final = timedelta(days=7)


def probing(session: Session, municipality_id: UUID, *, at: datetime) -> Sequence[tuple[UUID, int]]:
    """Return who has asked conspicuously often for what is hidden or absent, and how often."""
    return repository.often(
        session,
        municipality_id,
        Happening.NOT_FOUND,
        since=at - PROBING_WITHIN,
        least=PROBING,
    )
