"""One mail a day to everybody who has work waiting: the figures of the queue, and nothing else."""

from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from service.accounts.actions import standing_in
from service.accounts.groups import GROUP
from service.accounts.tables import Account
from service.clock import TOKYO, local_day
from service.database import enter, transaction
from service.followup.actions import counts_for
from service.followup.office import rhythm
from service.followup.workdays import is_working_day
from service.notices import repository
from service.notices.rules import OFFERED, RANKS
from service.outbox import actions as outbox
from service.outbox.rules import Figure, Notice
from service.refusals import Refusal
from service.settings import Settings

DIGEST: Final = Notice.DIGEST


def write_digests(bind: Engine | Connection, settings: Settings, *, at: datetime) -> int:
    """Write everybody's digest of today, once its hour has come; say how many there are."""
    on = local_day(at)
    if at.astimezone(TOKYO).hour < settings.digest_hour or not is_working_day(on):
        return 0
    with transaction(bind) as session:
        due = repository.digest_due(session, on=on)
    return sum(_written(bind, account.id, at=at) for account in due)


def _written(bind: Engine | Connection, account_id: UUID, *, at: datetime) -> bool:
    """Write one digest; what goes wrong with one keeps nobody else from theirs."""
    try:
        with transaction(bind) as session:
            return _write(session, account_id, at=at)
    except (SQLAlchemyError, Refusal) as broken:
        structlog.get_logger().error("digest", broken=type(broken).__name__)
        return False


def _write(session: Session, account_id: UUID, *, at: datetime) -> bool:
    on = local_day(at)
    account = repository.account_open(session, account_id)
    if account is None or account.role not in OFFERED[DIGEST]:
        return False
    closures = rhythm(session, account.municipality_id, on=on).cadence.closures
    if not is_working_day(on, closures):
        return False
    # Taken before it is worked out: a second process finds it taken, and one that is killed
    # leaves it as it was.
    if not repository.take_digest(session, account_id, on=on):
        return False
    if DIGEST in repository.silenced(session, account_id):
        return False
    figures = figures_for(session, account, at=at)
    if not any(figures.values()):
        return False
    office, once = account.municipality_id, f"digest:{account_id}:{on}"
    return outbox.write_mail(session, office, account_id, DIGEST, figures, at=at, once=once)


def figures_for(session: Session, account: Account, *, at: datetime) -> dict[Figure, int]:
    """Return what stands in somebody's queue today: the same figures as on the page."""
    enter(session, GROUP[account.role], account.municipality_id)
    ranks = counts_for(session, standing_in(account, at=at), at=at).by_rank
    return {figure: ranks[figure] for figure in RANKS if ranks[figure]}
