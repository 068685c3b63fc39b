"""Run migrations on whichever database the caller opened; one at a time, with a lock timeout."""

import importlib
import pkgutil
from typing import Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

import service
from migrations import PATIENCE, marks, wall
from service.database import open_engine
from service.settings import Settings

# One number for "somebody is migrating Deban"; held for the length of the upgrade.
MIGRATION_LOCK = 1_138_202_611


def load_tables() -> None:
    """Import every chapter's tables, so that the metadata is whole."""
    importlib.import_module("catalogue.tables")
    for chapter in pkgutil.iter_modules(service.__path__):
        if chapter.name == "cli":  # its tables are those that people read
            continue
        if chapter.ispkg and importlib.util.find_spec(f"service.{chapter.name}.tables"):
            importlib.import_module(f"service.{chapter.name}.tables")


def foreign_keys(connection: sa.Connection, switch: str) -> None:
    """Turn the checks on or off; inside a transaction the pragma would do nothing."""
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA foreign_keys={switch}")


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write word and document columns plainly, so that a revision needs none of our classes."""
    if kind == "type" and isinstance(item, sa.JSON):
        return (
            "sa.JSON(none_as_null=True)"
            ".with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"
        )
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        item = item.impl_instance
        if isinstance(item, sa.LargeBinary):
            return "sa.LargeBinary()"
    if kind != "type" or not isinstance(item, sa.Enum):
        return False
    listed = ", ".join(repr(str(word)) for word in item.enums)
    return (
        f"sa.Enum({listed}, name={item.name!r}, native_enum=False, "
        f"create_constraint=True, length={item.length})"
    )


def run(connection: sa.Connection) -> None:
    """Migrate; on SQLite foreign keys rest meanwhile, else batch mode deletes children silently."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        foreign_keys(connection, "OFF")
    try:
        with connection.begin():
            _migrate(connection, sqlite=sqlite)
    finally:
        if sqlite:
            foreign_keys(connection, "ON")


def _migrate(connection: sa.Connection, *, sqlite: bool) -> None:
    """Run every revision in the one transaction that is open: Alembic sees it, and commits none."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=sqlite,
        compare_type=True,
        render_item=render_item,
        user_module_prefix="sqlmodel.sql.sqltypes.",
    )
    if not sqlite:
        # Whoever migrates at the same moment is waited for; a revision may take its time, but not
        # wait long for the lock of somebody who works.
        patience = context.config.attributes.get("patience", PATIENCE)
        waiting = f"SET LOCAL lock_timeout = '{patience}'; SET LOCAL statement_timeout = 0"
        connection.execute(sa.text(waiting))
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        connection.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
        wall.make_groups(connection)
    if sqlite:
        marks.take_away(connection)
    before = context.get_context().get_current_heads()
    context.run_migrations()
    marks.build(connection)
    if context.get_context().get_current_heads() != before:
        marks.begin_anew(connection)
    if not sqlite:
        wall.build(connection)
    elif broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"the migration left dangling references: {broken[:3]}")


load_tables()
given = context.config.attributes.get("engine")
engine = given or open_engine(Settings().database_url, connections=1)
with engine.connect() as link:
    run(link)
if given is None:
    engine.dispose()
