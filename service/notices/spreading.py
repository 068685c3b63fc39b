"""Work out who is told of what happened, a moment later: who may see it now, and wants to know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from service.accounts.actions import standing_in
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.database import transaction
from service.notices import repository
from service.notices.rules import OFFERED, is_fixed
from service.outbox import actions as outbox
from service.outbox import repository as lines
from service.outbox.rules import COUNTED, Notice
from service.outbox.tables import Event

AT_ONCE: Final = 50


def spread(bind: Engine | Connection, *, at: datetime) -> int:
    """Turn everything that happened into lines for whom it concerns; say how many."""
    spread_now = 0
    while True:
        # Events go and lines come in one transaction: killed here, nothing is lost or doubled.
        with transaction(bind) as session:
            events = lines.take_events(session, limit=AT_ONCE)
            for event in events:
                _spread(session, event, at=at)
        spread_now += len(events)
        if len(events) < AT_ONCE:
            return spread_now


def _spread(session: Session, event: Event, *, at: datetime) -> None:
    counted = COUNTED[event.notice]
    figures = {counted: 1} if counted else {}
    for account_id in told(session, event, at=at):
        outbox.write_mail(
            session,
            event.municipality_id,
            account_id,
            event.notice,
            figures,
            about=event.about_id,
            at=event.at,
            once=f"{event.id}:{account_id}",
        )
    outbox.write_calls(session, event, figures, at=at)


def told(session: Session, event: Event, *, at: datetime) -> list[UUID]:
    """Return the accounts that a mail is written to."""
    open_accounts = repository.accounts_with(session, event.municipality_id, OFFERED[event.notice])
    concerned = {
        account.id: account
        for account in _concerned(session, event, open_accounts, at=at)
        if account.id != event.by_id
    }
    wanting = set(repository.reachable(session, concerned, event.notice))
    fixed = {id_ for id_, each in concerned.items() if is_fixed(each.role, event.notice)}
    wanting |= set(repository.mailed(session, fixed))
    return sorted(wanting)


def _concerned(
    session: Session, event: Event, accounts: Iterable[Account], *, at: datetime
) -> list[Account]:
    """Return whom an event concerns, wanting or not."""
    match event.notice:
        case Notice.EMERGENCY:
            known = set(repository.told_of(session, event.ref_id)) if event.ref_id else set()
            return [each for each in accounts if each.id in known]
        case Notice.CONCERN:
            return [each for each in accounts if _looks_after(session, event, each, at=at)]
        case Notice.RELEASE:
            return [each for each in accounts if _may_decide(session, event, each, at=at)]
        case _:
            return list(accounts)


def _looks_after(session: Session, event: Event, account: Account, *, at: datetime) -> bool:
    """Say whether somebody sees to a concern: the person's own worker, and who coordinates."""
    if event.about_id is None:
        return account.role is Role.COORDINATOR
    owner = repository.owner_seen_by(session, standing_in(account, at=at), event.about_id)
    return owner is not None and (owner == account.id or account.role is Role.COORDINATOR)


def _may_decide(session: Session, event: Event, account: Account, *, at: datetime) -> bool:
    """Say who is asked for the second look: the person's worker, or else who coordinates."""
    if event.about_id is None:
        return False
    owner = repository.owner_seen_by(session, standing_in(account, at=at), event.about_id)
    if owner == event.by_id:
        return owner is not None and account.role is Role.COORDINATOR
    return owner == account.id
