"""What every stored row shares: identity, tenant, birth, and how words are stored."""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import JSON, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}

# One document column type for both databases.
DOCUMENT = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def now() -> datetime:
    """Return the moment a row is written, in UTC. Business dates are passed in instead."""
    return datetime.now(UTC)


class Record(SQLModel):
    """A row with its own identity."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    created_at: datetime = Field(default_factory=now)


class TenantRecord(Record):
    """A row that belongs to one municipality."""

    municipality_id: UUID = Field(foreign_key="municipality.id", index=True)


def words(kind: type[StrEnum], name: str = "") -> Enum:
    """Store an enum as its own words with a CHECK, not as a native type of member names.

    ``name`` tells two columns of one kind apart within a table.
    """
    return Enum(
        kind,
        native_enum=False,
        values_callable=list,
        length=32,
        create_constraint=True,
        validate_strings=True,
        name=name or kind.__name__.lower(),
    )
