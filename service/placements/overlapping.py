"""Which promises of one person fall on the same hours: said before an agreement, not forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import Opening
from service.accounts.actions import Staff
from service.hosts import leaflet
from service.placements import repository
from service.placements.repository import FIRM, Offer

LOOKED_AT: Final = timedelta(days=62)  # further ahead, dates move anyway
MANY: Final = 500


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another promise, and the first of its dates that meets one of these."""

    placement_id: UUID
    title: str
    start: datetime
    end: datetime


def overlaps(
    session: Session, staff: Staff, person_id: UUID, offer: Offer, *, first_on: date
) -> list[Overlap]:
    """Return the person's promises whose hours meet those of a slot, from the first day on."""
    own = _dates(offer, first_on)
    found = []
    for each in repository.placements(session, staff, person_id=person_id, limit=MANY):
        other = repository.offer_of(session, staff, each.activity_id, each.slot_id)
        if each.status not in FIRM or each.slot_id == offer.slot.id or other is None:
            continue
        if met := first_meeting(_dates(other, max(first_on, each.first_on or first_on)), own):
            found.append(Overlap(each.id, other.activity.title, met.start, met.end))
    return sorted(found, key=lambda overlap: (overlap.start, overlap.title))


def first_meeting(theirs: Sequence[Opening], own: Sequence[Opening]) -> Opening | None:
    """Return the first of some dates that shares time with any of the others."""
    return next(
        (
            each
            for each in theirs
            if any(each.start < mine.end and mine.start < each.end for mine in own)
        ),
        None,
    )


def _dates(offer: Offer, first_on: date) -> list[Opening]:
    until = first_on + LOOKED_AT
    dated = leaflet.openings(offer.activity, [offer.slot], today=first_on)
    return [each for each in dated if each.start.date() <= until]
