"""The end itself: approved items one by one, each in a transaction of its own, noted outside first.

Killed at any point, a second run finds what is left. Two at once share the work: an item that one
has in hand is passed over by the other.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from catalogue import repository as catalogue
from service.audit.actions import record_event
from service.clock import local_day
from service.database import transaction
from service.drafts.actions import forget_over
from service.followup.upkeep import forget
from service.outbox.actions import end_notices
from service.retention import repository
from service.retention.actions import is_due
from service.retention.owned import owned_tables
from service.retention.repository import ROOT
from service.retention.rules import RecordClass
from service.retention.tables import DisposalItem, Erasure
from service.settings import Settings
from service.trail import Happening


@dataclass(slots=True)
class Done:
    """What a run did: erased now, approved but not due any more, sign-ins and drafts dropped."""

    erased: int = 0
    kept: int = 0
    sign_ins: int = 0
    drafts: int = 0


def run(engine: Engine, *, at: datetime, settings: Settings) -> Done:
    """Erase what is approved, still due and not held."""
    done = Done()
    after: UUID | None = None
    while True:
        with transaction(engine) as session:
            item = repository.next_approved(session, after=after)
            if item is None:
                break
            after = item.id
            if _erase_item(session, item, at=at, settings=settings):
                done.erased += 1
            else:
                done.kept += 1
    with transaction(engine) as session:
        before = at - timedelta(days=settings.retain_sign_in_days)
        done.sign_ins = repository.drop_sign_ins(session, before=before)
        done.drafts = forget_over(session, at=at)
        for tenant in catalogue.municipalities(session):
            record_event(
                session,
                municipality_id=tenant.id,
                account_id=None,
                event=Happening.RETENTION_RUN,
                at=at,
            )
    tidy(engine)
    return done


def _erase_item(session: Session, item: DisposalItem, *, at: datetime, settings: Settings) -> bool:
    root = ROOT[item.kind]
    if not repository.is_there(session, root, item.subject_id):
        item.erased_at = at  # another list, or a replay, was first
        return False
    if not is_due(session, item, on=local_day(at), settings=settings):
        return False
    note(Path(settings.erasures_file), item.subject_id, item.kind, at=at)
    _erase(session, item.municipality_id, item.subject_id, item.kind, at=at)
    item.erased_at = at
    return True


def _erase(
    session: Session, municipality_id: UUID, subject_id: UUID, kind: RecordClass, *, at: datetime
) -> None:
    gone = repository.erase(session, ROOT[kind], subject_id)
    forget(session, gone)
    end_notices(session, subject_id, at=at)
    session.add(Erasure(municipality_id=municipality_id, subject_id=subject_id, kind=kind, at=at))
    record_event(
        session,
        municipality_id=municipality_id,
        account_id=None,
        event=Happening.ERASURE,
        at=at,
        person_id=subject_id if ROOT[kind] == "person" else None,
        detail={"kind": kind.value},
    )


def note(path: Path, subject_id: UUID, kind: RecordClass, *, at: datetime) -> None:
    """Write an erasure down outside the database, before it is committed.

    A note without its erasure does no harm: it was approved. An erasure without its note would
    come back with an older backup.
    """
    line = json.dumps({"id": str(subject_id), "class": kind.value, "at": at.isoformat()})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def notes_in(path: Path) -> Iterator[tuple[UUID, RecordClass]]:
    """Read notes of erasures; a last line that was cut off by a crash counts for nothing."""
    for line in path.read_text().splitlines():
        try:
            said: dict[str, Any] = json.loads(line)
            yield UUID(said["id"]), RecordClass(said["class"])
        except (ValueError, KeyError, TypeError):
            continue


def replay(engine: Engine, path: Path, *, at: datetime) -> int:
    """Erase once more what a restored older backup brought back; return how much."""
    again = 0
    for subject_id, kind in dict.fromkeys(notes_in(path)):
        with transaction(engine) as session:
            tenant = repository.tenant_of(session, ROOT[kind], subject_id)
            if tenant is not None:
                _erase(session, tenant, subject_id, kind, at=at)
                again += 1
    tidy(engine)
    return again


def tidy(engine: Engine) -> None:
    """Let no deleted row linger: SQLite empties its log, PostgreSQL clears dead rows away."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()  # the pragma runs in no transaction, and ours always begin
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        return
    tables = {each.name for root in set(ROOT.values()) for each in owned_tables(root)}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in sorted(tables):
            connection.exec_driver_sql(f'VACUUM "{table}"')
