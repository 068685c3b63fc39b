"""Key rows: each owner's own keys, wrapped by a key of the key file."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.encryption.rules import Ring


class WrappedKey(TenantRecord, table=True):
    """One version of the key of a person, a meeting, a packet or a municipality.

    ``owner_id`` points nowhere: without this row what the owner's key sealed is lost everywhere,
    and the row may go before or after what it was made for.
    """

    __tablename__ = "data_key"
    __table_args__ = (UniqueConstraint("ring", "owner_id", "version"),)

    # Checked at the commit: a key is made while what it belongs to is still being written.
    municipality_id: UUID = Field(
        sa_column_args=(ForeignKey("municipality.id", deferrable=True, initially="DEFERRED"),),
        index=True,
    )
    ring: Ring = Field(sa_type=words(Ring))
    owner_id: UUID = Field(index=True)
    version: int
    made_under: str = Field(max_length=32)
    wrapped_by: str = Field(max_length=32, index=True)
    wrapped: bytes
