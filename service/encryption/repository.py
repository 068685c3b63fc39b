"""Every query of wrapped keys."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from service.encryption.rules import Ring
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
