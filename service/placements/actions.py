"""What people do to placements: propose one, and make the moves of its life."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from catalogue.profiles import Tried
from catalogue.repository import touch_revision
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.companions import actions as companions
from service.hosts import repository as hosts
from service.persons.actions import person_for, reach_for
from service.persons.picture import Picture
from service.persons.repository import latest_assessment
from service.placements import hindrances, repository
from service.placements.agreement import write_terms
from service.placements.closing import close_with
from service.placements.lifecycle import (
    CLOSED,
    HOLDS,
    Action,
    Actor,
    Hold,
    Status,
    advance,
    possible,
)
from service.placements.obstacles import BEFORE, BEFORE_PROPOSING, Obstacle
from service.placements.repository import Offer, Past
from service.placements.rules import mistimed
from service.placements.tables import Placement, PlacementMove
from service.placements.terms import NO_TERMS, TAKES, Terms, unfit
from service.refusals import Kind, Refusal
from service.settings import Settings
from service.web.versions import refuse_stale

RESOURCE = "placement"
# With these somebody is new at a host; who comes back from a rest is not.
BEGINS: Final = frozenset({Action.HOST_ACCEPTS, Action.AGREE})


class NoSuchPlacement(Refusal):
    kind: ClassVar = Kind.MISSING


class NoSuchOffer(Refusal):
    kind: ClassVar = Kind.MISSING


class NoPlaceLeft(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class HostHand:
    """A host who answers by a link: no account, and no more moves than an answer's."""

    municipality_id: UUID
    id: None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One move as it was asked for: who makes it, what was said, when it happened."""

    staff: Staff | HostHand
    action: Action
    terms: Terms
    on: date
    at: datetime
    note: str
    settings: Settings

    @property
    def by(self) -> Actor:
        return actor_of(self.staff)


def actor_of(staff: Staff | HostHand) -> Actor:
    """Return as whom somebody makes moves; only roles with the right to place are actors."""
    return Actor.HOST_LINK if isinstance(staff, HostHand) else Actor(staff.role.value)


def propose(
    session: Session,
    staff: Staff,
    *,
    person_id: UUID,
    activity_id: UUID,
    at: datetime,
    settings: Settings,
    slot_id: UUID | None = None,
    suggestion_id: UUID | None = None,
    own_words: str = "",
    override_reason: str = "",
    on: date | None = None,
) -> Placement:
    """Put an activity to a person; nothing leaves the team yet, and no place is held."""
    person = person_for(session, staff, person_id, act=Act.WRITE, resource=RESOURCE, at=at)
    offer = offer_for(session, staff, activity_id, slot_id)
    _refuse_foreign_suggestion(session, suggestion_id, person_id, activity_id)
    on = on or local_day(at)
    refuse(mistimed(on, today=local_day(at), first_move_on=None))
    scene = hindrances.Scene(session, person, offer, on, settings.cooling_off_days)
    hindrances.refuse_hindered(BEFORE_PROPOSING, scene, reason=override_reason)
    placement = Placement(
        municipality_id=person.municipality_id,
        person_id=person.id,
        activity_id=activity_id,
        slot_id=offer.slot.id,
        suggestion_id=suggestion_id,
        owner_id=staff.id,
        proposed_on=on,
        own_words=own_words,
        override_reason=override_reason,
        created_at=at,
    )
    _add_once(session, placement)
    return placement


def offer_for(
    session: Session, staff: Staff | HostHand, activity_id: UUID, slot_id: UUID | None = None
) -> Offer:
    """Return what is offered, in the caller's municipality, or refuse."""
    offer = repository.offer_of(session, staff, activity_id, slot_id)
    if offer is None:
        raise NoSuchOffer("no such activity, or it has no such slot")
    return offer


def _refuse_foreign_suggestion(
    session: Session, suggestion_id: UUID | None, person_id: UUID, activity_id: UUID
) -> None:
    if suggestion_id is not None and not repository.suggested(
        session, suggestion_id, person_id, activity_id
    ):
        raise NoSuchOffer("no such suggestion for this person and activity")


def _add_once(session: Session, placement: Placement) -> None:
    # Two callers may both have seen nothing open: the index lets one of them in.
    try:
        with session.begin_nested():
            session.add(placement)
    except IntegrityError:
        raise hindrances.already_open() from None


