"""Every placement query, and the guarded counting of a slot's places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import Select

from catalogue.repository import touch_revision
from catalogue.tables import Activity, Host, Slot
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.placements.lifecycle import CLOSED, HOLDS, Hold, Status
from service.placements.made import Made
from service.placements.outcomes import outcome_of
from service.placements.tables import MoveCorrection, Placement, PlacementMove
from service.suggestions.tables import Round, Suggestion

# Where somebody is expected; a rest that lost its place still looks for it in the end.
FIRM: Final = frozenset(status for status, hold in HOLDS.items() if hold is Hold.FIRM)


class InTown(Protocol):
    """Whoever asks, of the catalogue only whose it is."""

    @property
    def municipality_id(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot with the activity and the host it belongs to."""

    slot: Slot
    activity: Activity
    host: Host


@dataclass(frozen=True, slots=True)
class Past:
    """A placement with its host and the day on which it came to where it is."""

    placement: Placement
    host_id: UUID
    on: date

    @property
    def outcome(self) -> str | None:
        """The word of catalogue.profiles.Tried, or None where nothing is to be learnt."""
        end_reason, end_side = self.placement.end_reason, self.placement.end_side
        return outcome_of(self.placement.status, reason=end_reason, side=end_side)


def placement_of(
    session: Session, staff: Staff, placement_id: UUID, *, reach: Reach = Reach.READ
) -> Placement | None:
    """Return one placement of a person with whom the caller comes so far."""
    people = visible_people(staff, reach=reach).with_only_columns(col(Person.id))
    return session.exec(
        select(Placement).where(
            Placement.id == placement_id,
            Placement.municipality_id == staff.municipality_id,
            col(Placement.person_id).in_(people),
        )
    ).one_or_none()


def placement_linked(
    session: Session, municipality_id: UUID, placement_id: UUID
) -> Placement | None:
    """Return the placement of which a host's link speaks; it shows the host nothing of it."""
    query = select(Placement).where(
        Placement.id == placement_id, Placement.municipality_id == municipality_id
    )
    return session.exec(query).one_or_none()


def open_at_host(session: Session, host_id: UUID) -> Sequence[Placement]:
    """Return what goes on at a host, so that its follow-up can say what the host said."""
    query = (
        select(Placement)
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .where(Activity.host_id == host_id, col(Placement.status).not_in(CLOSED))
    )
    return session.exec(query.order_by(col(Placement.id))).all()


def person_of(session: Session, placement: Placement) -> Person:
    return session.exec(select(Person).where(Person.id == placement.person_id)).one()


