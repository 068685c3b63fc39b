"""What somebody adds to an activity's sheet: readings, English words, a photo of the place."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord, words


class SheetReadings(TenantRecord, table=True):
    """Marked text by line of the sheet; a line whose text has changed since is proposed anew."""

    __tablename__ = "sheet_readings"

    activity_id: UUID = Field(foreign_key="activity.id", unique=True)
    marked: dict[str, str] = Field(sa_type=DOCUMENT)
    version: int = 1


class SheetEnglish(TenantRecord, table=True):
    """English by part of the sheet, each with the Japanese that it says: ``{part: [of, said]}``."""

    __tablename__ = "sheet_english"

    activity_id: UUID = Field(foreign_key="activity.id", unique=True)
    said: dict[str, list[str]] = Field(sa_type=DOCUMENT)
    version: int = 1


class Shown(StrEnum):
    """Whom one could recognise in a photo; one in which somebody was not asked is not kept."""

    NOBODY = "nobody"
    ALL_AGREED = "all_agreed"


class PlacePhoto(TenantRecord, table=True):
    """The place of an activity in two sizes, written anew by us: it bears nothing but the picture.

    ``published``: the host said that everybody may see it, on the page behind the sheet's square.
    """

    __tablename__ = "place_photo"

    activity_id: UUID = Field(foreign_key="activity.id", unique=True)
    large: bytes = Field(sa_type=LargeBinary)
    small: bytes = Field(sa_type=LargeBinary)
    width: int
    height: int
    alternative: str = Field(max_length=200)
    shown: Shown = Field(sa_type=words(Shown))
    published: bool = False
    recorded_at: datetime
    recorded_by: UUID | None = Field(default=None, foreign_key="account.id")
    version: int = 1
