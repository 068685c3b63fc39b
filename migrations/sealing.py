"""Seal the columns of rows that are there, and open them again: for revisions, table by table."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from service.encryption.keychain import Keychain, keys_of
from service.encryption.rules import DataKey, Ring, place

AT_ONCE: Final = 200
DOCUMENT: Final = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was before it was sealed; what equals ``empty`` is stored as nothing."""

    name: str
    kind: sa.types.TypeEngine[Any]
    empty: Any = ""

    @property
    def beside(self) -> str:
        """Name the column that the values are carried over with."""
        return f"{self.name}_moved"

    @property
    def is_text(self) -> bool:
        """Say whether the value is written as it stands."""
        return isinstance(self.kind, sa.String)

    def written(self, value: Any) -> bytes:
        """Write a value as the service does."""
        text = value if self.is_text else json.dumps(value, ensure_ascii=False)
        return str(text).encode("utf-8", "surrogatepass")

    def read(self, plain: bytes) -> Any:
        """Read what was written."""
        text = plain.decode("utf-8", "surrogatepass")
        return text if self.is_text else json.loads(text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns to seal, and those that say whose key it is: the first that is set."""

    name: str
    columns: Sequence[Column]
    owner: Sequence[str] = ("person_id", "municipality_id")

    def rows(self, kinds: dict[str, sa.types.TypeEngine[Any]]) -> sa.TableClause:
        """Describe the columns that are needed, each with the type that it has just now."""
        plain = {name: sa.Uuid() for name in ("id", "municipality_id", *self.owner)}
        return sa.table(self.name, *(sa.column(n, k) for n, k in (plain | kinds).items()))


def seal(tables: Sequence[Table]) -> None:
    """Put ciphertext in the place of each column's plain values."""
    for table in tables:
        _carry(table, lambda column: (column.kind, sa.LargeBinary()), _sealed, required=False)


def unseal(tables: Sequence[Table]) -> None:
    """Put each column's plain values back in their place."""
    for table in tables:
        _carry(table, lambda column: (sa.LargeBinary(), column.kind), _opened, required=True)


Carried = Callable[[Table, Column, Any, sa.Row[Any], Keychain], Any]
Types = Callable[[Column], tuple[sa.types.TypeEngine[Any], sa.types.TypeEngine[Any]]]


def _carry(table: Table, types: Types, carried: Carried, *, required: bool) -> None:
    with op.batch_alter_table(table.name) as batch:
        for column in table.columns:
            batch.add_column(sa.Column(column.beside, types(column)[1], nullable=True))
    kinds = {column.name: types(column)[0] for column in table.columns}
    kinds |= {column.beside: types(column)[1] for column in table.columns}
    _move(table, table.rows(kinds), carried)
    with op.batch_alter_table(table.name) as batch:
        for column in table.columns:
            batch.drop_column(column.name)
            batch.alter_column(
                column.beside,
                new_column_name=column.name,
                existing_type=types(column)[1],
                nullable=not required or column.empty is None,
            )


def _move(table: Table, rows: sa.TableClause, carried: Carried) -> None:
    link = op.get_bind()
    chain = Keychain(lambda: link, keys_of(link))
    change = sa.update(rows).where(rows.c.id == sa.bindparam("row"))
    change = change.values({each.beside: sa.bindparam(each.beside) for each in table.columns})
    for some in _batches(link, rows):
        chain.fetch(Ring.PERSONS, {_owner(table, row) for row in some})
        link.execute(
            change,
            [
                {"row": row.id}
                | {
                    each.beside: carried(table, each, getattr(row, each.name), row, chain)
                    for each in table.columns
                }
                for row in some
            ],
        )


def _batches(link: sa.Connection, rows: sa.TableClause) -> Iterator[Sequence[sa.Row[Any]]]:
    query = sa.select(rows).order_by(rows.c.id).limit(AT_ONCE)
    some = link.execute(query).all()
    while some:
        yield some
        some = link.execute(query.where(rows.c.id > some[-1].id)).all()


def _owner(table: Table, row: sa.Row[Any]) -> UUID:
    found: UUID = next(value for name in table.owner if (value := getattr(row, name)) is not None)
    return found


def _sealed(table: Table, column: Column, value: Any, row: sa.Row[Any], chain: Keychain) -> Any:
    if value is None or value == column.empty:
        return None
    key: DataKey = chain.to_seal(
        Ring.PERSONS, _owner(table, row), municipality_id=row.municipality_id
    )
    return key.seal(column.written(value), place(table.name, column.name, row.id))


def _opened(table: Table, column: Column, value: Any, row: sa.Row[Any], chain: Keychain) -> Any:
    if value is None:
        return column.empty
    key = chain.to_open(Ring.PERSONS, _owner(table, row), value)
    return column.read(key.open(value, place(table.name, column.name, row.id)))
