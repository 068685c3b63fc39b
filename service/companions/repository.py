"""Every query about aids, their days and bookings."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from service.companions.rules import AidKind, BookingState
from service.companions.tables import Aid, AidBooking, AidDay


def aids(
    session: Session, municipality_id: UUID, *, kinds: Collection[AidKind] = tuple(AidKind)
) -> Sequence[Aid]:
    """Return the aids in the order in which they are asked; a calendar at rest is one still."""
    query = select(Aid).where(Aid.municipality_id == municipality_id, col(Aid.kind).in_(kinds))
    return session.exec(query.order_by(col(Aid.id))).all()


def listed(
    session: Session, municipality_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Aid]:
    query = select(Aid).where(Aid.municipality_id == municipality_id)
    if after is not None:
        query = query.where(col(Aid.id) > after)
    return session.exec(query.order_by(col(Aid.id)).limit(limit)).all()


def aid_of(
    session: Session, municipality_id: UUID, aid_id: UUID, *, locked: bool = False
) -> Aid | None:
    query = select(Aid).where(Aid.id == aid_id, Aid.municipality_id == municipality_id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def days_of(
    session: Session, aid_ids: Collection[UUID], *, first: date, last: date
) -> Sequence[AidDay]:
    query = select(AidDay).where(
        col(AidDay.aid_id).in_(aid_ids), col(AidDay.day) >= first, col(AidDay.day) <= last
    )
    return session.exec(query.execution_options(populate_existing=True)).all()


def day_row(session: Session, aid: Aid, day: date) -> UUID:
    """Return the row of an aid's day; of two who make it at once one makes it."""
    query = select(AidDay.id).where(AidDay.aid_id == aid.id, AidDay.day == day)
    found = session.exec(query).one_or_none()
    if found is not None:
        return found
    row = AidDay(municipality_id=aid.municipality_id, aid_id=aid.id, day=day, seats=aid.seats)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.exec(query).one()
    return row.id


def take_seat(session: Session, day_id: UUID) -> bool:
    """Keep one seat of a day if there is one and the day is not off, in one statement."""
    taken = session.exec(
        update(AidDay)
        .where(
            col(AidDay.id) == day_id,
            col(AidDay.taken) < col(AidDay.seats),
            col(AidDay.called_off).is_(False),
        )
        .values(taken=AidDay.taken + 1)
        .execution_options(synchronize_session=False)
    )
    return taken.rowcount == 1


def give_seat_back(session: Session, aid_id: UUID, day: date) -> None:
    session.exec(
        update(AidDay)
        .where(col(AidDay.aid_id) == aid_id, col(AidDay.day) == day, col(AidDay.taken) > 0)
        .values(taken=AidDay.taken - 1)
        .execution_options(synchronize_session=False)
    )


def call_day_off(session: Session, day_id: UUID) -> None:
    """Let nobody have a day any more; whoever books it at this moment came before or finds it."""
    session.exec(
        update(AidDay)
        .where(col(AidDay.id) == day_id)
        .values(called_off=True, taken=0)
        .execution_options(synchronize_session=False)
    )


def bookings_on(session: Session, aid_id: UUID, day: date) -> Sequence[AidBooking]:
    query = select(AidBooking).where(
        AidBooking.aid_id == aid_id,
        AidBooking.day == day,
        AidBooking.state == BookingState.BOOKED,
    )
    return session.exec(query).all()


def bookings_of(session: Session, placement_id: UUID, *, since: date) -> Sequence[AidBooking]:
    """Return what stands booked for a placement from a day on."""
    query = select(AidBooking).where(
        AidBooking.placement_id == placement_id,
        AidBooking.state == BookingState.BOOKED,
        col(AidBooking.day) >= since,
    )
    return session.exec(query.order_by(col(AidBooking.id))).all()
