"""The database through time: dated Alembic revisions, the same on SQLite and PostgreSQL."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

# How long a PostgreSQL server may let one upgrade wait for another.
PATIENCE = "120s"


def upgrade(engine: Engine, revision: str = "head", *, patience: str = PATIENCE) -> None:
    """Bring the database to a revision; whoever upgrades meanwhile is waited for."""
    command.upgrade(_config(engine, patience), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to an earlier revision."""
    command.downgrade(_config(engine), revision)


def is_current(connection: Connection) -> bool:
    """Say whether the database stands at the newest revision."""
    there = MigrationContext.configure(connection).get_current_heads()
    return set(there) == set(ScriptDirectory(str(Path(__file__).parent)).get_heads())


def _config(engine: Engine, patience: str = PATIENCE) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes |= {"engine": engine, "patience": patience}
    return config
