"""Every statement of the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from service.accounts.tables import Account
from service.database import run
from service.outbox.rules import ENDS_WITH_CONSENT, Channel, Closing, Notice, State, Trouble
from service.outbox.tables import Event, Line, Mailbox, Webhook

_ONCE: Final = {
    "postgresql": postgresql.insert(Line)
    .on_conflict_do_nothing(index_elements=["once"])
    .returning(col(Line.id)),
    "sqlite": sqlite.insert(Line)
    .on_conflict_do_nothing(index_elements=["once"])
    .returning(col(Line.id)),
}
_ENDING: Final = [notice for notice, ends in ENDS_WITH_CONSENT.items() if ends]
_FREE: Final = {"held_by": None, "held_until": None}


def is_listened_to(session: Session, municipality_id: UUID) -> bool:
    """Say whether anybody of a municipality wants to be told outside of the screen."""
    mail = select(Mailbox.municipality_id).where(Mailbox.municipality_id == municipality_id)
    call = select(Webhook.municipality_id).where(
        Webhook.municipality_id == municipality_id, col(Webhook.ended_at).is_(None)
    )
    return any(session.exec(each.limit(1)).first() for each in (mail, call))


def add_once(session: Session, line: Line) -> bool:
    """Write a line unless one for the same is there already; say whether it was written."""
    added = run(session, _ONCE[session.get_bind().dialect.name], line.model_dump())
    return added.first() is not None


def take_events(session: Session, *, limit: int) -> Sequence[Event]:
    """Take the oldest events that nobody else is just taking; they go with this transaction."""
    query = select(Event).order_by(col(Event.at), col(Event.id)).limit(limit)
    found = session.exec(query.with_for_update(skip_locked=True)).all()
    session.exec(delete(Event).where(col(Event.id).in_([each.id for each in found])))
    return found


def drop_about(session: Session, person_id: UUID, owner_id: UUID, *, at: datetime) -> None:
    """Let go of what others than a person's own worker were to be told on their account."""
    others = or_(col(Line.account_id).is_(None), col(Line.account_id) != owner_id)
    waiting = and_(col(Line.about_id) == person_id, col(Line.state) == State.WAITING)
    session.exec(
        update(Line)
        .where(waiting, others, col(Line.notice).in_(_ENDING))
        .values(state=State.DROPPED, settled_at=at, about_id=None)
    )


def forget(session: Session, person_id: UUID, *, at: datetime) -> None:
    """Let go of everything on account of a person, and of their id."""
    session.exec(delete(Event).where(col(Event.about_id) == person_id))
    about = col(Line.about_id) == person_id
    session.exec(
        update(Line)
        .where(about, col(Line.state) == State.WAITING)
        .values(state=State.DROPPED, settled_at=at)
    )
    session.exec(update(Line).where(about).values(about_id=None))


