"""Whom a due contact is with. Pure."""

from service.followup.facts import Facts, HostFacts, PersonFacts, PlacementFacts
from service.followup.windows import Subject
from service.placements.lifecycle import Side

SIDES = (Side.PERSON, Side.HOST)


def sides_of(facts: Facts) -> tuple[Side, ...]:
    """Return whom these facts have a word with: both of a placement, else the one there is."""
    match facts:
        case PlacementFacts():
            return SIDES
        case PersonFacts():
            return (Side.PERSON,)
        case HostFacts():
            return (Side.HOST,)


def about(facts: Facts, side: Side) -> Subject:
    """Name the subject of a contact with this side."""
    match facts:
        case PlacementFacts():
            return Subject(facts.id, side, facts.id, facts.person_id, facts.host_id)
        case PersonFacts():
            return Subject(facts.id, side, person_id=facts.id)
        case HostFacts():
            return Subject(facts.id, side, host_id=facts.id)
