"""Rows of hosts beside the catalogue's: the links that they open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.hosts.rules import LinkPurpose


class HostLink(TenantRecord, table=True):
    """An address for one host and one purpose. Only a hash is kept."""

    __tablename__ = "host_link"
    __table_args__ = (
        CheckConstraint(
            "packet_id IS NOT NULL OR inquiry_id IS NOT NULL OR registration_id IS NOT NULL",
            name="opens",
        ),
    )

    packet_id: UUID | None = Field(default=None, foreign_key="packet.id", index=True)
    inquiry_id: UUID | None = Field(default=None, foreign_key="inquiry.id", index=True)
    registration_id: UUID | None = Field(default=None, foreign_key="registration.id", index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    host_id: UUID = Field(foreign_key="host.id", index=True)
    purpose: LinkPurpose = Field(sa_type=words(LinkPurpose, "purpose"))
    token_hash: str = Field(max_length=64, unique=True)
    made_by: UUID = Field(foreign_key="account.id")
    expires_at: datetime
    revoked_at: datetime | None = None
