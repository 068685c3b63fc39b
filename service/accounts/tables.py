"""Account rows: staff, and the sign-ins that are open."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.accounts.rules import Role


class Account(TenantRecord, table=True):
    username: str = Field(max_length=64, unique=True)
    display_name: str = Field(max_length=100)
    role: Role = Field(sa_type=words(Role))
    area_id: UUID | None = Field(default=None, foreign_key="area.id")
    password_hash: str = Field(max_length=200)
    active: bool = True


class SignIn(TenantRecord, table=True):
    """One open session of an account; only the hash of its token is kept."""

    __tablename__ = "sign_in"

    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    stepped_up_at: datetime | None = None
