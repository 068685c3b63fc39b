"""Every query of emergencies and of the word that goes out about them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select, update

from service.accounts.rules import Role
from service.accounts.tables import Account
from service.persons.tables import EmergencyAccess, EmergencyNotice

WATCHING = (Role.COORDINATOR, Role.AUDITOR)


def watchers(session: Session, municipality_id: UUID) -> Sequence[UUID]:
    """Return who is told of every emergency: coordinators and auditors."""
    return session.exec(
        select(Account.id).where(
            Account.municipality_id == municipality_id,
            Account.active,
            col(Account.role).in_(WATCHING),
        )
    ).all()


def opened(
    session: Session, municipality_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[tuple[EmergencyAccess, str]]:
    """Return emergencies with the name of who opened each, by id."""
    query = (
        select(EmergencyAccess, Account.display_name)
        .join(Account, col(Account.id) == col(EmergencyAccess.account_id))
        .where(EmergencyAccess.municipality_id == municipality_id)
    )
    if after is not None:
        query = query.where(col(EmergencyAccess.id) > after)
    return session.exec(query.order_by(col(EmergencyAccess.id)).limit(limit)).all()


def notices(
    session: Session, account_id: UUID, *, limit: int
) -> Sequence[tuple[EmergencyNotice, EmergencyAccess, str]]:
    """Return an account's notices, the newest first, with who opened what."""
    return session.exec(
        select(EmergencyNotice, EmergencyAccess, Account.display_name)
        .join(EmergencyAccess, col(EmergencyAccess.id) == col(EmergencyNotice.emergency_access_id))
        .join(Account, col(Account.id) == col(EmergencyAccess.account_id))
        .where(EmergencyNotice.account_id == account_id)
        .order_by(col(EmergencyAccess.opened_at).desc())
        .limit(limit)
    ).all()


def unseen(session: Session, account_id: UUID) -> bool:
    """Say whether a notice waits for somebody."""
    query = select(EmergencyNotice.id).where(
        EmergencyNotice.account_id == account_id, col(EmergencyNotice.seen_at).is_(None)
    )
    return session.exec(query.limit(1)).first() is not None


def mark_seen(session: Session, account_id: UUID, notice_id: UUID, *, at: datetime) -> bool:
    marked = session.exec(
        update(EmergencyNotice)
        .where(col(EmergencyNotice.id) == notice_id, col(EmergencyNotice.account_id) == account_id)
        .values(seen_at=at)
    )
    return marked.rowcount == 1
