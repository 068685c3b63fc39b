"""Notice rows: what somebody does not want to be told, and the feed of their calendar."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.outbox.rules import Notice


class Silenced(TenantRecord, table=True):
    """A notice that an account has switched off; without a row it is on."""

    __tablename__ = "silenced_notice"
    __table_args__ = (UniqueConstraint("account_id", "notice"),)

    account_id: UUID = Field(foreign_key="account.id")
    notice: Notice = Field(sa_type=words(Notice))


class Feed(TenantRecord, table=True):
    """The one calendar feed of an account; only the hash of its secret address is kept.

    ``content_hash`` and ``changed_at`` say since when the calendar has been as it is.
    """

    __tablename__ = "calendar_feed"

    account_id: UUID = Field(foreign_key="account.id", unique=True)
    token_hash: str = Field(max_length=64, unique=True)
    made_at: datetime
    content_hash: str = Field(default="", max_length=64)
    changed_at: datetime
