"""Look at what would end, in the eyes of the same rules and queries that end it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import SharedWith
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import local_day
from service.disclosures import repository as disclosures
from service.followup.closing import Turn, turn_of
from service.persons import repository as persons
from service.persons.actions import consent_for
from service.persons.tables import Consent
from service.placements.actions import actor_of, list_placements, offer_for, placement_for
from service.placements.lifecycle import CLOSED, Action, Hold, Status, advance
from service.placements.rules import held
from service.placements.tables import Placement
from service.replies import repository as replies

MANY: Final = 500


@dataclass(frozen=True, slots=True)
class Ending:
    """What a move would end, and what it leaves to be done; ``ends``: whether it ends anything."""

    ends: bool
    status: Status
    hold: Hold
    cards: int
    links: int
    questions: int
    host_knows: bool
    turn: Turn


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What ends with a consent: sheets, their links, what was told, and who still sees whom."""

    sheets: int
    links: int
    placements: tuple[tuple[UUID, tuple[str, ...]], ...]
    seen_by_owner_only: bool


def ending(
    session: Session, staff: Staff, placement_id: UUID, action: Action, *, at: datetime
) -> Ending:
    """Say what would be over if this move were made today; refused as the move itself would be."""
    placement = placement_for(session, staff, placement_id, act=Act.READ, at=at)
    status = advance(placement.status, action, by=actor_of(staff))
    today = local_day(at)
    hold = _held(placement, today)
    if status not in CLOSED:
        knows = placement.status not in {Status.PROPOSED, Status.WANTED}
        return Ending(False, status, hold, 0, 0, 0, knows, Turn((), ()))
    shown = [packet.id for packet in disclosures.cards_of(session, placement.id)]
    return Ending(
        ends=True,
        status=status,
        hold=hold,
        cards=len(shown),
        links=disclosures.open_links(session, shown, at=at),
        questions=replies.unanswered(session, placement.id, at=at),
        host_knows=bool(shown) or placement.status not in {Status.PROPOSED, Status.WANTED},
        turn=turn_of(session, staff.municipality_id, placement.id, status, on=today),
    )


def _held(placement: Placement, today: date) -> Hold:
    return held(
        placement.status,
        asked_until=placement.asked_until,
        holds_place=placement.holds_place,
        on=today,
    )


def withdrawal(
    session: Session, staff: Staff, person_id: UUID, consent_id: UUID, *, at: datetime
) -> Withdrawal:
    """Say what would end if this consent were withdrawn now."""
    consent = consent_for(session, staff, person_id, consent_id, act=Act.READ, at=at)
    today = local_day(at)
    shown = disclosures.resting_on(session, consent.id)
    left = [
        each
        for each in persons.current_consents(session, person_id, on=today)
        if each.id != consent.id
    ]
    running = list_placements(session, staff, at=at, person_id=person_id, limit=MANY)
    told = [
        (each.id, gone)
        for each in running
        if each.status not in CLOSED and (gone := _uncovered(session, staff, each, left))
    ]
    return Withdrawal(
        sheets=len(shown),
        links=disclosures.open_links(session, shown, at=at),
        placements=tuple(told),
        seen_by_owner_only=all(each.shared_with is SharedWith.NONE for each in left),
    )


def _uncovered(
    session: Session, staff: Staff, placement: Placement, left: list[Consent]
) -> tuple[str, ...]:
    """Return what was agreed to be told and nothing would cover any more."""
    host = offer_for(session, staff, placement.activity_id, placement.slot_id).host
    covered = {
        field
        for consent in left
        if consent.shared_with is SharedWith.HOSTS and consent.host_id in {None, host.id}
        for field in consent.fields
    }
    return tuple(field for field in placement.may_tell if field not in covered)
