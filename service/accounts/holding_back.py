"""Who had to wait is told to the audit: once in an hour, however often they try.

One line a try would let anybody flood the chain. A stranger's name leaves no line at all, so a
known one must not be told apart by the time that its line takes: both wait for a look at a
password, once in an hour.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlmodel import Session

from catalogue import repository as catalogue
from service.accounts import passwords, repository, throttling
from service.accounts.happenings import tell
from service.accounts.tables import Account
from service.database import transaction
from service.trail import Happening, record_event

ACCOUNT: Final = "account"
ADDRESS: Final = "address"
MACHINE: Final = "machine"
OWN: Final = "own"


def tell_of_name(bind: Engine | Connection, username: str, *, at: datetime) -> None:
    """Tell that a name was tried too often, if it is somebody's."""
    with transaction(bind) as session:
        first = throttling.is_first(session, f"{ACCOUNT} {username}", at=at)
        account = repository.account_named(session, username) if first else None
        if account:
            _tell(session, account, ACCOUNT, at=at)
    if first:
        passwords.matches(None, "")


def tell_of_account(bind: Engine | Connection, account: Account, *, at: datetime) -> None:
    """Tell that somebody who is signed in failed to prove it too often."""
    with transaction(bind) as session:
        if throttling.is_first(session, f"{OWN} {account.id}", at=at):
            _tell(session, account, OWN, at=at)


def tell_of_address(bind: Engine | Connection, how: str, *, at: datetime) -> None:
    """Tell every municipality that some address tried too often; which one is written nowhere."""
    with transaction(bind) as session:
        if throttling.is_first(session, how, at=at):
            for tenant in catalogue.municipalities(session):
                _record(session, tenant.id, how, at=at)


def _tell(session: Session, account: Account, how: str, *, at: datetime) -> None:
    tell(session, Happening.THROTTLED, account, at=at, how=how)


def _record(session: Session, municipality_id: UUID, how: str, *, at: datetime) -> None:
    record_event(
        session,
        municipality_id=municipality_id,
        account_id=None,
        event=Happening.THROTTLED,
        at=at,
        detail={"how": how},
    )
