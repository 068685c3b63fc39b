"""One row for every table, made from the metadata, so that no table is left out of a migration."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import SQLModel

from service.encryption.columns import SealedBytes

DAY = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def value(column: sa.Column[Any], rows: dict[str, UUID]) -> Any:
    """Return a plain value that the column and its checks take."""
    if column.foreign_keys:
        return _pointed_at(column, rows)
    kind = column.type
    if isinstance(kind, SealedBytes):
        return None  # a text that is empty: anything else has to be sealed with somebody's key
    if isinstance(kind, sa.types.TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, sa.Enum):
        return kind.enums[0]
    plain: dict[type[Any], Any] = {
        sa.Uuid: uuid4(),
        sa.Boolean: True,
        sa.DateTime: MOMENT,
        sa.Date: DAY,
        sa.Integer: 1,
        sa.Float: 0.5,
        sa.JSON: {},
        sa.String: f"{column.name} 髙橋",
        sa.LargeBinary: b"wrapped",
    }
    return next(given for known, given in plain.items() if isinstance(kind, known))


def _pointed_at(column: sa.Column[Any], rows: dict[str, UUID]) -> UUID | None:
    (key,) = column.foreign_keys
    table = key.column.table.name
    return None if column.nullable and table not in rows else rows[table]


def fill(connection: sa.Connection) -> dict[str, UUID]:
    """Insert one row into every table, parents first, and return their ids."""
    rows: dict[str, UUID] = {}
    for table in SQLModel.metadata.sorted_tables:
        values = {column.key: value(column, rows) for column in table.columns}
        connection.execute(table.insert().values(**values))
        rows[table.name] = values["id"]
    # Triggers have marked whom these rows are about; one mark is enough here, too.
    marks = SQLModel.metadata.tables["follow_up_mark"]
    connection.execute(marks.delete().where(marks.c.id != rows["follow_up_mark"]))
    return rows


def counts(connection: sa.Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in SQLModel.metadata.sorted_tables
    }