def claim(
    session: Session, me: UUID, channels: Collection[Channel], *, at: datetime, until: datetime
) -> Line | None:
    """Take the next line in hand until a moment, or nothing: one guarded statement.

    A try is counted here, so that a line which ends its carrier is not tried for ever.
    """
    free = (
        select(Line.id)
        .where(
            Line.state == State.WAITING,
            Line.next_at <= at,
            or_(col(Line.held_until).is_(None), col(Line.held_until) <= at),
            col(Line.channel).in_(channels),
        )
        .order_by(col(Line.next_at), col(Line.id))
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    held = (
        update(Line)
        .where(col(Line.id) == free)
        .values(held_by=me, held_until=until, tries=Line.tries + 1)
        .returning(col(Line.id))
    )
    found = session.execute(held).scalar_one_or_none()
    return None if found is None else session.exec(select(Line).where(Line.id == found)).one()


def mark_sent(session: Session, line_id: UUID, *, at: datetime) -> None:
    """Note that a line was taken; true whoever holds it by now."""
    session.exec(
        update(Line)
        .where(col(Line.id) == line_id, col(Line.state) == State.WAITING)
        .values(state=State.SENT, settled_at=at, trouble=None, about_id=None, **_FREE)
    )


def mark_trouble(
    session: Session,
    line_id: UUID,
    me: UUID,
    trouble: Trouble,
    answer: int | None,
    *,
    next_at: datetime | None,
    at: datetime,
) -> bool:
    """Put a line back for later, or among the dead ones; only whoever still holds it may."""
    left = {"state": State.DEAD, "settled_at": at} if next_at is None else {"next_at": next_at}
    marked = session.exec(
        update(Line)
        .where(col(Line.id) == line_id, col(Line.held_by) == me, col(Line.state) == State.WAITING)
        .values(trouble=trouble, answer=answer, **left, **_FREE)
    )
    return marked.rowcount == 1


def drop(session: Session, line_id: UUID, *, at: datetime) -> None:
    """Let a line go whose place is there no more; it was taken in hand and not tried."""
    session.exec(
        update(Line)
        .where(col(Line.id) == line_id, col(Line.state) == State.WAITING)
        .values(state=State.DROPPED, tries=Line.tries - 1, settled_at=at, about_id=None, **_FREE)
    )


def drop_for(
    session: Session, account_id: UUID, notices: Collection[Notice], *, at: datetime
) -> None:
    """Let go of what waits for an account that does not want to be told of it any more."""
    session.exec(
        update(Line)
        .where(
            col(Line.account_id) == account_id,
            col(Line.notice).in_(notices),
            col(Line.state).in_((State.WAITING, State.DEAD)),
        )
        .values(state=State.DROPPED, settled_at=at, about_id=None)
    )


def sweep(session: Session, *, before: datetime) -> None:
    """Take away lines that were settled long ago; the dead ones stay until somebody looked."""
    session.exec(
        delete(Line).where(
            col(Line.state).in_((State.SENT, State.CLOSED, State.DROPPED)),
            col(Line.settled_at) < before,
        )
    )


def address_of(session: Session, account_id: UUID) -> str | None:
    """Return where an account that is open gets its mail."""
    query = (
        select(Mailbox.address)
        .join(Account, col(Account.id) == col(Mailbox.account_id))
        .where(Mailbox.account_id == account_id, Account.active)
    )
    return session.exec(query).one_or_none()


def mailbox_of(session: Session, account_id: UUID) -> Mailbox | None:
    return session.exec(select(Mailbox).where(Mailbox.account_id == account_id)).one_or_none()


def drop_mailbox(session: Session, account_id: UUID) -> None:
    session.exec(delete(Mailbox).where(col(Mailbox.account_id) == account_id))


def webhook_with(session: Session, webhook_id: UUID) -> Webhook | None:
    """Return a webhook that has not ended."""
    query = select(Webhook).where(Webhook.id == webhook_id, col(Webhook.ended_at).is_(None))
    return session.exec(query).one_or_none()


def webhooks(session: Session, municipality_id: UUID) -> Sequence[Webhook]:
    """Return a municipality's webhooks that have not ended, the oldest first."""
    query = select(Webhook).where(
        Webhook.municipality_id == municipality_id, col(Webhook.ended_at).is_(None)
    )
    return session.exec(query.order_by(col(Webhook.created_at), col(Webhook.id))).all()


def drop_for_webhook(session: Session, webhook_id: UUID, *, at: datetime) -> None:
    """Let go of what waits for a webhook that has ended."""
    session.exec(
        update(Line)
        .where(
            col(Line.webhook_id) == webhook_id,
            col(Line.state).in_((State.WAITING, State.DEAD)),
        )
        .values(state=State.DROPPED, settled_at=at, about_id=None)
    )


def dead(
    session: Session, municipality_id: UUID, *, after: UUID | None, limit: int
) -> list[tuple[Line, str]]:
    """Return what did not arrive, by id, with whom it was for: a name or a webhook's address."""
    query = (
        select(Line, Account.display_name, Webhook.url)
        .outerjoin(Account, col(Account.id) == col(Line.account_id))
        .outerjoin(Webhook, col(Webhook.id) == col(Line.webhook_id))
        .where(Line.municipality_id == municipality_id, Line.state == State.DEAD)
    )
    if after is not None:
        query = query.where(col(Line.id) > after)
    found = session.exec(query.order_by(col(Line.id)).limit(limit))
    return [(line, name or url or "") for line, name, url in found]


def revive(session: Session, municipality_id: UUID, line_id: UUID, *, at: datetime) -> bool:
    """Let a dead line be tried again from the start; say whether it was dead."""
    revived = session.exec(
        update(Line)
        .where(_dead_of(municipality_id, line_id))
        .values(state=State.WAITING, tries=0, next_at=at, settled_at=None, **_FREE)
    )
    return revived.rowcount == 1


def close(
    session: Session,
    municipality_id: UUID,
    line_id: UUID,
    closing: Closing,
    *,
    by: UUID | None,
    at: datetime,
) -> bool:
    """Let a dead line go, with the reason; say whether it was dead."""
    closed = session.exec(
        update(Line)
        .where(_dead_of(municipality_id, line_id))
        .values(state=State.CLOSED, closing=closing, closed_by=by, settled_at=at, about_id=None)
    )
    return closed.rowcount == 1


def _dead_of(municipality_id: UUID, line_id: UUID) -> ColumnElement[bool]:
    return and_(
        col(Line.id) == line_id,
        col(Line.municipality_id) == municipality_id,
        col(Line.state) == State.DEAD,
    )


def tallies(session: Session) -> dict[State, tuple[int, int, datetime | None]]:
    """Return for each state how many lines, how many tries, and since when the oldest is there."""
    query = select(
        Line.state, func.count(), func.coalesce(func.sum(Line.tries), 0), func.min(Line.at)
    ).group_by(col(Line.state))
    found = session.execute(query)
    return {State(state): (number, tries, oldest) for state, number, tries, oldest in found}


def waiting_since(session: Session) -> datetime | None:
    """Return since when the oldest of what should have left by now is waiting."""
    line = session.exec(select(func.min(Line.at)).where(Line.state == State.WAITING)).one()
    event = session.exec(select(func.min(Event.at))).one()
    return min(filter(None, (line, event)), default=None)