def locked(session: Session, placement: Placement, *, siblings: bool) -> list[Placement]:
    """Read a placement for change, its own row first; with the person's open ones if asked.

    The rows are taken in the order of their ids, so that two callers never wait in a ring.
    """
    query = select(Placement).where(Placement.id == placement.id)
    if siblings:
        query = select(Placement).where(
            (col(Placement.id) == placement.id)
            | (
                (col(Placement.person_id) == placement.person_id)
                & col(Placement.status).not_in(CLOSED)
            )
        )
    rows = session.exec(
        query.order_by(col(Placement.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return sorted(rows, key=lambda row: row.id != placement.id)


def placements(
    session: Session,
    staff: Staff,
    *,
    person_id: UUID | None = None,
    activity_id: UUID | None = None,
    status: Status | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Placement]:
    """Return the placements of people the caller may see, by id."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    query = select(Placement).where(
        Placement.municipality_id == staff.municipality_id, col(Placement.person_id).in_(people)
    )
    if person_id is not None:
        query = query.where(Placement.person_id == person_id)
    if activity_id is not None:
        query = query.where(Placement.activity_id == activity_id)
    if status is not None:
        query = query.where(Placement.status == status)
    if after is not None:
        query = query.where(col(Placement.id) > after)
    return session.exec(query.order_by(col(Placement.id)).limit(limit)).all()


def open_placements(session: Session, staff: Staff) -> Sequence[Placement]:
    """Return every placement that is not over, of people the caller may see."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    return session.exec(
        select(Placement)
        .where(
            Placement.municipality_id == staff.municipality_id,
            col(Placement.person_id).in_(people),
            col(Placement.status).not_in(CLOSED),
        )
        .order_by(col(Placement.id))
    ).all()


def moves_of(session: Session, placement_ids: Sequence[UUID]) -> list[Made]:
    """Return the moves of these placements as they are told now, each placement's in order."""
    rows = session.exec(
        select(PlacementMove)
        .where(col(PlacementMove.placement_id).in_(placement_ids))
        .order_by(col(PlacementMove.placement_id), col(PlacementMove.position))
    ).all()
    corrections = session.exec(
        select(MoveCorrection)
        .where(col(MoveCorrection.placement_id).in_(placement_ids))
        .order_by(col(MoveCorrection.created_at), col(MoveCorrection.id))
    )
    last = {each.move_id: each for each in corrections}
    return [Made(row, last.get(row.id)) for row in rows]


def told_on() -> ColumnElement[date]:
    """Select the day of a move as it is told now, for statements that read no whole moves."""
    last = (
        select(col(MoveCorrection.occurred_on))
        .where(col(MoveCorrection.move_id) == col(PlacementMove.id))
        .order_by(col(MoveCorrection.created_at).desc(), col(MoveCorrection.id).desc())
        .limit(1)
        .correlate(PlacementMove)
        .scalar_subquery()
    )
    return func.coalesce(last, col(PlacementMove.occurred_on))


def offer_of(
    session: Session, town: InTown, activity_id: UUID, slot_id: UUID | None = None
) -> Offer | None:
    """Return the slot asked for, or the activity's first one."""
    query = (
        select(Slot, Activity, Host)
        .join(Activity, col(Activity.id) == col(Slot.activity_id))
        .join(Host, col(Host.id) == col(Activity.host_id))
        .where(Activity.id == activity_id, Activity.municipality_id == town.municipality_id)
    )
    if slot_id is not None:
        query = query.where(Slot.id == slot_id)
    row = session.exec(query.order_by(col(Slot.position)).limit(1)).first()
    return None if row is None else Offer(*row)


def is_open(session: Session, person_id: UUID, slot_id: UUID) -> bool:
    """Say whether this person has an open placement in this slot."""
    query = select(Placement.id).where(
        Placement.person_id == person_id,
        Placement.slot_id == slot_id,
        col(Placement.status).not_in(CLOSED),
    )
    return session.exec(query.limit(1)).first() is not None


def placed_beside(session: Session, slot_id: UUID, person_ids: Collection[UUID]) -> bool:
    """Say whether any of some people has a place in this slot, or rests from it."""
    query = select(Placement.id).where(
        Placement.slot_id == slot_id,
        col(Placement.person_id).in_(list(person_ids)),
        col(Placement.status).in_(FIRM),
    )
    return bool(person_ids) and session.exec(query.limit(1)).first() is not None


def places_of_people(session: Session, person_ids: Collection[UUID]) -> list[tuple[UUID, int]]:
    """Return in which slots some people have a place: the activity and the slot's position."""
    query = (
        select(Slot.activity_id, Slot.position)
        .join(Placement, col(Placement.slot_id) == col(Slot.id))
        .where(col(Placement.person_id).in_(list(person_ids)), col(Placement.status).in_(FIRM))
    )
    return list(session.exec(query)) if person_ids else []


def slots_shared(session: Session, one: UUID, other: UUID) -> list[UUID]:
    """Return the slots in which two people are both placed."""
    beside = aliased(Placement)
    query = (
        select(Placement.slot_id)
        .join(beside, col(beside.slot_id) == col(Placement.slot_id))
        .where(
            Placement.person_id == one,
            beside.person_id == other,
            col(Placement.status).in_(FIRM),
            col(beside.status).in_(FIRM),
        )
    )
    return sorted(set(session.exec(query)))


def hold_person(session: Session, person_id: UUID) -> None:
    """Let nobody change whom this person is kept apart from until the transaction ends."""
    query = select(Person.id).where(Person.id == person_id)
    session.exec(query.with_for_update(read=True)).one()


def _pasts() -> Select[Placement, UUID, date]:
    """Select placements with their hosts and the days of their last moves, oldest first."""
    # asked for each placement by its own index: a grouping would read the moves of everybody
    made = aliased(PlacementMove)
    last = (
        select(func.max(made.position)).where(made.placement_id == Placement.id).scalar_subquery()
    )
    return (
        select(Placement, col(Activity.host_id), told_on())
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .outerjoin(
            PlacementMove,
            (col(PlacementMove.placement_id) == col(Placement.id))
            & (col(PlacementMove.position) == last),
        )
        .order_by(col(Placement.proposed_on), col(Placement.id))
    )


# Asked with every match and built once: to put it together takes longer than to run it.
_PASTS: Final = _pasts().where(col(Placement.person_id) == bindparam("person_id"))


def pasts(session: Session, person_id: UUID) -> list[Past]:
    """Return every placement of a person with the day of its last move, oldest proposal first."""
    rows = session.exec(_PASTS, params={"person_id": person_id}).all()
    return [Past(placement, host, on or placement.proposed_on) for placement, host, on in rows]


def pasts_of(session: Session, person_ids: Iterable[UUID]) -> list[Past]:
    """Return every placement of some people, oldest proposal first."""
    rows = session.exec(_pasts().where(col(Placement.person_id).in_(list(person_ids)))).all()
    return [Past(placement, host, on or placement.proposed_on) for placement, host, on in rows]


def suggested(session: Session, suggestion_id: UUID, person_id: UUID, activity_id: UUID) -> bool:
    """Say whether this suggestion proposed this activity for this person."""
    query = (
        select(Suggestion.id)
        .join(Round, col(Round.id) == col(Suggestion.round_id))
        .where(
            Suggestion.id == suggestion_id,
            Suggestion.activity_id == activity_id,
            Round.person_id == person_id,
        )
    )
    return session.exec(query).one_or_none() is not None


def take_place(session: Session, slot_id: UUID, *, on: date) -> bool:
    """Take a place if one is left, at once and for good; a lapsed rest gives its place up first.

    The condition and the count are one statement, so whoever comes later sees what was taken,
    on either database and whatever else is running.
    """
    return _take(session, slot_id) or (
        release_lapsed(session, slot_id, on=on) > 0 and _take(session, slot_id)
    )


def _take(session: Session, slot_id: UUID) -> bool:
    taken = session.exec(
        update(Slot)
        .where(col(Slot.id) == slot_id, col(Slot.taken) < col(Slot.capacity))
        .values(taken=Slot.taken + 1)
        .execution_options(synchronize_session=False)
    )
    return taken.rowcount == 1


def release_places(session: Session, slot_id: UUID, *, number: int = 1) -> None:
    """Give places back; the CHECK of the table refuses to go below none."""
    session.exec(
        update(Slot)
        .where(col(Slot.id) == slot_id)
        .values(taken=Slot.taken - number)
        .execution_options(synchronize_session=False)
    )


def release_lapsed(session: Session, slot_id: UUID, *, on: date) -> int:
    """Give back the places of rests that are past the day until which they were kept."""
    lapsed = session.exec(
        select(Placement)
        .where(
            Placement.slot_id == slot_id,
            Placement.status == Status.RESTING,
            col(Placement.holds_place).is_(True),
            col(Placement.rest_until) < on,
        )
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for placement in lapsed:
        placement.holds_place = False
    if lapsed:
        session.flush()
        touch_revision(session, lapsed[0].municipality_id)
        release_places(session, slot_id, number=len(lapsed))
    return len(lapsed)


def being_asked(session: Session, slot_id: UUID, *, on: date) -> int:
    """Count the soft holds on a slot: hosts who are being asked just now."""
    query = select(func.count(col(Placement.id))).where(
        Placement.slot_id == slot_id,
        Placement.status == Status.ASKED,
        col(Placement.asked_until) >= on,
    )
    return session.exec(query).one()


def places_of(session: Session, slot_id: UUID) -> Slot:
    """Read a slot's count as it stands now."""
    return session.exec(
        select(Slot).where(Slot.id == slot_id).execution_options(populate_existing=True)
    ).one()
