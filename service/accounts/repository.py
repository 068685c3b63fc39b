"""Every account query."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select, update

from service.accounts.rules import CASEWORK
from service.accounts.tables import Account, SignIn


def account_named(session: Session, username: str) -> Account | None:
    return session.exec(select(Account).where(Account.username == username)).one_or_none()


def open_sign_in(session: Session, token_hash: str) -> tuple[SignIn, Account] | None:
    """Return the sign-in that is not ended, with its active account."""
    found = session.exec(
        select(SignIn, Account)
        .join(Account, col(Account.id) == col(SignIn.account_id))
        .where(SignIn.token_hash == token_hash, col(SignIn.ended_at).is_(None), Account.active)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def caseworkers(session: Session, municipality_id: UUID) -> Sequence[Account]:
    """Return who of a municipality may have people of their own now, by name."""
    query = select(Account).where(
        Account.municipality_id == municipality_id, Account.active, col(Account.role).in_(CASEWORK)
    )
    return session.exec(query.order_by(col(Account.display_name), col(Account.id))).all()


def end_all(session: Session, account_id: UUID, *, at: datetime) -> None:
    """End every sign-in of an account at once."""
    session.exec(
        update(SignIn)
        .where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None))
        .values(ended_at=at)
    )
