"""Aid rows: who comes along or drives, how full each day is, and for whom it is kept."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord, words
from service.companions.rules import AidKind, BookingState
from service.encryption.columns import Sealed, SealedRecord


class Aid(SealedRecord, table=True):
    """A companion of the team or a volunteer, or a car; a volunteer's name is sealed."""

    __table_args__ = (CheckConstraint("seats >= 1", name="seats"),)
    key_owner: ClassVar = ("municipality_id",)

    kind: AidKind = Field(sa_type=words(AidKind))
    name: Sealed[str] = Sealed(str)
    seats: int
    recurrence: dict[str, Any] = Field(sa_type=DOCUMENT)
    active: bool = True
    version: int = 1


class AidDay(TenantRecord, table=True):
    """One day of an aid, from its first booking on: how many are kept, and whether it is off."""

    __tablename__ = "aid_day"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= seats", name="seats"),
        UniqueConstraint("aid_id", "day"),
    )

    aid_id: UUID = Field(foreign_key="aid.id", index=True)
    day: date
    seats: int
    taken: int = 0
    called_off: bool = False


class AidBooking(TenantRecord, table=True):
    """A day that is kept for a placement."""

    __tablename__ = "aid_booking"
    __table_args__ = (
        Index(
            "uq_aid_booking_standing",
            "placement_id",
            "day",
            "kind",
            unique=True,
            postgresql_where=text("state = 'booked'"),
            sqlite_where=text("state = 'booked'"),
        ),
    )

    aid_id: UUID = Field(foreign_key="aid.id", index=True)
    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    kind: AidKind = Field(sa_type=words(AidKind))
    day: date
    state: BookingState = Field(default=BookingState.BOOKED, sa_type=words(BookingState))
    recorded_at: datetime
