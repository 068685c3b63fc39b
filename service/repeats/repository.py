"""Every query about kept answers."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from service.accounts.actions import Staff
from service.database import run
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.repeats.tables import KeptAnswer

_LOCK: Final = text("SELECT pg_try_advisory_xact_lock(:number)")


def lock(session: Session, account_id: UUID, key_hash: str) -> bool:
    """Hold a key until the transaction ends; say whether nobody else holds it just now.

    SQLite has let only one transaction begin: whoever comes second finds the answer.
    """
    if session.get_bind().dialect.name != "postgresql":
        return True
    digest = hashlib.sha256(f"{account_id}:{key_hash}".encode()).digest()
    number = int.from_bytes(digest[:8], signed=True)
    return bool(run(session, _LOCK, {"number": number}).scalar_one())


def kept(session: Session, staff: Staff, key_hash: str) -> KeptAnswer | None:
    query = select(KeptAnswer).where(
        KeptAnswer.municipality_id == staff.municipality_id,
        KeptAnswer.account_id == staff.id,
        KeptAnswer.key_hash == key_hash,
    )
    return session.exec(query).one_or_none()


def is_visible(session: Session, staff: Staff, person_id: UUID) -> bool:
    query = visible_people(staff).where(Person.id == person_id)
    return session.exec(query).first() is not None


def people_among(session: Session, ids: Collection[UUID]) -> Sequence[UUID]:
    """Return which of these are people; what a 支援会議 keeps bears ids too, and is none."""
    return session.exec(select(Person.id).where(col(Person.id).in_(ids))).all() if ids else []


def forget_old(session: Session, municipality_id: UUID, *, at: datetime) -> None:
    """Delete the answers of a municipality whose time is over."""
    old = delete(KeptAnswer).where(
        col(KeptAnswer.municipality_id) == municipality_id, col(KeptAnswer.until) <= at
    )
    session.exec(old)
