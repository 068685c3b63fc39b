"""Gather what the rule of steps asks: days at this level, concerns, what the place has room for."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.schedule import per_month
from catalogue.tables import Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.contacts import repository
from service.placements.actions import offer_for, placement_for
from service.placements.lifecycle import Action
from service.placements.made import Made
from service.placements.repository import Offer, moves_of
from service.placements.steps import Day, Level, Steps, step_back, step_up
from service.placements.tables import Placement
from service.visits.actions import visits_of
from service.visits.tables import Feeling, Outcome, Visit
from service.visits.words import TOOK_PART

# A new level begins with these moves; any other begins one where it changed minutes or dose.
BEGINNING: Final = frozenset({Action.BEGIN, Action.RETURN, Action.STEP_UP, Action.STEP_BACK})
DOSE: Final = frozenset({"minutes", "dose"})


def next_step(session: Session, placement: Placement, offer: Offer) -> Steps:
    """Return the steps of a placement that is looked at already."""
    level = _level(session, placement, offer)
    days = [_day(visit) for visit in visits_of(session, [placement.id]) if TOOK_PART[visit.outcome]]
    worried = repository.worried_on(session, placement, since=level.since)
    return Steps(step_up(level, days, worried), step_back(placement.minutes))


def read_step(session: Session, staff: Staff, placement_id: UUID, *, at: datetime) -> Steps:
    """Return the same of a placement that the caller may see."""
    placement = placement_for(session, staff, placement_id, act=Act.READ, at=at)
    offer = offer_for(session, staff, placement.activity_id, placement.slot_id)
    return next_step(session, placement, offer)


def _day(visit: Visit) -> Day:
    well = visit.feeling is not Feeling.HARD and visit.outcome is not Outcome.LEFT_EARLY
    return Day(visit.occurred_on, well)


def _level(session: Session, placement: Placement, offer: Offer) -> Level:
    terms = ActivityTerms.model_validate(offer.activity.terms)
    begun = [each for each in moves_of(session, [placement.id]) if _begins(each)]
    return Level(
        status=placement.status,
        since=begun[-1].occurred_on if begun else placement.proposed_on,
        minutes=placement.minutes,
        dose=placement.dose,
        longest=terms.minutes.max if terms.minutes else None,
        per_month=_per_month(offer.slot, terms),
    )


def _begins(move: Made) -> bool:
    return move.action in BEGINNING or bool(DOSE & move.details.keys())


def _per_month(slot: Slot, terms: ActivityTerms) -> float | None:
    if slot.recurrence is None:
        return None
    item = ScheduleItem.model_validate(slot.recurrence)
    return per_month(item.recurrence(season=terms.period(), closed_until=None, next_dates=()))
