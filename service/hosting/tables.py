"""Rows of what hosts want to register: as it was typed, until somebody accepts it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from catalogue.record import DOCUMENT, TenantRecord, words
from service.hosting.rules import State


class Registration(TenantRecord, table=True):
    """A draft of an activity, or of changes to one: the host's by link, or ours by telephone.

    ``said`` holds the fields of the form as they were sent, so that nothing is lost between
    screens; ``seen_version`` is the activity's at which the changes were begun.
    """

    host_id: UUID = Field(foreign_key="host.id", index=True)
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", index=True)
    seen_version: int | None = None
    state: State = Field(default=State.WRITING, sa_type=words(State))
    said: dict[str, Any] = Field(default_factory=dict, sa_type=DOCUMENT)
    word: str = Field(default="", max_length=500)
    made_by: UUID = Field(foreign_key="account.id")
    by_host: bool = False
    sent_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    version: int = 1
