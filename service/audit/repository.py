"""Every statement of the audit: its lines are appended and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping, and_, bindparam, func, or_, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, insert, select, update

from service.accounts.tables import Account
from service.audit.tables import AccessRecord, Act, ChainHead
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


_COLUMNS: Final = SQLModel.metadata.tables[str(AccessRecord.__tablename__)].columns
# What a line tells; a chain is verified over all of its columns.
_TOLD: Final = tuple(
    _COLUMNS[name]
    for name in (
        "seq",
        "at",
        "account_id",
        "role",
        "person_id",
        "act",
        "resource",
        "purpose",
        "basis",
        "basis_id",
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """What an account is called: for signing in, and on pages."""

    username: str
    display_name: str


# A line as it is stored: its columns by their names.
Line = RowMapping
UNNAMED: Final = Named("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which lines of a municipality are asked for; every part narrows further."""

    municipality_id: UUID
    since: datetime | None = None
    until: datetime | None = None
    person_id: UUID | None = None
    account_id: UUID | None = None
    resource: str | None = None


def head_of(session: Session, municipality_id: UUID) -> tuple[int, str] | None:
    """Return the newest line's number and digest, without a lock."""
    query = select(ChainHead.seq, ChainHead.digest)
    found = session.exec(query.where(ChainHead.municipality_id == municipality_id)).one_or_none()
    return None if found is None else (found[0], found[1])


def lines_after(
    session: Session, municipality_id: UUID, after: tuple[int, UUID] | None, *, limit: int
) -> Sequence[Line]:
    """Return the next lines of a chain as they are stored, in the order of their numbers."""
    query = select(*_COLUMNS).where(col(AccessRecord.municipality_id) == municipality_id)
    if after is not None:
        seq, line_id = after
        # beside the number the id, so that a number which stands there twice is seen twice
        later = col(AccessRecord.seq) > seq
        again = and_(col(AccessRecord.seq) == seq, col(AccessRecord.id) > line_id)
        query = query.where(col(AccessRecord.seq) >= seq, or_(later, again))
    query = query.order_by(col(AccessRecord.seq), col(AccessRecord.id)).limit(limit)
    return session.connection().execute(query).mappings().all()


def asked_for(session: Session, span: Span, *, after: int = 0, limit: int) -> Sequence[Line]:
    """Return lines in the order in which they were written, from a number on."""
    query = select(*_TOLD).where(
        col(AccessRecord.municipality_id) == span.municipality_id, col(AccessRecord.seq) > after
    )
    if span.since is not None:
        query = query.where(col(AccessRecord.at) >= span.since)
    if span.until is not None:
        query = query.where(col(AccessRecord.at) < span.until)
    wanted = {
        AccessRecord.person_id: span.person_id,
        AccessRecord.account_id: span.account_id,
        AccessRecord.resource: span.resource,
    }
    same = [col(column) == given for column, given in wanted.items() if given is not None]
    query = query.where(*same)
    query = query.order_by(col(AccessRecord.seq)).limit(limit)
    return session.connection().execute(query).mappings().all()


def digest_at(session: Session, municipality_id: UUID, seq: int) -> str | None:
    """Return the digest of the line with a number."""
    query = select(AccessRecord.digest).where(
        AccessRecord.municipality_id == municipality_id, AccessRecord.seq == seq
    )
    return session.exec(query).first()


def often(
    session: Session, municipality_id: UUID, resource: str, *, since: datetime, least: int
) -> Sequence[tuple[UUID, int]]:
    """Return the accounts to which a kind of event happened so often, the most often first."""
    query = (
        select(AccessRecord.account_id, func.count())
        .where(
            AccessRecord.municipality_id == municipality_id,
            AccessRecord.resource == resource,
            AccessRecord.act == Act.EVENT,
            AccessRecord.at >= since,
            col(AccessRecord.account_id).is_not(None),
        )
        .group_by(col(AccessRecord.account_id))
        .having(func.count() >= least)
        .order_by(func.count().desc(), col(AccessRecord.account_id))
    )
    return [(account, found) for account, found in session.exec(query) if account is not None]


def names(session: Session, municipality_id: UUID) -> dict[UUID, Named]:
    """Return what the accounts of a municipality are called."""
    query = select(Account.id, Account.username, Account.display_name)
    found = session.exec(query.where(Account.municipality_id == municipality_id))
    return {account: Named(username, shown) for account, username, shown in found}


def missing_guards(session: Session) -> frozenset[str]:
    """Return the triggers that should keep the lines as they are and are not there."""
    dialect = session.connection().dialect.name
    found = session.connection().execute(_GUARDS[dialect], {"table": "access_record"})
    return GUARDS[dialect] - set(found.scalars())


GUARDS: Final = {
    "sqlite": frozenset({"access_record_keeps", "access_record_stays"}),
    "postgresql": frozenset(
        {"access_record_keeps", "access_record_stays", "access_record_remains"}
    ),
}
_GUARDS: Final = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
    "postgresql": text(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(:table) AND tgenabled <> 'D'"
    ),
}