def move(
    session: Session,
    staff: Staff,
    placement_id: UUID,
    action: Action,
    terms: Terms = NO_TERMS,
    *,
    at: datetime,
    settings: Settings,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Placement:
    """Make one move and write it down, or refuse. ``on`` is the day on which it happened."""
    step = Step(staff, action, terms, on or local_day(at), at, note, settings)
    seen = placement_for(session, staff, placement_id, act=Act.WRITE, at=at)
    repository.hold_person(session, seen.person_id)
    siblings = bool(terms.supersede_others)
    placement, *others = repository.locked(session, seen, siblings=siblings)
    refuse_stale(placement.version, version)
    _make(session, placement, step)
    aside = replace(step, action=Action.SUPERSEDE, terms=NO_TERMS, note="")
    for other in others:
        if Action.SUPERSEDE in possible(other.status, by=step.by) and not other.holds_place:
            _make(session, other, aside)
    session.flush()
    return placement


def answer_as_host(
    session: Session,
    host: HostHand,
    placement_id: UUID,
    action: Action,
    *,
    on: date,
    at: datetime,
    settings: Settings,
    note: str = "",
) -> Placement:
    """Make the move that a host's answer means. The link says which placement it speaks of.

    ``on``: when the host answered; it may be drawn into the case on a later day.
    """
    seen = repository.placement_linked(session, host.municipality_id, placement_id)
    if seen is None:
        raise NoSuchPlacement("no such placement")
    repository.hold_person(session, seen.person_id)
    [placement] = repository.locked(session, seen, siblings=False)
    _make(session, placement, Step(host, action, NO_TERMS, on, at, note, settings))
    session.flush()
    return placement


def _make(session: Session, placement: Placement, step: Step) -> None:
    end = advance(placement.status, step.action, by=step.by)
    refuse(unfit(step.action, step.terms))
    moves = repository.moves_of(session, [placement.id])
    first_on = moves[0].occurred_on if moves else None
    refuse(mistimed(step.on, today=local_day(step.at), first_move_on=first_on))
    _refuse_hindered(session, placement, step)
    _seat(session, placement, end, step)
    session.add(
        PlacementMove(
            municipality_id=placement.municipality_id,
            person_id=placement.person_id,
            placement_id=placement.id,
            position=len(moves) + 1,
            action=step.action,
            from_status=placement.status,
            to_status=end,
            actor=step.by,
            account_id=step.staff.id,
            occurred_on=step.on,
            recorded_at=step.at,
            note=step.note,
            details=step.terms.told(),
        )
    )
    if step.action is Action.ASK:
        host_id = offer_for(session, step.staff, placement.activity_id).host.id
        if hosts.asked(session, host_id, on=step.on):
            touch_revision(session, placement.municipality_id)
    placement.status = end
    write_terms(placement, step.action, step.terms, on=step.on, settings=step.settings)
    placement.version += 1
    _accompany(session, placement, step)
    if end in CLOSED:
        close_with(session, placement, step.at)


def _accompany(session: Session, placement: Placement, step: Step) -> None:
    """Keep the companion or lift of the first day, or give back what is needed no more."""
    today = local_day(step.at)
    if not placement.holds_place:
        companions.release(session, placement.id, since=today)
    elif "first_on" in TAKES[step.action]:
        assessment = latest_assessment(session, placement.person_id)
        picture = Picture.model_validate(assessment.picture if assessment else {})
        on = placement.first_on
        companions.keep_days(session, placement, picture, on=on, today=today, at=step.at)


def _refuse_hindered(session: Session, placement: Placement, step: Step) -> None:
    offer = offer_for(session, step.staff, placement.activity_id, placement.slot_id)
    person = repository.person_of(session, placement)
    scene = hindrances.Scene(session, person, offer, step.on, step.settings.cooling_off_days)
    reason = step.terms.override_reason or ""
    hindrances.refuse_hindered(BEFORE[step.action], scene, reason=reason)
    hindrances.refuse_untold(scene, step.terms.may_tell or ())


def _seat(session: Session, placement: Placement, end: Status, step: Step) -> None:
    """Take or give back the place that the new status holds or does not hold."""
    firm = HOLDS[end] is Hold.FIRM
    # A rest that lost its place stays a rest; the place is looked for when the rest is over.
    if firm and not placement.holds_place and step.action is not Action.REST:
        if not repository.take_place(session, placement.slot_id, on=local_day(step.at)):
            raise NoPlaceLeft("no place is left", obstacles=[Obstacle.NO_PLACE])
        # Asked after the slot was taken: whoever took another of its places is seen by now.
        if hindrances.together(session, placement.person_id, placement.slot_id):
            raise hindrances.other_slot()
        if step.action in BEGINS:
            hosts.began(session, placement.activity_id, on=step.on)
    elif placement.holds_place and not firm:
        repository.release_places(session, placement.slot_id)
    else:
        return
    placement.holds_place = firm
    touch_revision(session, placement.municipality_id)


def refuse(refusal: Refusal | None) -> None:
    """Raise what a rule answered, if it answered."""
    if refusal is not None:
        raise refusal


def placement_for(
    session: Session, staff: Staff, placement_id: UUID, *, act: Act, at: datetime
) -> Placement:
    """Return a placement of a person the caller may see, and write down that it was looked at."""
    placement = repository.placement_of(session, staff, placement_id, reach=reach_for(act))
    if placement is None:
        raise NoSuchPlacement("no such placement")
    record_access(session, staff, [placement.person_id], act=act, resource=RESOURCE, at=at)
    return placement


def list_placements(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    person_id: UUID | None = None,
    activity_id: UUID | None = None,
    status: Status | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Placement]:
    """Return the placements of people the caller may see, and write down who was listed."""
    found = repository.placements(
        session,
        staff,
        person_id=person_id,
        activity_id=activity_id,
        status=status,
        after=after,
        limit=limit,
    )
    people = sorted({placement.person_id for placement in found})
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return found


def history(session: Session, person_id: UUID) -> tuple[Tried, ...]:
    """Return what came of a person's placements, in the words of matching."""
    return _tried(repository.pasts(session, person_id))


def histories(session: Session, person_ids: Sequence[UUID]) -> dict[UUID, tuple[Tried, ...]]:
    """Return what came of the placements of many people, by person; none without a placement."""
    of: dict[UUID, list[Past]] = {}
    for past in repository.pasts_of(session, person_ids):
        of.setdefault(past.placement.person_id, []).append(past)
    return {person_id: _tried(pasts) for person_id, pasts in of.items()}


def _tried(pasts: Iterable[Past]) -> tuple[Tried, ...]:
    return tuple(
        Tried(str(past.placement.activity_id), str(past.host_id), outcome, past.on)
        for past in pasts
        if (outcome := past.outcome) is not None
    )
