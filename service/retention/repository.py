"""Every query about ends; who draws a list sees ids and days, never what is kept."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from service.accounts.tables import SignIn
from service.conferences.actions import RECORD, closed_records
from service.database import run
from service.encryption.actions import destroy_key
from service.encryption.rules import Ring
from service.persons.tables import Person
from service.placements.lifecycle import CLOSED
from service.placements.tables import Placement
from service.retention.owned import keys_of, owned_tables, rows_of
from service.retention.rules import RecordClass
from service.retention.tables import (
    DisposalItem,
    DisposalList,
    Erasure,
    ErasureRequest,
    LegalHold,
    SupportEnd,
)

ROOT: Final = {
    RecordClass.CASE: "person",
    RecordClass.REQUEST: "person",
    RecordClass.PRE_CONSENT: RECORD,
}
Due = tuple[RecordClass, UUID, date]


def _holding(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(LegalHold.lifted_at).is_(None),
        col(LegalHold.until).is_(None) | (col(LegalHold.until) >= on),
    )


def _held(on: date) -> sa.Select[Any]:
    return sa.select(col(LegalHold.person_id)).where(*_holding(on))


def _running() -> sa.Select[Any]:
    """Return people of whom something still runs: a place that they take is given back first."""
    return sa.select(col(Placement.person_id)).where(col(Placement.status).not_in(CLOSED))


def due_cases(session: Session, municipality_id: UUID, *, ended_by: date, on: date) -> list[Due]:
    """Return people whose support ended by a day, who are not held and have nothing running."""
    query = (
        select(col(SupportEnd.person_id), col(SupportEnd.ended_on))
        .where(SupportEnd.municipality_id == municipality_id, SupportEnd.ended_on <= ended_by)
        .where(col(SupportEnd.person_id).not_in(_held(on)))
        .where(col(SupportEnd.person_id).not_in(_running()))
    )
    return [(RecordClass.CASE, person, since) for person, since in session.exec(query)]


def due_requests(session: Session, municipality_id: UUID, *, on: date) -> list[Due]:
    query = (
        select(col(ErasureRequest.person_id), col(ErasureRequest.asked_on))
        .where(ErasureRequest.municipality_id == municipality_id, ErasureRequest.asked_on <= on)
        .where(col(ErasureRequest.person_id).not_in(_held(on)))
        .where(col(ErasureRequest.person_id).not_in(_running()))
    )
    return [(RecordClass.REQUEST, person, since) for person, since in session.exec(query)]


def due_records(session: Session, municipality_id: UUID, *, closed_by: date) -> list[Due]:
    """Return ids of 支援会議 records that were closed by a day; nothing of them is opened."""
    found = closed_records(session, municipality_id, by=closed_by)
    return [(RecordClass.PRE_CONSENT, record, since) for record, since in found if since]


def list_of(
    session: Session, municipality_id: UUID, list_id: UUID, *, locked: bool = False
) -> DisposalList | None:
    query = select(DisposalList).where(
        DisposalList.municipality_id == municipality_id, DisposalList.id == list_id
    )
    return session.exec(query.with_for_update() if locked else query).one_or_none()


def lists(session: Session, municipality_id: UUID) -> Sequence[DisposalList]:
    """Return every list, the newest first."""
    query = select(DisposalList).where(DisposalList.municipality_id == municipality_id)
    return session.exec(query.order_by(col(DisposalList.drawn_at).desc())).all()


def items_of(session: Session, list_id: UUID) -> Sequence[DisposalItem]:
    query = select(DisposalItem).where(DisposalItem.list_id == list_id)
    return session.exec(query.order_by(col(DisposalItem.due_since), col(DisposalItem.id))).all()


def codes_of(session: Session, people: Sequence[UUID]) -> dict[UUID, str]:
    """Return the codes of people on a list, as long as they are there."""
    query = select(Person.id, Person.code).where(col(Person.id).in_(people))
    return dict(session.exec(query).all())


def next_approved(session: Session, *, after: UUID | None) -> DisposalItem | None:
    """Lock the next approved item that is not erased and that no other process has in hand."""
    query = (
        select(DisposalItem)
        .join(DisposalList, col(DisposalList.id) == col(DisposalItem.list_id))
        .where(col(DisposalList.approved_at).is_not(None), col(DisposalItem.erased_at).is_(None))
        .order_by(col(DisposalItem.id))
        .limit(1)
    )
    if after is not None:
        query = query.where(col(DisposalItem.id) > after)
    return session.exec(query.with_for_update(of=DisposalItem, skip_locked=True)).one_or_none()


def holds_of(session: Session, person_id: UUID, *, on: date) -> Sequence[LegalHold]:
    """Return the holds that run on a day, the oldest first."""
    query = select(LegalHold).where(LegalHold.person_id == person_id, *_holding(on))
    return session.exec(query.order_by(col(LegalHold.placed_at), col(LegalHold.id))).all()


def hold_named(session: Session, person_id: UUID, hold_id: UUID) -> LegalHold | None:
    query = select(LegalHold).where(LegalHold.id == hold_id, LegalHold.person_id == person_id)
    return session.exec(query).one_or_none()


def end_of(session: Session, person_id: UUID) -> SupportEnd | None:
    return session.exec(select(SupportEnd).where(SupportEnd.person_id == person_id)).one_or_none()


def request_of(session: Session, person_id: UUID) -> ErasureRequest | None:
    query = select(ErasureRequest).where(ErasureRequest.person_id == person_id)
    return session.exec(query).one_or_none()


def has_running(session: Session, person_id: UUID) -> bool:
    """Say whether a placement of this person, who was seen, still runs."""
    query = select(Placement.id).where(
        Placement.person_id == person_id, col(Placement.status).not_in(CLOSED)
    )
    return session.exec(query.limit(1)).first() is not None


def is_there(session: Session, root: str, root_id: UUID) -> bool:
    """Lock what is about to go, and say whether it is there at all."""
    table = owned_tables(root)[-1]
    query = sa.select(table.c.id).where(table.c.id == root_id).with_for_update()
    return run(session, query, {}).first() is not None


def tenant_of(session: Session, root: str, root_id: UUID) -> UUID | None:
    """Return whose a root is, if it is there."""
    table = owned_tables(root)[-1]
    query = sa.select(table.c.municipality_id).where(table.c.id == root_id)
    found: UUID | None = run(session, query, {}).scalar_one_or_none()
    return found


def erase(session: Session, root: str, root_id: UUID) -> set[UUID]:
    """Delete a root with everything that belongs to it, and the keys that sealed it.

    Return every id that went.
    """
    gone: set[UUID] = set()
    for ring, owners in list(keys_of(root, root_id)):
        for owner in run(session, owners, {}).scalars().all():
            destroy_key(session, owner, ring=ring)
    for table in owned_tables(root):
        ended = sa.delete(table).where(rows_of(table, root, root_id)).returning(table.c.id)
        gone.update(run(session, ended, {}).scalars())
    for ring in Ring:  # what a host was shown or asked is sealed with a key of its own
        destroy_key(session, root_id, ring=ring)
    return gone


def noted(session: Session) -> Sequence[Erasure]:
    """Return every note of an erasure, the oldest first."""
    return session.exec(select(Erasure).order_by(col(Erasure.at), col(Erasure.id))).all()


def drop_sign_ins(session: Session, *, before: datetime) -> int:
    """Delete sign-ins that ended before a moment."""
    ended = sa.func.coalesce(col(SignIn.ended_at), col(SignIn.expires_at))
    done: Any = run(session, sa.delete(SignIn).where(ended < before), {})
    return int(done.rowcount)
