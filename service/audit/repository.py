"""Every statement of the audit: its lines are appended and never changed."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, insert, select, update

from service.audit.tables import AccessRecord, ChainHead
from service.database import run

_APPEND: Final = insert(AccessRecord)
_TENANT: Final = ("municipality_id",)
_BEGIN: Final = {
    "postgresql": postgresql.insert(ChainHead).on_conflict_do_nothing(index_elements=_TENANT),
    "sqlite": sqlite.insert(ChainHead).on_conflict_do_nothing(index_elements=_TENANT),
}
_HEAD: Final = (
    select(ChainHead.seq, ChainHead.digest)
    .where(ChainHead.municipality_id == bindparam("tenant"))
    .with_for_update()
)
_MOVE: Final = (
    update(ChainHead)
    .where(col(ChainHead.municipality_id) == bindparam("tenant"))
    .values(seq=bindparam("last"), digest=bindparam("tied"))
)


def locked_head(session: Session, municipality_id: UUID) -> tuple[int, str] | None:
    """Return the newest line's number and digest; nobody else adds lines until we commit."""
    found = run(session, _HEAD, {"tenant": municipality_id}).one_or_none()
    return None if found is None else (found.seq, found.digest)


def begin_chain(session: Session, municipality_id: UUID, digest: str) -> None:
    """Make the head of a municipality's chain, unless a colleague does so just now."""
    made = ChainHead(municipality_id=municipality_id, digest=digest).model_dump()
    run(session, _BEGIN[session.connection().dialect.name], made)


def append(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Add tied lines, the newest last, and move the head there."""
    run(session, _APPEND, rows)
    last = rows[-1]
    moved = {"tenant": last["municipality_id"], "last": last["seq"], "tied": last["digest"]}
    run(session, _MOVE, moved)
