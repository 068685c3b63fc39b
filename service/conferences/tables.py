"""Conference rows (D5): their own tables and key; nothing outside this chapter reads them."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field

from catalogue.record import TenantRecord, words
from service.conferences.rules import Ending
from service.contacts.words import Channel, Direction, Result
from service.encryption.columns import Sealed, SealedRecord
from service.encryption.rules import Ring


class Conference(SealedRecord, table=True):
    """One 支援会議; its title is in code words, for nobody's name has a place on a list."""

    ring: ClassVar = Ring.CONFERENCE
    key_owner: ClassVar = ("id",)

    opened_on: date
    closed_on: date | None = None
    convener_id: UUID = Field(foreign_key="account.id")
    title: Sealed[str] = Sealed(str)


class Membership(TenantRecord, table=True):
    """Who sits in a conference, from when and until when; an end is a moment, never a deletion."""

    __tablename__ = "conference_membership"

    conference_id: UUID = Field(foreign_key="conference.id", index=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    since: date
    until: date | None = None
    named_by: UUID = Field(foreign_key="account.id")
    ended_at: datetime | None = None
    ended_by: UUID | None = Field(default=None, foreign_key="account.id")


class ConferenceRecord(SealedRecord, table=True):
    """What is known of somebody who has not consented (本人同意なし): a kind of its own.

    With a key of its own too: its end is final, whatever becomes of the conference.
    """

    __tablename__ = "conference_record"

    ring: ClassVar = Ring.CONFERENCE
    key_owner: ClassVar = ("id",)

    conference_id: UUID = Field(foreign_key="conference.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id")
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    opened_on: date
    closed_on: date | None = None
    ending: Ending | None = Field(default=None, sa_type=words(Ending))
    version: int = 1
    called_name: Sealed[str] = Sealed(str)
    name: Sealed[str] = Sealed(str)
    kana: Sealed[str] = Sealed(str)
    address: Sealed[str] = Sealed(str)
    telephone: Sealed[str] = Sealed(str)
    household: Sealed[str] = Sealed(str)
    own_words: Sealed[str] = Sealed(str)
    known: Sealed[str] = Sealed(str)
    came_through: Sealed[str] = Sealed(str)
    worries: Sealed[str] = Sealed(str)
    safety: Sealed[str] = Sealed(str)
    next_step: Sealed[str] = Sealed(str)
    note: Sealed[str] = Sealed(str)
    # The id of the person registered with consent: sealed, so that no query can join the two.
    became: Sealed[str] = Sealed(str)


class ConferenceEntry(SealedRecord, table=True):
    """One dated contact around a record; a later one may correct it, nothing changes it."""

    __tablename__ = "conference_entry"

    ring: ClassVar = Ring.CONFERENCE
    key_owner: ClassVar = ("record_id",)

    conference_id: UUID = Field(foreign_key="conference.id", index=True)
    record_id: UUID = Field(foreign_key="conference_record.id", index=True)
    occurred_on: date
    recorded_at: datetime
    recorded_by: UUID = Field(foreign_key="account.id")
    channel: Channel = Field(sa_type=words(Channel))
    direction: Direction = Field(sa_type=words(Direction))
    result: Result = Field(sa_type=words(Result))
    next_on: date | None = None
    corrects_id: UUID | None = Field(default=None, foreign_key="conference_entry.id")
    what: Sealed[str] = Sealed(str)
    intention: Sealed[str] = Sealed(str)
    small_change: Sealed[str] = Sealed(str)
