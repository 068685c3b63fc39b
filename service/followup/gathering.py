"""Turn rows into the frozen facts that the rule is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, TypeVar
from uuid import UUID

from catalogue.profiles import Stage
from service.clock import local_day
from service.contacts.rules import REACHED
from service.followup.facts import Days, Facts, HostFacts, PersonFacts, PlacementFacts
from service.followup.ledger import Ledger, Left, Seen, Told, Worry
from service.followup.repository.sources import (
    Agreed,
    Attended,
    Material,
    Moved,
    Placed,
    Raised,
    Spoken,
)
from service.followup.results import LEAVES, Leaves
from service.placements.lifecycle import CLOSED, Action
from service.visits.tables import Feeling, Outcome
from service.visits.words import TOOK_PART

Kept = TypeVar("Kept")

_AT_HOME: Final = frozenset({Stage.NOT_MET, Stage.AT_HOME})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was read, by what it belongs to."""

    of_person: Mapping[UUID, list[Spoken]]
    of_host: Mapping[UUID, list[Spoken]]
    moves: Mapping[UUID, list[Moved]]
    visits: Mapping[UUID, list[Attended]]
    worries: Mapping[UUID, list[Worry]]
    consents: Mapping[UUID, list[Agreed]]
    left: Mapping[UUID, list[Left]]


def shelved(material: Material) -> Shelf:
    """Put every row where it belongs; contacts in the order in which they were."""
    spoken = sorted(material.spoken, key=lambda each: (each.on, each.at, each.id))
    return Shelf(
        of_person=_by((each.person_id, each) for each in spoken),
        of_host=_by((each.host_id, each) for each in spoken),
        moves=_by((move.placement_id, move) for move in material.moves),
        visits=_by((visit.placement_id, visit) for visit in material.visits),
        worries=_by(
            (subject_id, Worry(concern.id, concern.side, concern.raised_on, concern.person_id))
            for concern in material.concerns
            for subject_id in _worried(concern)
        ),
        consents=_by((consent.person_id, consent) for consent in material.consents),
        left=_by(
            (
                answer.placement_id or answer.person_id or answer.host_id,
                Left(answer.item_id, answer.answered_on, answer.until),
            )
            for answer in material.answers
        ),
    )


def _by(pairs: Iterable[tuple[UUID | None, Kept]]) -> Mapping[UUID, list[Kept]]:
    """Group what belongs to somebody; a key that nothing belongs to has an empty list."""
    found: defaultdict[UUID, list[Kept]] = defaultdict(list)
    for key, kept in pairs:
        if key is not None:
            found[key].append(kept)
    return found


def _worried(concern: Raised) -> Iterator[UUID]:
    """Name what a concern hangs on: its placement, or else each side by itself."""
    if concern.placement_id:
        yield concern.placement_id
        return
    yield from filter(None, (concern.person_id, concern.host_id))


def gathered(material: Material, shelf: Shelf) -> Iterator[Facts]:
    """Yield the facts of every placement, person and host that was read."""
    open_people = {each.person_id for each in material.placed if each.status not in CLOSED}
    for placed in material.placed:
        yield _placement(placed, shelf)
    for person in material.people:
        yield PersonFacts(
            id=person.id,
            known_since=person.known_since,
            at_home=person.stage in _AT_HOME and person.id not in open_people,
            consent_until=_consent_until(shelf.consents[person.id]),
            ledger=Ledger(person=_told(shelf.of_person[person.id]), left=_left(shelf, person.id)),
            worries=tuple(shelf.worries[person.id]),
        )
    yield from _hosts(material, shelf)


def _hosts(material: Material, shelf: Shelf) -> Iterator[HostFacts]:
    for host in material.hosts:
        yield HostFacts(
            id=host.id,
            known_since=_day(host.created_at),
            confirmed_on=host.confirmed_on,
            ledger=Ledger(host=_told(shelf.of_host[host.id]), left=_left(shelf, host.id)),
            worries=tuple(shelf.worries[host.id]),
        )


def _day(at: datetime) -> date:
    # SQLite gives moments back without their zone; all are kept in UTC.
    return local_day(at if at.tzinfo else at.replace(tzinfo=UTC))


def _placement(placed: Placed, shelf: Shelf) -> PlacementFacts:
    return PlacementFacts(
        id=placed.id,
        person_id=placed.person_id,
        host_id=placed.host_id,
        status=placed.status,
        days=_days(placed, shelf.moves[placed.id]),
        ledger=Ledger(
            person=_told(of_placement(shelf.of_person[placed.person_id], placed.id)),
            host=_told(of_placement(shelf.of_host[placed.host_id], placed.id)),
            left=_left(shelf, placed.id),
        ),
        visits=tuple(_seen(visit) for visit in shelf.visits[placed.id]),
        worries=tuple(shelf.worries[placed.id]),
    )


def of_placement(spoken: Iterable[Spoken], placement_id: UUID | None) -> list[Spoken]:
    """Leave out what was said about another placement: it answers nothing about this one."""
    return [each for each in spoken if each.placement_id in {None, placement_id}]


def _told(spoken: Iterable[Spoken]) -> tuple[Told, ...]:
    return tuple(
        Told(
            each.on,
            each.channel,
            REACHED[each.result],
            LEAVES[each.result] is Leaves.ANSWERED,
            each.next_on,
        )
        for each in spoken
    )


def _left(shelf: Shelf, subject_id: UUID) -> tuple[Left, ...]:
    return tuple(shelf.left[subject_id])


def _seen(visit: Attended) -> Seen:
    return Seen(
        on=visit.occurred_on,
        took_part=TOOK_PART[visit.outcome],
        well=visit.feeling is Feeling.OK,
        hard=visit.feeling is Feeling.HARD,
        rested_without_word=visit.outcome is Outcome.RESTED and visit.with_notice is False,
        unheard=visit.outcome is Outcome.UNKNOWN,
    )


def _days(placed: Placed, moves: Iterable[Moved]) -> Days:
    """Read the days off the moves; what was before a reopening counts no more."""
    proposed_on, on = placed.proposed_on, dict[Action, date]()
    closed_on: date | None = None
    for move in moves:
        if move.action is Action.REOPEN:
            proposed_on, on = move.occurred_on, {}
        on[move.action] = move.occurred_on
        closed_on = move.occurred_on if move.to_status in CLOSED else None
    return Days(
        proposed_on=proposed_on,
        asked_on=on.get(Action.ASK),
        asked_until=placed.asked_until,
        agreed_on=on.get(Action.AGREE) or on.get(Action.HOST_ACCEPTS),
        first_on=placed.first_on,
        begun_on=on.get(Action.BEGIN),
        rested_on=on.get(Action.REST),
        ask_again_on=placed.ask_again_on,
        stepped_back_on=on.get(Action.STEP_BACK),
        closed_on=closed_on,
    )


def _consent_until(consents: Iterable[Agreed]) -> date | None:
    """Return the last day of what was consented to; one without an end never ends."""
    untils = [consent.until for consent in consents]
    return None if None in untils else max((day for day in untils if day), default=None)
