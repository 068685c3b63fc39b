"""Every query of wrapped keys, and of sealed values where their tables do not matter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from catalogue.record import TenantRecord
from service.encryption.rules import HEADER_BYTES, Ring
from service.encryption.tables import WrappedKey

_COLUMNS: Final = (
    col(WrappedKey.ring),
    col(WrappedKey.owner_id),
    col(WrappedKey.version),
    col(WrappedKey.wrapped_by),
    col(WrappedKey.wrapped),
)
_OF_OWNERS: Final = sa.select(*_COLUMNS).where(
    col(WrappedKey.ring) == sa.bindparam("ring"),
    col(WrappedKey.owner_id).in_(sa.bindparam("owners", expanding=True)),
)
# Whoever comes second takes the key of whoever came first.
_KEEP: Final = {
    "postgresql": postgresql.insert(WrappedKey).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(WrappedKey).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True)
class Used:
    """How many values of an owner begin alike: the beginning names the key's version."""

    owner: UUID
    begins: bytes
    number: int


def keys_of(connection: sa.Connection, ring: Ring, owners: Collection[UUID]) -> Sequence[Any]:
    """Return every version of the keys of some owners."""
    return connection.execute(_OF_OWNERS, {"ring": ring, "owners": list(owners)}).all()


def keep(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write new keys; one that is there already stays as it is."""
    connection.execute(_KEEP[connection.dialect.name], rows)


def named_keys(connection: sa.Connection) -> dict[Ring, set[str]]:
    """Return which keys of the file the database names, by ring."""
    found: dict[Ring, set[str]] = {}
    for ring, key_id in connection.execute(
        sa.select(col(WrappedKey.ring), col(WrappedKey.wrapped_by)).distinct()
    ):
        found.setdefault(Ring(ring), set()).add(key_id)
    return found


def drop(session: Session, ring: Ring, owner_id: UUID) -> int:
    """Delete every version of an owner's key."""
    gone = session.exec(
        sa.delete(WrappedKey)
        .where(col(WrappedKey.ring) == ring, col(WrappedKey.owner_id) == owner_id)
        .execution_options(synchronize_session=False)
    )
    return gone.rowcount


def wraps(session: Session, ring: Ring) -> dict[str, int]:
    """Count the owners' keys by the key of the file that wraps them."""
    query = select(WrappedKey.wrapped_by, func.count()).where(WrappedKey.ring == ring)
    return dict(session.exec(query.group_by(WrappedKey.wrapped_by)).all())


def newest_versions(session: Session, ring: Ring) -> dict[UUID, int]:
    """Return the newest version of each owner's key."""
    query = select(WrappedKey.owner_id, func.max(WrappedKey.version))
    rows = session.exec(query.where(WrappedKey.ring == ring).group_by(col(WrappedKey.owner_id)))
    return dict(rows.all())


def wrapped_otherwise(
    session: Session, ring: Ring, key_id: str, *, limit: int
) -> Sequence[WrappedKey]:
    """Return some keys that another key than this one wraps, to be changed."""
    query = select(WrappedKey).where(WrappedKey.ring == ring, WrappedKey.wrapped_by != key_id)
    return session.exec(query.order_by(col(WrappedKey.id)).limit(limit).with_for_update()).all()


def made_otherwise(
    session: Session, ring: Ring, key_id: str, *, limit: int
) -> Sequence[WrappedKey]:
    """Return the newest keys of some owners that were not made under this key of the file."""
    later = aliased(WrappedKey)
    newer = sa.exists().where(
        col(later.ring) == ring,
        col(later.owner_id) == col(WrappedKey.owner_id),
        col(later.version) > col(WrappedKey.version),
    )
    query = select(WrappedKey).where(
        WrappedKey.ring == ring, WrappedKey.made_under != key_id, ~newer
    )
    return session.exec(query.order_by(col(WrappedKey.id)).limit(limit)).all()


def superseded(session: Session, ring: Ring, *, before: datetime) -> Sequence[WrappedKey]:
    """Return the keys of owners who have had a newer one since before a moment."""
    later = aliased(WrappedKey)
    newer = sa.exists().where(
        col(later.ring) == ring,
        col(later.owner_id) == col(WrappedKey.owner_id),
        col(later.version) > col(WrappedKey.version),
        col(later.created_at) <= before,
    )
    return session.exec(select(WrappedKey).where(WrappedKey.ring == ring, newer)).all()


def drop_versions(session: Session, ids: Sequence[UUID]) -> int:
    """Delete some versions of owners' keys."""
    for key_id in ids:
        session.exec(sa.delete(WrappedKey).where(col(WrappedKey.id) == key_id))
    return len(ids)


def used(session: Session, kind: type[TenantRecord]) -> list[Used]:
    """Count the sealed values of a table by owner and by how they begin."""
    table = sa.inspect(kind).local_table
    found: list[Used] = []
    for column in _sealed(table):
        begins = func.substr(column, 1, HEADER_BYTES, type_=sa.LargeBinary()).label("begins")
        query = sa.select(_owner(kind).label("owner"), begins, func.count())
        query = query.where(column.is_not(None)).group_by("owner", "begins")
        rows = session.connection().execute(query)
        found += [Used(owner, bytes(begin), number) for owner, begin, number in rows]
    return found


def ids_after(
    session: Session, kind: type[TenantRecord], after: UUID | None, *, limit: int
) -> list[UUID]:
    """Return the next ids of a table in their order."""
    query = select(kind.id)
    if after is not None:
        query = query.where(col(kind.id) > after)
    return list(session.exec(query.order_by(col(kind.id)).limit(limit)))


def sealed_rows(
    session: Session, kind: type[TenantRecord], ids: Sequence[UUID]
) -> Sequence[sa.RowMapping]:
    """Return the sealed columns of some rows as they stand, with what says whose they are."""
    table = sa.inspect(kind).local_table
    names = ("id", "municipality_id", *_owners(kind))
    columns = {table.c[name] for name in names} | set(_sealed(table))
    query = sa.select(*columns).where(table.c.id.in_(ids))
    return session.connection().execute(query).mappings().all()


def exchange(
    session: Session, kind: type[TenantRecord], row_id: UUID, column: str, *, old: bytes, new: bytes
) -> None:
    """Put a value in the place of another, unless somebody has changed it meanwhile."""
    table = sa.inspect(kind).local_table
    change = sa.update(table).where(table.c.id == row_id, table.c[column] == old)
    session.connection().execute(change.values({column: new}))


def _sealed(table: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    return [column for column in table.c if column.key.startswith("sealed_")]


def _owners(kind: Any) -> tuple[str, ...]:
    named: tuple[str, ...] = kind.key_owner
    return tuple(name for name in named if name in sa.inspect(kind).local_table.c)


def _owner(kind: Any) -> sa.ColumnElement[Any]:
    columns = [sa.inspect(kind).local_table.c[name] for name in _owners(kind)]
    return func.coalesce(*columns, type_=sa.Uuid()) if len(columns) > 1 else columns[0]
