"""What each host agreed to have printed, when, and who heard it."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.booklet.rules import Shown


class BookletEntry(TenantRecord, table=True):
    """The last word of a host counts; a host without a row was never asked."""

    __tablename__ = "booklet_entry"

    host_id: UUID = Field(foreign_key="host.id", unique=True)
    shown: Shown = Field(sa_type=words(Shown))
    with_telephone: bool = False
    agreed_on: date
    heard_by: UUID = Field(foreign_key="account.id")
    version: int = 1
