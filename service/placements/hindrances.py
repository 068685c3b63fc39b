"""Look up what stands in the way of a proposal or a move: the facts behind the obstacles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import SharedWith, Stage
from service.hosts.repository import has_enough
from service.persons.apart.repository import kept_from
from service.persons.repository import consents, current_consents, latest_assessment
from service.persons.tables import Person
from service.placements import repository
from service.placements.obstacles import Hindered, Obstacle, hindrance
from service.placements.outcomes import is_cooling
from service.placements.repository import Offer
from service.refusals import Kind, Refusal
from service.suggestions.apart import Place, keep_from


class NotConsented(Refusal):
    """Something may not be told to the host; ``fields`` names what."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom and what a move is about, and on which day."""

    session: Session
    person: Person
    offer: Offer
    on: date
    cooling_off_days: int


def refuse_hindered(checks: Sequence[Obstacle], scene: Scene, *, reason: str) -> None:
    """Refuse with everything that stands in the way, not only with the first of it."""
    present = frozenset(check for check in checks if _PRESENT[check](scene))
    if refusal := hindrance(checks, present, reason=reason):
        raise refusal


def already_open() -> Refusal:
    return _found(Obstacle.ALREADY_OPEN)


def _found(obstacle: Obstacle) -> Refusal:
    refusal = hindrance([obstacle], frozenset({obstacle}), reason="")
    assert isinstance(refusal, Hindered)
    return refusal


def refuse_untold(scene: Scene, fields: Iterable[str]) -> None:
    """Refuse to tell a host what no consent covers for this host on this day."""
    covered = {
        field
        for consent in current_consents(scene.session, scene.person.id, on=scene.on)
        if consent.shared_with is SharedWith.HOSTS
        and consent.host_id in {None, scene.offer.host.id}
        for field in consent.fields
    }
    if missing := sorted(set(fields) - covered):
        raise NotConsented("the person's consent does not cover telling this", fields=missing)


def _paused(scene: Scene) -> bool:
    return scene.person.proposals_paused is not None


def _not_met(scene: Scene) -> bool:
    return scene.person.stage is Stage.NOT_MET


def _not_assessed(scene: Scene) -> bool:
    return latest_assessment(scene.session, scene.person.id) is None


def _closed(scene: Scene) -> bool:
    return not scene.offer.activity.open


def _host_resting(scene: Scene) -> bool:
    until = scene.offer.host.resting_until
    return until is not None and scene.on < until


def _has_enough(scene: Scene) -> bool:
    return has_enough(scene.session, scene.offer.host.id, on=scene.on)


def _cooling(scene: Scene) -> bool:
    return any(
        past.placement.activity_id == scene.offer.activity.id
        and is_cooling(past.outcome, past.on, on=scene.on, days=scene.cooling_off_days)
        for past in repository.pasts(scene.session, scene.person.id)
    )


def _open(scene: Scene) -> bool:
    return repository.is_open(scene.session, scene.person.id, scene.offer.slot.id)


def _full(scene: Scene) -> bool:
    repository.release_lapsed(scene.session, scene.offer.slot.id, on=scene.on)
    slot = repository.places_of(scene.session, scene.offer.slot.id)
    return slot.taken >= slot.capacity


def _withdrawn(scene: Scene) -> bool:
    given = consents(scene.session, scene.person.id)
    withdrawn = any(consent.withdrawn_on is not None for consent in given)
    return withdrawn and not current_consents(scene.session, scene.person.id, on=scene.on)


def _beside(scene: Scene) -> bool:
    return together(scene.session, scene.person.id, scene.offer.slot.id)


def together(session: Session, person_id: UUID, slot_id: UUID) -> bool:
    """Say whether somebody is placed in a slot from whom this person is kept apart."""
    return repository.placed_beside(session, slot_id, kept_from(session, person_id))


def places_beside(session: Session, person_id: UUID) -> frozenset[Place]:
    """Name the slots that a proposal would refuse because of whom somebody is kept apart from."""
    found = repository.places_of_people(session, kept_from(session, person_id))
    return frozenset((str(activity_id), str(position)) for activity_id, position in found)


keep_from(places_beside)


def other_slot() -> Refusal:
    """Refuse a slot without naming anybody."""
    return _found(Obstacle.OTHER_SLOT)


_PRESENT: Final[dict[Obstacle, Callable[[Scene], bool]]] = {
    Obstacle.PAUSED: _paused,
    Obstacle.NOT_MET: _not_met,
    Obstacle.NOT_ASSESSED: _not_assessed,
    Obstacle.ACTIVITY_CLOSED: _closed,
    Obstacle.HOST_RESTING: _host_resting,
    Obstacle.HOST_HAS_ENOUGH: _has_enough,
    Obstacle.COOLING_OFF: _cooling,
    Obstacle.ALREADY_OPEN: _open,
    Obstacle.NO_PLACE: _full,
    Obstacle.CONSENT_WITHDRAWN: _withdrawn,
    Obstacle.OTHER_SLOT: _beside,
}
