"""Person rows: people known by a code, their dated assessments, consents and sealed names."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from catalogue.profiles import SharedWith, Stage
from catalogue.record import DOCUMENT, TenantRecord, words
from service.encryption.columns import Sealed, SealedRecord


class Person(SealedRecord, table=True):
    """Somebody known by a code; a name is optional, apart and sealed (PersonName)."""

    __table_args__ = (UniqueConstraint("municipality_id", "code"),)
    key_owner = ("id",)

    code: str = Field(max_length=64)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    owner_id: UUID = Field(foreign_key="account.id", index=True)
    stage: Stage = Field(default=Stage.NOT_MET, sa_type=words(Stage))
    age_band: Sealed[str] = Sealed(str)
    lat: Sealed[float | None] = Sealed(float, default=None)
    lon: Sealed[float | None] = Sealed(float, default=None)
    contact: Sealed[str] = Sealed(str)
    proposals_paused: Sealed[str | None] = Sealed(str, default=None)
    note: Sealed[str] = Sealed(str)
    known_since: date
    version: int = 1


class EmergencyAccess(SealedRecord, table=True):
    """One worker's view of one person for some hours, without a consent, and why it was needed."""

    __tablename__ = "emergency_access"
    __table_args__ = (CheckConstraint("until >= opened_at", name="period"),)

    account_id: UUID = Field(foreign_key="account.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    opened_at: datetime
    until: datetime
    reason: Sealed[str] = Sealed(str)


class EmergencyNotice(TenantRecord, table=True):
    """Word of an emergency to one account: the person's worker, coordinators and auditors."""

    __tablename__ = "emergency_notice"
    __table_args__ = (UniqueConstraint("emergency_access_id", "account_id"),)

    emergency_access_id: UUID = Field(foreign_key="emergency_access.id")
    account_id: UUID = Field(foreign_key="account.id", index=True)
    seen_at: datetime | None = None


class Assessment(SealedRecord, table=True):
    """A dated picture; a new one never overwrites the last."""

    __table_args__ = (UniqueConstraint("person_id", "version"),)

    person_id: UUID = Field(foreign_key="person.id", index=True)
    version: int
    taken_on: date
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    picture: Sealed[dict[str, Any]] = Sealed(dict[str, Any])


class Consent(SealedRecord, table=True):
    """Who may know what, given how, until when; withdrawn is a date, never a deletion.

    ``body`` names another body in words; ``replaces`` the version that this narrower one stands
    in for. Nothing of a consent is changed once it is written down, but the day of its withdrawal.
    """

    __table_args__ = (
        CheckConstraint("until IS NULL OR given_on IS NULL OR until >= given_on", name="period"),
        Index("uq_consent_version", "person_id", "version", unique=True),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    shared_with: SharedWith = Field(sa_type=words(SharedWith))
    scope: Sealed[str] = Sealed(str)
    fields: list[str] = Field(default_factory=list, sa_type=DOCUMENT)
    host_id: UUID | None = Field(default=None, foreign_key="host.id")
    body: Sealed[str] = Sealed(str)
    purpose: Sealed[str] = Sealed(str)
    given_on: date | None = None
    how: Sealed[str] = Sealed(str)
    until: date | None = None
    withdrawn_on: date | None = None
    withdrawn_by: UUID | None = None
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    version: int = 1
    replaces: int | None = None


class PersonName(SealedRecord, table=True):
    """A person's name and where they are reached, as one sealed document (see name.Name).

    One value instead of seven columns: which parts are known is nobody's business either.
    """

    __tablename__ = "person_name"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: UUID = Field(foreign_key="person.id")
    version: int = 1
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    said = Sealed(dict[str, Any])


class KeepApart(SealedRecord, table=True):
    """Two people who are never placed in the same slot, each pair once; ended, never deleted.

    The pair is written down in the order of the ids, so that it cannot be there twice.
    """

    __tablename__ = "keep_apart"
    __table_args__ = (
        CheckConstraint("person_id <= other_id", name="order"),
        Index(
            "uq_keep_apart_open",
            "person_id",
            "other_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    other_id: UUID = Field(foreign_key="person.id", index=True)
    reason: Sealed[str] = Sealed(str)
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    ended_at: datetime | None = None
    ended_by: UUID | None = Field(default=None, foreign_key="account.id")
