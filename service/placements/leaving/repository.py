"""Every query of handing over: what somebody owns, and what was given to whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from service.accounts.actions import Staff
from service.accounts.tables import Account
from service.placements.lifecycle import CLOSED
from service.placements.tables import HandOver, Placement


def open_owned(session: Session, account: Account) -> int:
    """Count what is open of an account's placements; reads no more of them than the admin may."""
    query = select(func.count(col(Placement.person_id))).where(
        Placement.municipality_id == account.municipality_id,
        Placement.owner_id == account.id,
        col(Placement.status).not_in(CLOSED),
    )
    return session.exec(query).one()


def give_rest(session: Session, municipality_id: UUID, before: UUID, now: UUID) -> int:
    """Give everything that is open of one worker to the next; say how much it was."""
    given = session.exec(
        update(Placement)
        .where(
            col(Placement.municipality_id) == municipality_id,
            col(Placement.owner_id) == before,
            col(Placement.status).not_in(CLOSED),
        )
        .values(owner_id=now)
        .execution_options(synchronize_session=False)
    )
    return given.rowcount


def follow_worker(session: Session, person_id: UUID, before: UUID, now: UUID) -> int:
    """Give what is open of a person from one worker to the next; say how much it was."""
    given = session.exec(
        update(Placement)
        .where(
            col(Placement.person_id) == person_id,
            col(Placement.owner_id) == before,
            col(Placement.status).not_in(CLOSED),
        )
        .values(owner_id=now)
        .execution_options(synchronize_session=False)
    )
    return given.rowcount


def handed_to(session: Session, staff: Staff) -> Sequence[HandOver]:
    """Return what was given to the caller all at once."""
    query = select(HandOver).where(
        HandOver.municipality_id == staff.municipality_id,
        HandOver.to_id == staff.id,
        col(HandOver.person_id).is_(None),
    )
    return session.exec(query.order_by(col(HandOver.handed_at).desc(), col(HandOver.id))).all()


def handed_of(session: Session, person_id: UUID) -> Sequence[HandOver]:
    """Return a person's changes of worker, the newest first."""
    query = select(HandOver).where(HandOver.person_id == person_id)
    return session.exec(query.order_by(col(HandOver.handed_at).desc(), col(HandOver.id))).all()
