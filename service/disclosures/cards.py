"""Anonymous cards: one for a proposal that goes on, under a name that only this host knows."""

from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import local_day
from service.disclosures import repository
from service.disclosures.actions import RESOURCE, Plan, covering, keep
from service.disclosures.card import card
from service.disclosures.lifecycle import Sort, State
from service.disclosures.pseudonyms import drawn
from service.disclosures.sheet import Sheet
from service.disclosures.tables import Packet, Pseudonym
from service.persons.actions import person_for, profile_of
from service.persons.tables import Person
from service.placements.actions import offer_for, placement_for
from service.placements.closing import closes_with
from service.placements.lifecycle import CLOSED
from service.placements.tables import Placement
from service.refusals import Kind, Refusal

TRIES: Final = 20


def close_cards(session: Session, placement: Placement, at: datetime) -> None:
    """End every card of a placement that is over, and its links: for good, whatever comes later."""
    for packet in repository.cards_of(session, placement.id):
        packet.state = State.ENDED
        packet.version += 1
        repository.revoke_all(session, packet.id, at=at)


closes_with("disclosures", close_cards)


class PlacementOver(Refusal):
    """A card belongs to a proposal that goes on."""

    kind: ClassVar = Kind.CONFLICT


class NoNameLeft(Refusal):
    kind: ClassVar = Kind.CONFLICT


def plan_card(session: Session, staff: Staff, placement_id: UUID, *, at: datetime) -> Plan:
    """Put together the anonymous card that a host would see for a proposal."""
    # A card is work with the person: who may only read them, as in an emergency, makes none.
    placement = placement_for(session, staff, placement_id, act=Act.WRITE, at=at)
    if placement.status in CLOSED:
        raise PlacementOver("this placement is over")
    person = person_for(
        session, staff, placement.person_id, act=Act.WRITE, resource=RESOURCE, at=at, locked=True
    )
    return _card_plan(session, staff, person, placement, at=at)


def _card_plan(
    session: Session, staff: Staff, person: Person, placement: Placement, *, at: datetime
) -> Plan:
    offer = offer_for(session, staff, placement.activity_id, placement.slot_id)
    consent = covering(session, person.id, offer.host.id, None, at=at)
    sheet = Sheet(
        sort=Sort.CARD,
        host=offer.host.name,
        who=called(session, staff, offer.host.id, person.id),
        lines=card(profile_of(session, person, on=local_day(at))),
        purpose=offer.activity.title,
        until=consent.until,
    )
    return Plan(person, consent, sheet, offer.host.id)


def keep_card(session: Session, staff: Staff, placement_id: UUID, *, at: datetime) -> Packet:
    """Keep the card of a proposal; it names nobody, so it takes no second person."""
    plan = plan_card(session, staff, placement_id, at=at)
    return keep(session, staff, plan, State.RELEASED, placement_id)


def called(session: Session, staff: Staff, host_id: UUID, person_id: UUID) -> str:
    """Return what this host calls somebody; drawn once, and another name for every other host."""
    for _ in range(TRIES):
        if name := repository.pseudonym_of(session, host_id, person_id):
            return name
        row = Pseudonym(
            municipality_id=staff.municipality_id,
            host_id=host_id,
            person_id=person_id,
            name=drawn(),
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # taken at this host, or a colleague drew at the same moment
            continue
    raise NoNameLeft("this host has no name left to call anybody by")
