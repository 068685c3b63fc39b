"""What belongs to a person, found from the tables themselves, so that no new table is forgotten."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

import service
from service.encryption.columns import SealedRecord
from service.encryption.rules import Ring


@cache
def every_table() -> tuple[sa.Table, ...]:
    """Load the tables of every chapter, and return them, parents first."""
    import_module("catalogue.tables")
    for found in pkgutil.walk_packages(service.__path__, "service."):
        if found.name.endswith(".tables"):
            import_module(found.name)
    return tuple(SQLModel.metadata.sorted_tables)


@cache
def owned_tables(root: str) -> tuple[sa.Table, ...]:
    """Return the root's table and all that lead to it by foreign keys, children first."""
    found = {root}
    for table in every_table():
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    ordered = [table for table in every_table() if table.name in found]
    return tuple(reversed(ordered))


def rows_of(table: sa.Table, root: str, root_id: UUID) -> sa.ColumnElement[bool]:
    """Say of a table's rows that they belong to one root, however many tables lie between."""
    if table.name == root:
        return table.c.id == root_id
    names = {each.name for each in owned_tables(root)}
    ways = [
        key.parent.in_(sa.select(parent.c.id).where(rows_of(parent, root, root_id)))
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
        if (parent := key.column.table).name in names and parent is not table
    ]
    return sa.or_(*ways)


def keys_of(root: str, root_id: UUID) -> Iterator[tuple[Ring, sa.Select[Any]]]:
    """Yield, ring by ring, which owners' keys seal rows that belong to one root alone."""
    names = {each.name for each in owned_tables(root)}
    for mapper in SQLModel._sa_registry.mappers:  # noqa: SLF001 - the one list of all tables
        kind, table = mapper.class_, mapper.local_table
        if not (issubclass(kind, SealedRecord) and isinstance(table, sa.Table)):
            continue
        if table.name in names and kind.ring is not Ring.PERSONS and kind.key_owner[0] == "id":
            yield kind.ring, sa.select(table.c.id).where(rows_of(table, root, root_id))
