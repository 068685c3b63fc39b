"""Catalogue rows: municipality, areas, hosts, activities and their slots.

The terms of an activity are one document, validated by the exchange format's own model; columns
are what is joined, filtered or guarded by the database.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlmodel import Field

from catalogue.record import DOCUMENT, Record, TenantRecord


class Municipality(Record, table=True):
    """A tenant. ``catalogue_revision`` moves with every change of what is on offer."""

    name: str = Field(max_length=200, unique=True)
    timezone: str = Field(default="Asia/Tokyo", max_length=64)
    catalogue_revision: int = 0


class Area(TenantRecord, table=True):
    """A daily-life area; areas may lie inside one another."""

    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str = Field(max_length=64)
    name: str = Field(max_length=200)
    lat: float | None = None
    lon: float | None = None
    parent_id: UUID | None = Field(default=None, foreign_key="area.id")


class Host(TenantRecord, table=True):
    """An organisation or person that receives; bounds are the host's own, None: none was said."""

    __table_args__ = (
        CheckConstraint("max_people IS NULL OR max_people >= 0", name="max_people"),
        CheckConstraint("new_a_month IS NULL OR new_a_month >= 0", name="new_a_month"),
        UniqueConstraint("municipality_id", "ref"),
    )

    ref: str = Field(max_length=64)
    name: str = Field(max_length=200)
    type: str = Field(max_length=64)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    lat: float | None = None
    lon: float | None = None
    telephone: str = Field(default="", max_length=64)
    confirmed_on: date | None = None
    last_asked_on: date | None = None
    resting_until: date | None = None
    max_people: int | None = None
    new_a_month: int | None = None
    new_month: date | None = None
    new_people: int = 0
    version: int = 1


class Activity(TenantRecord, table=True):
    """One clear thing to do, or a place to be, at a host."""

    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)

    ref: str = Field(max_length=64)
    host_id: UUID = Field(foreign_key="host.id", index=True)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    title: str = Field(max_length=200)
    open: bool = True
    terms: dict[str, Any] = Field(sa_type=DOCUMENT)
    heard: list[dict[str, Any]] = Field(default_factory=list, sa_type=DOCUMENT)
    version: int = 1


class Slot(TenantRecord, table=True):
    """When an activity can take people. Without an rrule: any time by arrangement."""

    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= capacity", name="places"),
        CheckConstraint("capacity >= 0", name="capacity"),
        UniqueConstraint("activity_id", "position"),
    )

    activity_id: UUID = Field(foreign_key="activity.id", index=True)
    position: int = 0
    recurrence: dict[str, Any] | None = Field(default=None, sa_type=DOCUMENT)
    capacity: int
    taken: int = 0
    # of what is edited: taking and giving back a place leave it as it is
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
