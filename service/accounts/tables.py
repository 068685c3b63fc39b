"""Account rows: staff, the sign-ins that are open, and how often somebody tried."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, false, text
from sqlmodel import Field

from catalogue.record import Record, TenantRecord, words
from service.accounts.rules import Role, Scope
from service.encryption.columns import Sealed, SealedRecord


class Awaits(StrEnum):
    """What a sign-in still lacks before it opens anything."""

    NOTHING = "nothing"
    CODE = "code"
    ENROLMENT = "enrolment"
    OWN_PASSWORD = "own_password"  # noqa: S105 - a step of the sign-in, no password


class Account(TenantRecord, table=True):
    username: str = Field(max_length=64, unique=True)
    display_name: str = Field(max_length=100)
    role: Role = Field(sa_type=words(Role))
    area_id: UUID | None = Field(default=None, foreign_key="area.id")
    password_hash: str = Field(max_length=200)
    active: bool = True
    # The office gave the password out: it opens nothing but the choice of an own one.
    password_given: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    # An admin took the second factor away: its owner is told until a new one is there.
    factor_reset_at: datetime | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})


class SignIn(TenantRecord, table=True):
    """One open session of an account; only the hash of its token is kept."""

    __tablename__ = "sign_in"

    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    stepped_up_at: datetime | None = None
    awaits: Awaits = Field(
        default=Awaits.NOTHING,
        sa_type=words(Awaits),
        sa_column_kwargs={"server_default": Awaits.NOTHING.value},
    )
    # What the screen shows to somebody beside it: until that ends, this sign-in opens nothing else.
    showing: UUID | None = None


class Throttle(Record, table=True):
    """A bucket of tries; it belongs to no municipality, since nobody is known yet who tries."""

    bucket: str = Field(max_length=100, unique=True)
    full_at: float = Field(index=True)


class Totp(SealedRecord, table=True):
    """The secret that an authenticator app shares; it guards nothing until it is confirmed."""

    account_id: UUID = Field(foreign_key="account.id", unique=True)
    secret: Sealed[str] = Sealed(str)
    last_step: int = 0
    confirmed_at: datetime | None = None


class RecoveryCode(TenantRecord, table=True):
    """A code on paper that replaces a lost telephone once; ``lookup`` is its first group."""

    __tablename__ = "recovery_code"

    account_id: UUID = Field(foreign_key="account.id", index=True)
    lookup: str = Field(max_length=16)
    code_hash: str = Field(max_length=200)
    used_at: datetime | None = None


class Passkey(TenantRecord, table=True):
    """The public half of a key that stays in somebody's device; the count shows a copy of it."""

    account_id: UUID = Field(foreign_key="account.id", index=True)
    credential_id: str = Field(max_length=1400, unique=True)
    public_key: bytes
    sign_count: int = Field(default=0, sa_type=BigInteger)
    label: str = Field(max_length=60)
    last_used_at: datetime | None = None


class PasskeyChallenge(TenantRecord, table=True):
    """What a passkey has to sign next; of one sign-in, and taken away with the first answer."""

    __tablename__ = "passkey_challenge"

    sign_in_id: UUID = Field(foreign_key="sign_in.id", ondelete="CASCADE", index=True)
    challenge_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(index=True)


class MachineToken(TenantRecord, table=True):
    """What a program shows to read one thing; the office's, so it outlives whoever made it."""

    __tablename__ = "machine_token"

    name: str = Field(max_length=60)
    scope: Scope = Field(sa_type=words(Scope))
    token_hash: str = Field(max_length=64, unique=True)
    made_by: UUID = Field(foreign_key="account.id")
    expires_at: datetime
    ended_at: datetime | None = None
    last_used_on: date | None = None


class Handshake(Record, table=True):
    """A sign-in that is on its way over a provider's page; of nobody yet, taken up once."""

    handle_hash: str = Field(max_length=64, unique=True)
    state: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    verifier: str = Field(max_length=128)
    following: str = Field(max_length=500)
    expires_at: datetime = Field(index=True)
