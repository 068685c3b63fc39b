"""Readings that somebody has looked through, for the sheets of one activity."""

from uuid import UUID

from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord


class SheetReadings(TenantRecord, table=True):
    """Marked text by line of the sheet; a line whose text has changed since is proposed anew."""

    __tablename__ = "sheet_readings"

    activity_id: UUID = Field(foreign_key="activity.id", unique=True)
    marked: dict[str, str] = Field(sa_type=DOCUMENT)
    version: int = 1
